/** One record of `git diff --raw -z`: what happened to one path. */
export interface RawRecord {
  /** Octal modes as git prints them; `000000` where there is no file. For a merge the first parent's. */
  readonly oldMode: string;
  readonly newMode: string;
  /** Blob ids before the change, one a parent; all zeros where there was none. */
  readonly oldBlobs: readonly string[];
  /** Blob id after the change; all zeros where there is none. */
  readonly newBlob: string;
  /** `A`, `C`, `D`, `M`, `R`, `T`, `U` or `X`; for a merge one letter a parent. */
  readonly status: string;
  /** The path's bytes, as git has them. */
  readonly pathBytes: Buffer;
}

/**
 * The lines that a patch adds to one file, without their text: line numbers from 1, counted by LF bytes, and a checksum over
 * the lines' bytes so that the blob can be asked whether these really are its lines.
 */
export interface AddedLines {
  /** Ascending pairs: first line, number of lines. Eight bytes a hunk: a huge change may have millions. */
  readonly ranges: Uint32Array;
  /** Of each added line and a LF, in order. See {@link checksumOf}. */
  readonly checksum: number;
  readonly hunks: number;
  /** For lines that several patches add, each to a text of its own: those patches, whose checksums count in place of this one. */
  readonly patches?: readonly AddedLines[];
}

/** A changed file and which of its lines are added; `all`: every line counts as added. */
export interface ChangedFile {
  readonly record: RawRecord;
  readonly added: AddedLines | 'all';
  /** The commit it belongs to; null for the index. */
  readonly commit: string | null;
}

export const MODE = { none: '000000', symlink: '120000', submodule: '160000' } as const;

/** Is this object id git's "no object"? Forty zeros, or sixty-four in a SHA-256 repository. */
export function isZeroId(id: string): boolean {
  return /^0+$/.test(id);
}

/** Is there something in the change that git would store? All but deletions; a conflict that is not resolved has neither mode nor id. */
export function hasContent({ newMode, newBlob, status }: RawRecord): boolean {
  return status.includes('U') || (newMode !== MODE.none && !isZeroId(newBlob));
}

/**
 * Is the file new, or of another type than before (a symlink that became a file)? Then all its lines are added. A merge has one status letter and
 * one old blob a parent.
 */
export function isWhollyAdded({ status, oldBlobs }: RawRecord): boolean {
  return /^A+$/.test(status) || oldBlobs.every(isZeroId) || status.includes('T');
}

/** Does only a patch tell which lines of the file are added? */
export function isPartlyAdded(record: RawRecord): boolean {
  return hasContent(record) && !isWhollyAdded(record) && record.oldBlobs.some((id) => id !== record.newBlob);
}

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** FNV-1a over some bytes, going on from `seed`. Tells a changed line from an unchanged one; it is no signature. */
export function checksumOf(bytes: Uint8Array, seed = FNV_OFFSET, from = 0, to = bytes.length): number {
  let sum = seed;
  for (let i = from; i < to; i++) sum = Math.imul(sum ^ bytes[i]!, FNV_PRIME);
  return sum >>> 0;
}

export const EMPTY_CHECKSUM = FNV_OFFSET;
