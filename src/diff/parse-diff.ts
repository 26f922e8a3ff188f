import { type AddedLines, type ChangedFile, EMPTY_CHECKSUM, isWhollyAdded, type RawRecord } from './changed-file.ts';
import { HunkReader } from './hunk-reader.ts';
import { needMore, parseCommitId, parseHunkHeader, parseIndexLine, parseRecord, type Section } from './parse-headers.ts';

const NUL = 0x00;
const LF = 0x0a;
const AT = 0x40;
const COLON = 0x3a;

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
  let state: 'records' | 'headers' | 'done' = 'records';
  let rest: Buffer = Buffer.alloc(0);
  let commit: string | null = null;
  let records: RawRecord[] = [];
  let added = new Map<number, AddedLines>();
  let nextRecord = 0;
  let hasSeparator = false;
  let section: Section | null = null;
  /** Reads the lines of a hunk, if one has begun. */
  let hunk: HunkReader | null = null;

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
      section.hunks++;
      const reader = new HunkReader(section, parseHunkHeader(text));
      hunk = reader.isDone ? null : reader;
    }
    return end + 1;
  };

  /** Reads lines of a hunk. A merge's hunk may turn out to have ended before these bytes. */
  const readHunk = (reader: HunkReader, bytes: Buffer): number => {
    const used = reader.read(bytes);
    if (!reader.isDone) return used;
    hunk = null;
    return used > 0 ? used : readHeader(bytes);
  };

  return {
    push(chunk) {
      let bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      while (bytes.length > 0 && state !== 'done') {
        const used = hunk !== null ? readHunk(hunk, bytes) : state === 'records' ? readRecord(bytes) : readHeader(bytes);
        if (used === 0) break;
        bytes = bytes.subarray(used);
      }
      rest = bytes;
      return state === 'done';
    },
    end(hasEndedWell, isRawOnly = false) {
      if (!hasEndedWell || hunk?.isCutOff === true) section = null;
      const isComplete = hasSeparator || (hasEndedWell && rest.length === 0 && (isRawOnly || records.length === 0));
      if (isComplete) closeDiff();
      return isComplete;
    },
  };
}

/** Only a modified file is added in part. Where its patch never came, or shows no text, the whole file counts as added. */
function linesOf(record: RawRecord, lines: AddedLines | undefined): AddedLines | 'all' {
  if (record.oldBlobs.every((id) => id === record.newBlob)) return NO_LINES;
  return isWhollyAdded(record) ? 'all' : (lines ?? 'all');
}

/** Of a change of mode. */
const NO_LINES: AddedLines = { ranges: new Uint32Array(), checksum: EMPTY_CHECKSUM, hunks: 0 };

function isHexDigit(byte: number): boolean {
  return (byte >= 0x30 && byte <= 0x39) || (byte >= 0x61 && byte <= 0x66);
}
