import type { Location } from './finding.ts';
import { encodingOf, type Line, TextLines } from './lines.ts';
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

/** Finds regions in a text, in any order. A region beyond the end of the text ends with the text. */
export class RegionFinder {
  readonly #bytes: Buffer;
  readonly #lines: TextLines;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
    this.#lines = new TextLines(bytes);
  }

  spanOf(region: Region): RegionSpan {
    if (region.kind === 'offsets') return this.#spanOfOffsets(region);
    const first = this.#lines.line(region.startLine);
    const last = this.#lines.line(Math.max(region.endLine, first.number));
    const start = this.#byteAt(first, region.startColumn, region.unit, 0);
    const end = Math.max(this.#byteAt(last, region.endColumn, region.unit, 1), last.number === first.number ? start : 0);
    return this.#spanIn(first, start, last, end);
  }

  #spanOfOffsets(region: Region & { readonly kind: 'offsets' }): RegionSpan {
    const bytes = this.#bytes;
    const encoding = encodingOf(bytes);
    const text = bytes.toString(encoding);
    const start = Math.min(bytesIn(text, region.start, region.unit, encoding), bytes.length);
    const end = Math.min(Math.max(bytesIn(text, region.end, region.unit, encoding), start), bytes.length);
    return this.#spanIn(this.#lines.lineAt(start), start, this.#lines.lineAt(Math.max(end - 1, start)), end);
  }

  #spanIn(first: Line, start: number, last: Line, end: number): RegionSpan {
    return {
      start,
      end: Math.max(end, start),
      lines: [first.start, Math.max(this.#lines.endOf(last.number), first.start)],
      lineStart: first.start,
      lineEnd: first.end,
      location: this.#lines.locateIn(first, within(first, start), last, within(last, end)),
    };
  }

  /** Column → byte. Without a column the text of the line is meant, without its blanks. */
  #byteAt({ start, end }: Line, column: number | null, unit: CharacterUnit, otherwise: 0 | 1): number {
    if (column === null) return otherwise === 1 ? end : start + this.#blanksAt(start, end);
    const encoding = encodingOf(this.#bytes.subarray(start, end));
    return start + bytesIn(this.#bytes.toString(encoding, start, end), column - 1, unit, encoding);
  }

  #blanksAt(start: number, end: number): number {
    return /^[\t ]*(?=\S|$)/.exec(this.#bytes.toString('latin1', start, end))?.[0].length ?? 0;
  }
}

function within({ start, end }: Line, offset: number): number {
  return Math.min(Math.max(offset, start), end);
}

/** Bytes of the first characters of a text. */
function bytesIn(text: string, characters: number, unit: CharacterUnit, encoding: 'utf8' | 'latin1'): number {
  const head = unit === 'utf16' ? text.slice(0, Math.max(characters, 0)) : Array.from(text).slice(0, Math.max(characters, 0)).join('');
  return Buffer.byteLength(head, encoding);
}
