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
export class DiffParser {
  readonly #events: DiffEvents;
  #state: 'records' | 'headers' | 'done' = 'records';
  #rest: Buffer = Buffer.alloc(0);
  #commit: string | null = null;
  #records: RawRecord[] = [];
  #added = new Map<number, AddedLines>();
  #nextRecord = 0;
  #hasSeparator = false;
  #section: Section | null = null;
  /** Reads the lines of a hunk, if one has begun. */
  #hunk: HunkReader | null = null;

  constructor(events: DiffEvents) {
    this.#events = events;
  }

  /** Takes the next bytes of git's stdout. Returns true when no more are wanted. */
  push(chunk: Buffer): boolean {
    let bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    while (bytes.length > 0 && this.#state !== 'done') {
      const used = this.#read(bytes);
      if (used === 0) break;
      bytes = bytes.subarray(used);
    }
    this.#rest = bytes;
    return this.#state === 'done';
  }

  /**
   * Git has ended, well or not. A file whose patch did not come to its end counts as added whole.
   *
   * @param isRawOnly no patch was asked for: the records end with the output
   * @returns false if the raw records themselves are not complete
   */
  end(hasEndedWell: boolean, isRawOnly = false): boolean {
    if (!hasEndedWell || this.#hunk?.isCutOff === true) this.#section = null;
    const isWhole = hasEndedWell && this.#rest.length === 0 && (isRawOnly || this.#records.length === 0);
    const isComplete = this.#hasSeparator || isWhole;
    if (isComplete) this.#closeDiff();
    return isComplete;
  }

  /** Returns the bytes used; 0: more are needed. */
  #read(bytes: Buffer): number {
    if (this.#hunk !== null) return this.#readHunk(this.#hunk, bytes);
    return this.#state === 'records' ? this.#readRecord(bytes) : this.#readHeader(bytes);
  }

  /** Reads records, commit ids and the separator. */
  #readRecord(bytes: Buffer): number {
    if (bytes[0] === NUL) {
      this.#hasSeparator = true;
      this.#state = this.#events.onRecords?.(this.#records, this.#commit) === true ? 'done' : 'headers';
      return 1;
    }
    const headEnd = bytes.indexOf(NUL);
    if (headEnd === -1) return needMore(bytes);
    const head = bytes.toString('latin1', 0, headEnd);
    if (bytes[0] !== COLON) {
      this.#closeDiff();
      this.#commit = parseCommitId(head);
      return headEnd + 1;
    }
    const pathEnd = bytes.indexOf(NUL, headEnd + 1);
    if (pathEnd === -1) return needMore(bytes);
    this.#records.push(parseRecord(head, Buffer.from(bytes.subarray(headEnd + 1, pathEnd))));
    return pathEnd + 1;
  }

  /** Reads one header line of a patch, or finds the next commit. */
  #readHeader(bytes: Buffer): number {
    if (bytes[0] !== AT) {
      const idLength = bytes.findIndex((byte) => !isHexDigit(byte));
      if (idLength === -1 && bytes.length <= MAX_ID) return 0;
      if (idLength > 0 && bytes[idLength] === NUL) {
        this.#state = 'records';
        return this.#readRecord(bytes);
      }
    }
    const end = bytes.indexOf(LF);
    if (end === -1) return needMore(bytes);
    const text = bytes.toString('latin1', 0, end);
    if (text.startsWith('diff --')) {
      this.#closeSection();
    } else if (text.startsWith('index ')) {
      this.#section = parseIndexLine(text);
    } else if (text.startsWith('@@') && this.#section !== null) {
      this.#section.hunks++;
      const reader = new HunkReader(this.#section, parseHunkHeader(text));
      this.#hunk = reader.isDone ? null : reader;
    }
    return end + 1;
  }

  /** Reads lines of a hunk. A merge's hunk may turn out to have ended before these bytes. */
  #readHunk(reader: HunkReader, bytes: Buffer): number {
    const used = reader.read(bytes);
    if (!reader.isDone) return used;
    this.#hunk = null;
    return used > 0 ? used : this.#readHeader(bytes);
  }

  #closeSection(): void {
    if (this.#section === null) return;
    const { oldBlobs, newBlob, isWhole, ranges, checksum, hunks } = this.#section;
    this.#section = null;
    if (hunks === 0 || isWhole) return;
    for (let i = this.#nextRecord; i < this.#records.length; i++) {
      const record = this.#records[i]!;
      if (record.newBlob !== newBlob || record.oldBlobs.join() !== oldBlobs.join()) continue;
      this.#added.set(i, { ranges: Uint32Array.from(ranges), checksum, hunks });
      this.#nextRecord = i + 1;
      return;
    }
  }

  #closeDiff(): void {
    this.#closeSection();
    const [records, added, commit] = [this.#records, this.#added, this.#commit];
    [this.#records, this.#added, this.#nextRecord, this.#hasSeparator] = [[], new Map(), 0, false];
    if (records.length === 0) return;
    this.#events.onFiles(
      records.map((record, i) => ({ record, commit, added: linesOf(record, added.get(i)) })),
      commit,
    );
  }
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
