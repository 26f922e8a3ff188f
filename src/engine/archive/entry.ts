import { isUtf8 } from 'node:buffer';

/** A range of bytes in an archive: `[start, end)`. */
export type Span = readonly [start: number, end: number];

/** A file in an archive, as the archive describes it. `open` reads its content, so that only one content is in memory. */
export interface Entry {
  /** The name as written in the archive. */
  readonly name: string;
  /**
   * Never throws.
   *
   * @param most maximum size of the content, in bytes
   */
  readonly open: (most: number) => Opened;
}

/** The result of opening a member. */
export interface Opened {
  /** Its content, possibly incomplete; null if it could not be read. */
  readonly bytes: Buffer | null;
  /** The bytes of the archive that the content came from: scanning the content covers them. */
  readonly span: Span;
  /** Why the content is missing or may be incomplete. */
  readonly trouble: string | null;
  readonly isTooLarge: boolean;
  /** Bytes that were unpacked, including discarded ones. */
  readonly cost: number;
}

/** What is wrong with the whole archive: it may have more members than it lists. */
export interface Damage {
  readonly damage: string;
}

/** A member that could not be opened. */
export function unopened(trouble: string): Opened {
  return { bytes: null, span: [0, 0], trouble, isTooLarge: false, cost: 0 };
}

/** @param cost bytes that were unpacked before the limit was reached */
export function tooLarge(cost: number): Opened {
  return { bytes: null, span: [0, 0], trouble: null, isTooLarge: true, cost };
}

/** Names are UTF-8; in old archives they are not. */
export function decodeName(bytes: Buffer): string {
  return bytes.toString(isUtf8(bytes) ? 'utf8' : 'latin1');
}
