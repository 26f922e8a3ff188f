import type { Location } from './finding.ts';
import { byteColumns, encodingOf } from './lines.ts';
import type { CharacterUnit, Region } from './stage-result.ts';

/** A region in bytes of the file. */
export interface RegionSpan {
  readonly start: number;
  readonly end: number;
  /** All of its lines. */
  readonly lines: readonly [start: number, end: number];
  /** The first of them, without its end. */
  readonly lineStart: number;
  readonly lineEnd: number;
  readonly location: Location;
}

const LF = 0x0a;
const CR = 0x0d;
const BYTE_ORDER_MARK = Buffer.of(0xef, 0xbb, 0xbf);

/** Finds regions in a text, in any order. A region beyond the end of the text ends with the text. */
export class RegionFinder {
  readonly #bytes: Buffer;
  /** Where each line starts. */
  readonly #starts: readonly number[];
  /** Bytes of the byte order mark, which belongs to no line. */
  readonly #mark: number;

  constructor(bytes: Buffer) {
    const starts = [0];
    for (let at = bytes.indexOf(LF); at !== -1 && at + 1 < bytes.length; at = bytes.indexOf(LF, at + 1)) starts.push(at + 1);
    this.#bytes = bytes;
    this.#starts = starts;
    this.#mark = bytes.subarray(0, BYTE_ORDER_MARK.length).equals(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length : 0;
  }

  spanOf(region: Region): RegionSpan {
    if (region.kind === 'offsets') return this.#spanOfOffsets(region);
    const first = this.#numberWithin(region.startLine);
    const last = Math.max(this.#numberWithin(region.endLine), first);
    const start = this.#byteAt(first, region.startColumn, region.unit, 0);
    const end = Math.max(this.#byteAt(last, region.endColumn, region.unit, 1), last === first ? start : 0);
    return this.#spanIn(first, start, last, end);
  }

  #spanOfOffsets(region: Region & { readonly kind: 'offsets' }): RegionSpan {
    const bytes = this.#bytes;
    const encoding = encodingOf(bytes);
    const text = bytes.toString(encoding);
    const start = Math.min(bytesIn(text, region.start, region.unit, encoding), bytes.length);
    const end = Math.min(Math.max(bytesIn(text, region.end, region.unit, encoding), start), bytes.length);
    return this.#spanIn(this.#numberAt(start), start, this.#numberAt(Math.max(end - 1, start)), end);
  }

  #spanIn(first: number, start: number, last: number, end: number): RegionSpan {
    const [lineStart, lineEnd] = this.#lineOf(first);
    const columns = [this.#columnAt(first, start), this.#columnAt(last, end)] as const;
    return {
      start,
      end: Math.max(end, start),
      lines: [lineStart, Math.max(this.#starts[last] ?? this.#bytes.length, lineStart)],
      lineStart,
      lineEnd,
      location: {
        line: first,
        column: columns[0],
        endLine: last,
        endColumn: columns[1],
        ...byteColumns(columns, [this.#byteColumnAt(first, start), this.#byteColumnAt(last, end)]),
      },
    };
  }

  #numberWithin(line: number): number {
    return Math.min(Math.max(line, 1), this.#starts.length);
  }

  /** Start and end of a line, without its line end. */
  #lineOf(number: number): readonly [start: number, end: number] {
    const bytes = this.#bytes;
    const start = this.#starts[number - 1]! + (number === 1 ? this.#mark : 0);
    const next = this.#starts[number] ?? bytes.length;
    const bare = next > start && bytes[next - 1] === LF ? next - 1 : next;
    return [start, bare > start && bytes[bare - 1] === CR ? bare - 1 : bare];
  }

  /** Number of the line that holds an offset. */
  #numberAt(offset: number): number {
    let [low, high] = [0, this.#starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  }

  #textIn(start: number, end: number): string {
    return this.#bytes.toString(encodingOf(this.#bytes.subarray(start, end)), start, end);
  }

  /** Column → byte. Without a column the text of the line is meant, without its blanks. */
  #byteAt(number: number, column: number | null, unit: CharacterUnit, otherwise: 0 | 1): number {
    const [start, end] = this.#lineOf(number);
    if (column === null) return otherwise === 1 ? end : start + this.#blanksAt(start, end);
    return start + bytesIn(this.#textIn(start, end), column - 1, unit, encodingOf(this.#bytes.subarray(start, end)));
  }

  #blanksAt(start: number, end: number): number {
    return /^[\t ]*(?=\S|$)/.exec(this.#bytes.toString('latin1', start, end))?.[0].length ?? 0;
  }

  #byteColumnAt(number: number, byte: number): number {
    const [start, end] = this.#lineOf(number);
    return Math.min(Math.max(byte, start), end) - start + 1;
  }

  #columnAt(number: number, byte: number): number {
    const [start, end] = this.#lineOf(number);
    return this.#textIn(start, Math.min(Math.max(byte, start), end)).length + 1;
  }
}

/** Bytes of the first characters of a text. */
function bytesIn(text: string, characters: number, unit: CharacterUnit, encoding: 'utf8' | 'latin1'): number {
  const head = unit === 'utf16' ? text.slice(0, Math.max(characters, 0)) : Array.from(text).slice(0, Math.max(characters, 0)).join('');
  return Buffer.byteLength(head, encoding);
}
