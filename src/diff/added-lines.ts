import { type AddedLines, checksumOf, EMPTY_CHECKSUM } from './changed-file.ts';

const LF = 0x0a;
const LINE_END = Buffer.of(LF);

/** Ascending, non-overlapping byte ranges `[start, end)` of a blob, flat. */
export type ByteRanges = readonly number[];

/**
 * Where the added lines of a patch are in a blob.
 *
 * @returns null where the blob's lines are not the ones that the patch showed: git printed another text than it stores
 */
export function locateAddedLines(blob: Buffer, { ranges, checksum, patches }: AddedLines): ByteRanges | null {
  const located = locateLines(blob, ranges);
  if (located === null) return null;
  if (patches !== undefined) return patches.every((patch) => locateAddedLines(blob, patch) !== null) ? located : null;
  let sum = EMPTY_CHECKSUM;
  for (let i = 0; i < located.length; i += 2) {
    const lines = blob.subarray(located[i], located[i + 1]);
    sum = checksumOf(lines, sum);
    if (lines.at(-1) !== LF) sum = checksumOf(LINE_END, sum);
  }
  return sum === checksum ? located : null;
}

/**
 * Line ranges (first line from 1, number of lines) → byte ranges.
 *
 * @returns null if there are fewer lines
 */
export function locateLines(bytes: Buffer, ranges: ArrayLike<number>): ByteRanges | null {
  const located: number[] = [];
  let line = 1;
  let at = 0;
  const goTo = (target: number): boolean => {
    for (; line < target; line++) {
      if (at >= bytes.length) return false;
      const end = bytes.indexOf(LF, at);
      at = end === -1 ? bytes.length : end + 1;
    }
    return true;
  };
  for (let i = 0; i < ranges.length; i += 2) {
    if (!goTo(ranges[i]!)) return null;
    const start = at;
    if (!goTo(ranges[i]! + ranges[i + 1]!)) return null;
    located.push(start, at);
  }
  return located;
}

/** Number of lines in a blob: a last line without LF counts. */
export function countLines(blob: Buffer): number {
  let lines = 0;
  for (let at = blob.indexOf(LF); at !== -1; at = blob.indexOf(LF, at + 1)) lines++;
  return blob.length > 0 && blob.at(-1) !== LF ? lines + 1 : lines;
}

/** Number of lines that a patch adds. */
export function countAdded({ ranges }: AddedLines): number {
  let lines = 0;
  for (let i = 1; i < ranges.length; i += 2) lines += ranges[i]!;
  return lines;
}

/** Whether `[start, end)` overlaps one of the ranges. An empty span counts as one byte. */
export function touches(ranges: ByteRanges, start: number, end: number): boolean {
  let low = 0;
  let high = ranges.length / 2;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ranges[2 * middle + 1]! <= start) low = middle + 1;
    else high = middle;
  }
  return low < ranges.length / 2 && ranges[2 * low]! < Math.max(end, start + 1);
}
