import { isUtf8 } from 'node:buffer';

/** Some bytes of an archive: `[start, end)`. */
export type Span = readonly [start: number, end: number];

/** A file in an archive, as the archive describes it. Its content is had by `open`, so that one is in memory and not all. */
export interface Entry {
  /** As it is written there. */
  readonly name: string;
  /**
   * Never throws.
   *
   * @param most bytes that its content may have
   */
  readonly open: (most: number) => Opened;
}

/** What became of a member. */
export interface Opened {
  /** Its content, as far as there is one; null: none could be had. */
  readonly bytes: Buffer | null;
  /** Where the content came from: whoever has looked at it has seen these bytes of the archive. */
  readonly span: Span;
  /** Why the content is missing, or may not be whole. */
  readonly trouble: string | null;
  readonly isTooLarge: boolean;
  /** Bytes that have been unpacked, in vain or not. */
  readonly cost: number;
}

/** What is wrong with an archive as such: there may be members that it does not show. */
export interface Damage {
  readonly damage: string;
}

/** A member that was not had. */
export function unopened(trouble: string): Opened {
  return { bytes: null, span: [0, 0], trouble, isTooLarge: false, cost: 0 };
}

/** @param cost bytes that were unpacked before it was known */
export function tooLarge(cost: number): Opened {
  return { bytes: null, span: [0, 0], trouble: null, isTooLarge: true, cost };
}

/** Names are UTF-8, or of a time when they were not. */
export function decodeName(bytes: Buffer): string {
  return bytes.toString(isUtf8(bytes) ? 'utf8' : 'latin1');
}
