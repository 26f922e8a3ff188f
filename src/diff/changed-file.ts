/** One record of `git diff --raw -z`: the change of one path. */
export interface RawRecord {
  /** Octal modes as git prints them; `000000` if there is no file. For a merge, the first parent's. */
  readonly oldMode: string;
  readonly newMode: string;
  /** Blob ids before the change, one per parent; all zeros if there was none. */
  readonly oldBlobs: readonly string[];
  /** Blob id after the change; all zeros if there is none. */
  readonly newBlob: string;
  /** `A`, `C`, `D`, `M`, `R`, `T`, `U` or `X`; for a merge one letter per parent. */
  readonly status: string;
  /** The bytes of the path in git. */
  readonly pathBytes: Buffer;
}

/**
 * The added lines of one file without their text: line numbers from 1, counted by LF bytes, and a checksum over the lines' bytes, to verify
 * against the blob.
 */
export interface AddedLines {
  /** Ascending pairs: first line, number of lines. Eight bytes per hunk, because a huge change may have millions. */
  readonly ranges: Uint32Array;
  /** Of each added line and a LF, in order. See {@link checksumOf}. */
  readonly checksum: number;
  readonly hunks: number;
  /** For lines that several patches add to different texts: those patches, whose checksums replace this one. */
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

/** Whether this is git's null id: 40 zeros, or 64 in a SHA-256 repository. */
export function isZeroId(id: string): boolean {
  return /^0+$/.test(id);
}

/** Whether the change has content to store: everything except deletions. An unresolved conflict has neither mode nor id. */
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

/** Whether a patch is needed to know the added lines. */
export function isPartlyAdded(record: RawRecord): boolean {
  return hasContent(record) && !isWhollyAdded(record) && record.oldBlobs.some((id) => id !== record.newBlob);
}

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** FNV-1a over bytes, continuing from `seed`. Detects changed lines; it is not a signature. */
export function checksumOf(bytes: Uint8Array, seed = FNV_OFFSET, from = 0, to = bytes.length): number {
  let sum = seed;
  for (let i = from; i < to; i++) sum = Math.imul(sum ^ bytes[i]!, FNV_PRIME);
  return sum >>> 0;
}

export const EMPTY_CHECKSUM = FNV_OFFSET;
