import { EMPTY_CHECKSUM, isZeroId, type RawRecord } from './changed-file.ts';

/** Longest header line that is read; git's own are shorter, so a longer one is no diff. */
const MAX_HEADER = 1 << 20;

/**
 * A hunk being read: lines still to come from each parent and from the result.
 *
 * For a merge git's counts are not reliable: with -U0 it prints `+1,18446744073709551615` for a file that the merge empties. Such a hunk ends at
 * the first line that cannot be one of its own.
 */
export interface Hunk {
  readonly parents: number;
  oldLeft: number[];
  newLeft: number;
  newLine: number;
}

/** The patch of one file being read. */
export interface Section {
  oldBlobs: string[];
  newBlob: string;
  /** A new file: all its lines are added, and none needs a look. */
  isWhole: boolean;
  ranges: number[];
  checksum: number;
  hunks: number;
}

/** The id before the records of a commit. */
export function parseCommitId(text: string): string {
  if (!/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/.test(text)) throw new RangeError('this is no output of git diff: neither record nor commit');
  return text;
}

/** `:oldmode newmode oldid newid status`, one colon, old mode and old id a parent. */
export function parseRecord(head: string, pathBytes: Buffer): RawRecord {
  const parents = /^:+/.exec(head)![0].length;
  const fields = head.slice(parents).split(' ');
  const modes = fields.slice(0, parents + 1);
  const blobs = fields.slice(parents + 1, 2 * parents + 2);
  const status = fields[2 * parents + 2];
  if (status === undefined || !blobs.every((id) => /^[0-9a-f]+$/.test(id))) {
    throw new RangeError('this is no output of git diff: a raw record that cannot be read');
  }
  return {
    oldMode: modes[0]!,
    newMode: modes[parents]!,
    oldBlobs: blobs.slice(0, parents),
    newBlob: blobs[parents]!,
    status: status.replace(/\d+$/, ''),
    pathBytes,
  };
}

/** `index old..new mode`, or `index old,old..new` for a merge. */
export function parseIndexLine(text: string): Section {
  const [, olds = '', newBlob = ''] = /^index ([0-9a-f,]+)\.\.([0-9a-f]+)/.exec(text) ?? [];
  const oldBlobs = olds.split(',');
  return { oldBlobs, newBlob, isWhole: oldBlobs.every(isZeroId), ranges: [], checksum: EMPTY_CHECKSUM, hunks: 0 };
}

/** `@@ -a,b +c,d @@`, with one more `@` and one more `-a,b` for each further parent. */
export function parseHunkHeader(text: string): Hunk {
  const [, oldCount, newStart, count] = /^@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(text) ?? [];
  if (newStart !== undefined)
    return { parents: 1, oldLeft: [Number(oldCount ?? 1)], newLeft: Number(count ?? 1), newLine: Number(newStart) };
  const [, marks = '', olds = '', newLine = '', newCount] = /^(@@+)((?: -\d+(?:,\d+)?)+) \+(\d+)(?:,(\d+))? @@/.exec(text) ?? [];
  if (marks === '') throw new RangeError('this is no output of git diff: a hunk header that cannot be read');
  const oldLeft = [...olds.matchAll(/-\d+(?:,(\d+))?/g)].map(([, count]) => Number(count ?? 1));
  return { parents: marks.length - 1, oldLeft, newLeft: Number(newCount ?? 1), newLine: Number(newLine) };
}

/** @throws RangeError if a header is longer than any of git's */
export function needMore(bytes: Buffer): 0 {
  if (bytes.length > MAX_HEADER) throw new RangeError('this is no output of git diff: a header without an end');
  return 0;
}
