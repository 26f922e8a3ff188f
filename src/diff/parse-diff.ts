import { type AddedLines, type ChangedFile, checksumOf, EMPTY_CHECKSUM, isWhollyAdded, isZeroId, type RawRecord } from './changed-file.ts';

const NUL = 0x00;
const LF = 0x0a;
const SPACE = 0x20;
const AT = 0x40;
const PLUS = 0x2b;
const MINUS = 0x2d;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
const LINE_END = Buffer.of(LF);

/** Longest header line that is read; git's own are shorter, so a longer one is no diff. */
const MAX_HEADER = 1 << 20;

/** Hex digits of a SHA-256 object id. */
const MAX_ID = 64;

export interface DiffEvents {
  /**
   * All raw records of one diff have come, and none of its patch. Returns true to say that the patch is not wanted.
   */
  readonly onRecords?: (records: readonly RawRecord[], commit: string | null) => boolean | void;
  /** One diff is whole: files in git's order. */
  readonly onFiles: (files: readonly ChangedFile[], commit: string | null) => void;
}

export interface DiffParser {
  /** Takes the next bytes of git's stdout. Returns true when no more are wanted. */
  readonly push: (chunk: Buffer) => boolean;
  /**
   * Git has ended, well or not. A file whose patch did not come to its end counts as added whole.
   *
   * @param isRawOnly no patch was asked for: the records end with the output
   * @returns false where the raw records themselves are not complete
   */
  readonly end: (hasEndedWell: boolean, isRawOnly?: boolean) => boolean;
}

/**
 * A hunk being read: lines still to come from each parent and from the result.
 *
 * For a merge git's counts are not reliable: with -U0 it prints `+1,18446744073709551615` for a file that the merge empties. Such a hunk ends at
 * the first line that cannot be one of its own.
 */
interface Hunk {
  readonly parents: number;
  oldLeft: number[];
  newLeft: number;
  newLine: number;
}

/** The patch of one file being read. */
interface Section {
  oldBlobs: string[];
  newBlob: string;
  /** A new file: all its lines are added, and none needs a look. */
  isWhole: boolean;
  ranges: number[];
  checksum: number;
  hunks: number;
}

/**
 * Parses the output of `git diff --raw -z --patch` and of `git diff-tree --stdin -c --raw -z --patch`, in pieces of any size and in memory
 * that does not grow with the patch: the text of added lines is summed up, not kept.
 *
 * Identity (mode, blob ids, status, name) comes from the raw records alone. A patch section is matched to its record by the blob ids
 * of its `index` line, so that no name is ever parsed out of a patch. Hunks are read by their counts: an added line `++ x`
 * prints as `+++ x`, and is no header.
 *
 * @throws RangeError where the bytes are no such output
 */
export function createDiffParser({ onRecords, onFiles }: DiffEvents): DiffParser {
  let state: 'records' | 'headers' | 'hunk' | 'done' = 'records';
  let rest: Buffer = Buffer.alloc(0);
  let commit: string | null = null;
  let records: RawRecord[] = [];
  let added = new Map<number, AddedLines>();
  let nextRecord = 0;
  let hasSeparator = false;
  let section: Section | null = null;
  let hunk: Hunk | null = null;
  let line: { prefix: Buffer; isAdded: boolean } | null = null;

  const closeSection = (): void => {
    if (section === null) return;
    const { oldBlobs, newBlob, isWhole, ranges, checksum, hunks } = section;
    section = null;
    if (hunks === 0 || isWhole) return;
    for (let i = nextRecord; i < records.length; i++) {
      const record = records[i]!;
      if (record.newBlob !== newBlob || record.oldBlobs.join() !== oldBlobs.join()) continue;
      added.set(i, { ranges: Uint32Array.from(ranges), checksum, hunks });
      nextRecord = i + 1;
      return;
    }
  };

  const closeDiff = (): void => {
    closeSection();
    if (records.length > 0) {
      onFiles(
        records.map((record, i) => ({ record, commit, added: linesOf(record, added.get(i)) })),
        commit,
      );
    }
    [records, added, nextRecord, hasSeparator] = [[], new Map(), 0, false];
  };

  /** Reads records, commit ids and the separator. Returns the bytes used; 0: more are needed. */
  const readRecord = (bytes: Buffer): number => {
    if (bytes[0] === NUL) {
      hasSeparator = true;
      state = onRecords?.(records, commit) === true ? 'done' : 'headers';
      return 1;
    }
    const headEnd = bytes.indexOf(NUL);
    if (headEnd === -1) return needMore(bytes);
    const head = bytes.toString('latin1', 0, headEnd);
    if (bytes[0] !== COLON) {
      closeDiff();
      commit = parseCommitId(head);
      return headEnd + 1;
    }
    const pathEnd = bytes.indexOf(NUL, headEnd + 1);
    if (pathEnd === -1) return needMore(bytes);
    records.push(parseRecord(head, Buffer.from(bytes.subarray(headEnd + 1, pathEnd))));
    return pathEnd + 1;
  };

  /** Reads one header line of a patch, or finds the next commit. */
  const readHeader = (bytes: Buffer): number => {
    if (bytes[0] !== AT) {
      const idLength = bytes.findIndex((byte) => !isHexDigit(byte));
      if (idLength === -1 && bytes.length <= MAX_ID) return 0;
      if (idLength > 0 && bytes[idLength] === NUL) {
        state = 'records';
        return readRecord(bytes);
      }
    }
    const end = bytes.indexOf(LF);
    if (end === -1) return needMore(bytes);
    const text = bytes.toString('latin1', 0, end);
    if (text.startsWith('diff --')) {
      closeSection();
    } else if (text.startsWith('index ')) {
      section = parseIndexLine(text);
    } else if (text.startsWith('@@') && section !== null) {
      hunk = parseHunkHeader(text);
      section.hunks++;
      state = hunk.parents > 1 || hunk.newLeft > 0 || hunk.oldLeft.some((left) => left > 0) ? 'hunk' : 'headers';
    }
    return end + 1;
  };

  /** Passes over the lines of a new file. */
  const skipHunkLines = (bytes: Buffer): number => {
    let end = -1;
    while (hunk!.newLeft > 0) {
      end = bytes.indexOf(LF, end + 1);
      if (end === -1) return bytes.length;
      hunk!.newLeft--;
    }
    closeHunk();
    return end + 1;
  };

  /** Reads the whole lines of a hunk with one parent: the same as {@link readHunkLine} does, at a fraction of its cost. */
  const readWholeLines = (bytes: Buffer): number => {
    let at = 0;
    let { newLeft, newLine } = hunk!;
    let oldLeft = hunk!.oldLeft[0]!;
    while (newLeft > 0 || oldLeft > 0) {
      const sign = bytes[at];
      const end = sign === PLUS || sign === MINUS ? bytes.indexOf(LF, at) : -1;
      if (end === -1) break;
      if (sign === PLUS) {
        section!.checksum = checksumOf(bytes, section!.checksum, at + 1, end + 1);
        pushLine(section!.ranges, newLine++);
        newLeft--;
      } else {
        oldLeft--;
      }
      at = end + 1;
    }
    Object.assign(hunk!, { newLeft, newLine, oldLeft: [oldLeft] });
    closeReadHunk();
    return at;
  };

  /** Reads the prefix of one line of a hunk, or as much of its text as there is. */
  const readHunkLine = (bytes: Buffer): number => {
    const { parents } = hunk!;
    if (parents > 1 && line === null && !isHunkLine(bytes[0]!)) {
      closeHunk();
      return readHeader(bytes);
    }
    if (section!.isWhole && parents === 1) return skipHunkLines(bytes);
    const used = line === null && parents === 1 ? readWholeLines(bytes) : 0;
    if (used > 0) return used;
    if (line === null) {
      if (bytes[0] === BACKSLASH) {
        const end = bytes.indexOf(LF);
        return end === -1 ? needMore(bytes) : end + 1;
      }
      if (bytes.length < parents) return 0;
      const prefix = Buffer.from(bytes.subarray(0, parents));
      line = { prefix, isAdded: prefix.every((byte) => byte === PLUS) };
      return parents;
    }
    const end = bytes.indexOf(LF);
    if (line.isAdded) {
      section!.checksum = checksumOf(end === -1 ? bytes : bytes.subarray(0, end), section!.checksum);
    }
    if (end === -1) return bytes.length;
    closeLine();
    return end + 1;
  };

  const closeLine = (): void => {
    const { prefix, isAdded } = line!;
    line = null;
    if (isAdded) {
      section!.checksum = checksumOf(LINE_END, section!.checksum);
      pushLine(section!.ranges, hunk!.newLine);
    }
    const isRemoved = prefix.includes(MINUS);
    // In a merge's hunk a blank column means that this parent has the line; in a removed line, that it never had it.
    for (let i = 0; i < prefix.length; i++) {
      if (prefix[i] === MINUS || (!isRemoved && prefix[i] !== PLUS)) hunk!.oldLeft[i]!--;
    }
    if (!isRemoved) {
      hunk!.newLeft--;
      hunk!.newLine++;
    }
    closeReadHunk();
  };

  const closeReadHunk = (): void => {
    if (hunk!.parents === 1 && hunk!.newLeft <= 0 && hunk!.oldLeft.every((left) => left <= 0)) closeHunk();
  };

  const closeHunk = (): void => {
    hunk = null;
    state = 'headers';
  };

  return {
    push(chunk) {
      let bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      while (bytes.length > 0 && state !== 'done') {
        const used = state === 'records' ? readRecord(bytes) : state === 'headers' ? readHeader(bytes) : readHunkLine(bytes);
        if (used === 0) break;
        bytes = bytes.subarray(used);
      }
      rest = bytes;
      return state === 'done';
    },
    end(hasEndedWell, isRawOnly = false) {
      const isInHunk = hunk !== null && (hunk.parents === 1 || line !== null);
      if (!hasEndedWell || isInHunk) section = null;
      const isComplete = hasSeparator || (hasEndedWell && rest.length === 0 && (isRawOnly || records.length === 0));
      if (isComplete) closeDiff();
      return isComplete;
    },
  };
}

function needMore(bytes: Buffer): 0 {
  if (bytes.length > MAX_HEADER) throw new RangeError('this is no output of git diff: a header without an end');
  return 0;
}

/** Only a modified file is added in part. Where its patch never came, or shows no text, the whole file counts as added. */
function linesOf(record: RawRecord, lines: AddedLines | undefined): AddedLines | 'all' {
  if (record.oldBlobs.every((id) => id === record.newBlob)) return NO_LINES;
  return isWhollyAdded(record) ? 'all' : (lines ?? 'all');
}

/** Of a change of mode. */
const NO_LINES: AddedLines = { ranges: new Uint32Array(), checksum: EMPTY_CHECKSUM, hunks: 0 };

function parseCommitId(text: string): string {
  if (!/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/.test(text)) throw new RangeError('this is no output of git diff: neither record nor commit');
  return text;
}

/** `:oldmode newmode oldid newid status`, one colon, old mode and old id a parent. */
function parseRecord(head: string, pathBytes: Buffer): RawRecord {
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
function parseIndexLine(text: string): Section {
  const [, olds = '', newBlob = ''] = /^index ([0-9a-f,]+)\.\.([0-9a-f]+)/.exec(text) ?? [];
  const oldBlobs = olds.split(',');
  return { oldBlobs, newBlob, isWhole: oldBlobs.every(isZeroId), ranges: [], checksum: EMPTY_CHECKSUM, hunks: 0 };
}

/** `@@ -a,b +c,d @@`, with one more `@` and one more `-a,b` for each further parent. */
function parseHunkHeader(text: string): Hunk {
  const [, oldCount, newStart, count] = /^@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(text) ?? [];
  if (newStart !== undefined)
    return { parents: 1, oldLeft: [Number(oldCount ?? 1)], newLeft: Number(count ?? 1), newLine: Number(newStart) };
  const [, marks = '', olds = '', newLine = '', newCount] = /^(@@+)((?: -\d+(?:,\d+)?)+) \+(\d+)(?:,(\d+))? @@/.exec(text) ?? [];
  if (marks === '') throw new RangeError('this is no output of git diff: a hunk header that cannot be read');
  const oldLeft = [...olds.matchAll(/-\d+(?:,(\d+))?/g)].map(([, count]) => Number(count ?? 1));
  return { parents: marks.length - 1, oldLeft, newLeft: Number(newCount ?? 1), newLine: Number(newLine) };
}

/** Adds a line to the last range where it follows on. */
function pushLine(ranges: number[], line: number): void {
  const last = ranges.length - 2;
  const next = last < 0 ? -1 : ranges[last]! + ranges[last + 1]!;
  if (next === line) ranges[last + 1]!++;
  else ranges.push(line, 1);
}

/** Begins a line of a merge's hunk: a column for each parent, or the note on a missing end of line. */
function isHunkLine(byte: number): boolean {
  return byte === SPACE || byte === PLUS || byte === MINUS || byte === BACKSLASH;
}

function isHexDigit(byte: number): boolean {
  return (byte >= 0x30 && byte <= 0x39) || (byte >= 0x61 && byte <= 0x66);
}
