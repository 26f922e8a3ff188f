import { isUtf8 } from 'node:buffer';
import type { Location } from './finding.ts';

const LF = 0x0a;
const CR = 0x0d;
const BYTE_ORDER_MARK = Buffer.of(0xef, 0xbb, 0xbf);

/** A line of a text: its number from 1, and its bytes without the line end (LF or CRLF) and without a byte order mark. */
export interface Line {
  readonly number: number;
  readonly start: number;
  readonly end: number;
}

/** Byte offsets of a text ↔ lines and columns, in any order. A text is read as far as the last line that was asked for. */
export class TextLines {
  readonly #bytes: Buffer;
  /** Where the lines start that are known so far. */
  readonly #starts: number[];
  #hasAll = false;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
    // No editor counts the byte order mark as a character of the first line.
    this.#starts = [bytes.subarray(0, BYTE_ORDER_MARK.length).equals(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length : 0];
  }

  /** The line that an offset is in; beyond the end of the text, the last line. */
  lineAt(offset: number): Line {
    while (!this.#hasAll && this.#starts.at(-1)! <= offset) this.#readLine();
    let [low, high] = [0, this.#starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return this.line(low + 1);
  }

  /** A line by its number; the nearest one if there is no such line. */
  line(number: number): Line {
    const start = this.#startOf(number);
    const within = Math.min(Math.max(number, 1), this.#starts.length);
    const next = this.endOf(within);
    const bare = next > start && this.#bytes[next - 1] === LF ? next - 1 : next;
    return { number: within, start, end: bare > start && this.#bytes[bare - 1] === CR ? bare - 1 : bare };
  }

  /** Where a line ends, its line end included. */
  endOf(number: number): number {
    while (!this.#hasAll && this.#starts.length <= number) this.#readLine();
    return this.#starts[number] ?? this.#bytes.length;
  }

  /** Lines and columns of a span of bytes. It ends on the line of its last byte, so one that ends with an LF ends on its own line. */
  locate(start: number, end: number): Location {
    return this.locateIn(this.lineAt(start), start, this.lineAt(Math.max(end - 1, start)), end);
  }

  /** The same for a span whose first and last line are known. */
  locateIn(first: Line, start: number, last: Line, end: number): Location {
    const columns = [this.#columnAt(first, start), this.#columnAt(last, end)] as const;
    const bytes = [Math.max(start - first.start, 0) + 1, Math.max(end - last.start, 0) + 1] as const;
    return { line: first.number, column: columns[0], endLine: last.number, endColumn: columns[1], ...byteColumns(columns, bytes) };
  }

  #startOf(number: number): number {
    while (!this.#hasAll && this.#starts.length < number) this.#readLine();
    return this.#starts[Math.max(number, 1) - 1] ?? this.#starts.at(-1)!;
  }

  #readLine(): void {
    const end = this.#bytes.indexOf(LF, this.#starts.at(-1));
    // A line end that ends the text begins no line.
    if (end === -1 || end + 1 >= this.#bytes.length) this.#hasAll = true;
    else this.#starts.push(end + 1);
  }

  /** Columns count UTF-16 code units. */
  #columnAt({ start }: Line, offset: number): number {
    return textOf(this.#bytes.subarray(start, Math.max(offset, start))).length + 1;
  }
}

/**
 * Bytes → text: as UTF-8 if valid, otherwise as Latin-1, in which every byte is a character.
 */
export function textOf(bytes: Buffer): string {
  return bytes.toString(encodingOf(bytes));
}

/** The encoding that {@link textOf} uses. Parts of the bytes must be read with the same one. */
export function encodingOf(bytes: Buffer): 'utf8' | 'latin1' {
  return isUtf8(bytes) ? 'utf8' : 'latin1';
}

/** Moves an offset to the start of a UTF-8 character, by at most three bytes. */
export function toCharacter(bytes: Buffer, offset: number, step: 1 | -1): number {
  let at = offset;
  for (let moved = 0; moved < 3 && (bytes[at]! & 0xc0) === 0x80; moved++) at += step;
  return at;
}

/** Columns in bytes, if they differ from those in UTF-16 code units. */
function byteColumns(
  [column, endColumn]: readonly [number, number],
  [byteColumn, endByteColumn]: readonly [number, number],
): Pick<Location, 'byteColumn' | 'endByteColumn'> {
  return column === byteColumn && endColumn === endByteColumn ? {} : { byteColumn, endByteColumn };
}
