import { checksumOf } from './changed-file.ts';
import { type Hunk, needMore, type Section } from './parse-headers.ts';

const LF = 0x0a;
const SPACE = 0x20;
const PLUS = 0x2b;
const MINUS = 0x2d;
const BACKSLASH = 0x5c;
const LINE_END = Buffer.of(LF);

/** Reads the lines of one hunk into the section of its file, in pieces of any size. */
export class HunkReader {
  readonly #section: Section;
  readonly #hunk: Hunk;
  /** The line whose text is being read. */
  #line: { readonly prefix: Buffer; readonly isAdded: boolean } | null = null;
  #isDone: boolean;

  constructor(section: Section, hunk: Hunk) {
    this.#section = section;
    this.#hunk = hunk;
    this.#isDone = hunk.parents === 1 && hunk.newLeft <= 0 && hunk.oldLeft.every((left) => left <= 0);
  }

  get isDone(): boolean {
    return this.#isDone;
  }

  /** Whether lines are missing if the output ends now. The counts of a merge do not tell. */
  get isCutOff(): boolean {
    return this.#hunk.parents === 1 || this.#line !== null;
  }

  /**
   * Reads the prefix of one line, as much of its text as there is, or several lines at once.
   *
   * @returns bytes used; 0: more are needed, or, if the hunk is done now, the bytes belong to what follows it
   */
  read(bytes: Buffer): number {
    const { parents } = this.#hunk;
    if (this.#line !== null) return this.#readText(bytes, this.#line);
    if (parents > 1 && !isHunkLine(bytes[0]!)) {
      this.#isDone = true;
      return 0;
    }
    if (parents === 1) {
      const used = this.#section.isWhole ? this.#skipLines(bytes) : this.#readWholeLines(bytes);
      if (used > 0) return used;
    }
    if (bytes[0] === BACKSLASH) {
      const end = bytes.indexOf(LF);
      return end === -1 ? needMore(bytes) : end + 1;
    }
    if (bytes.length < parents) return 0;
    const prefix = Buffer.from(bytes.subarray(0, parents));
    this.#line = { prefix, isAdded: prefix.every((byte) => byte === PLUS) };
    return parents;
  }

  /** Passes over the lines of a new file. */
  #skipLines(bytes: Buffer): number {
    const hunk = this.#hunk;
    let end = -1;
    while (hunk.newLeft > 0) {
      end = bytes.indexOf(LF, end + 1);
      if (end === -1) return bytes.length;
      hunk.newLeft--;
    }
    this.#isDone = true;
    return end + 1;
  }

  /** Reads the whole lines of a hunk with one parent, at a fraction of what {@link read} costs for each. */
  #readWholeLines(bytes: Buffer): number {
    const section = this.#section;
    const hunk = this.#hunk;
    let at = 0;
    let { newLeft, newLine } = hunk;
    let oldLeft = hunk.oldLeft[0]!;
    while (newLeft > 0 || oldLeft > 0) {
      const sign = bytes[at];
      const end = sign === PLUS || sign === MINUS ? bytes.indexOf(LF, at) : -1;
      if (end === -1) break;
      if (sign === PLUS) {
        section.checksum = checksumOf(bytes, section.checksum, at + 1, end + 1);
        pushLine(section.ranges, newLine++);
        newLeft--;
      } else {
        oldLeft--;
      }
      at = end + 1;
    }
    Object.assign(hunk, { newLeft, newLine, oldLeft: [oldLeft] });
    this.#closeIfRead();
    return at;
  }

  #readText(bytes: Buffer, { prefix, isAdded }: { readonly prefix: Buffer; readonly isAdded: boolean }): number {
    const section = this.#section;
    const end = bytes.indexOf(LF);
    if (isAdded) section.checksum = checksumOf(end === -1 ? bytes : bytes.subarray(0, end), section.checksum);
    if (end === -1) return bytes.length;
    this.#line = null;
    if (isAdded) {
      section.checksum = checksumOf(LINE_END, section.checksum);
      pushLine(section.ranges, this.#hunk.newLine);
    }
    this.#count(prefix);
    return end + 1;
  }

  #count(prefix: Buffer): void {
    const hunk = this.#hunk;
    const isRemoved = prefix.includes(MINUS);
    // In a merge's hunk a blank column means that this parent has the line; in a removed line, that it never had it.
    for (let i = 0; i < prefix.length; i++) {
      if (prefix[i] === MINUS || (!isRemoved && prefix[i] !== PLUS)) hunk.oldLeft[i]!--;
    }
    if (!isRemoved) {
      hunk.newLeft--;
      hunk.newLine++;
    }
    this.#closeIfRead();
  }

  #closeIfRead(): void {
    const { parents, newLeft, oldLeft } = this.#hunk;
    if (parents === 1 && newLeft <= 0 && oldLeft.every((left) => left <= 0)) this.#isDone = true;
  }
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
