import { isUtf8 } from 'node:buffer';
import type { Location } from './finding.ts';

const LF = 0x0a;
const CR = 0x0d;
const BYTE_ORDER_MARK = Buffer.of(0xef, 0xbb, 0xbf);

/** Turns byte offsets of a text into lines and columns, going forward only. */
export interface LineFinder {
  /** The line that an offset is in: its number from 1 and its bytes `[start, end)` without its end, LF or CRLF. Offsets must not fall. */
  readonly lineAt: (offset: number) => { readonly number: number; readonly start: number; readonly end: number };
}

export function createLineFinder(bytes: Buffer): LineFinder {
  let number = 1;
  // No editor counts the mark as a character of the first line.
  let start = bytes.subarray(0, BYTE_ORDER_MARK.length).equals(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length : 0;
  return {
    lineAt(offset) {
      for (let end = bytes.indexOf(LF, start); end !== -1 && end < offset; end = bytes.indexOf(LF, start)) {
        number++;
        start = end + 1;
      }
      const found = bytes.indexOf(LF, start);
      const end = found === -1 ? bytes.length : found;
      return { number, start, end: end > start && bytes[end - 1] === CR ? end - 1 : end };
    },
  };
}

/**
 * Bytes → text: UTF-8 where they are valid UTF-8, else Latin-1, in which every byte is a character.
 */
export function textOf(bytes: Buffer): string {
  return bytes.toString(encodingOf(bytes));
}

/** How {@link textOf} reads some bytes. A part of them has to be read the same way, whatever it is by itself. */
export function encodingOf(bytes: Buffer): 'utf8' | 'latin1' {
  return isUtf8(bytes) ? 'utf8' : 'latin1';
}

/** An offset moved to where a character of UTF-8 begins; by three bytes at most, so that other bytes are left alone. */
export function toCharacter(bytes: Buffer, offset: number, step: 1 | -1): number {
  let at = offset;
  for (let moved = 0; moved < 3 && (bytes[at]! & 0xc0) === 0x80; moved++) at += step;
  return at;
}

/** Where a span of bytes stands. `lineAt` must have been asked for nothing behind `start`. */
export function locate(bytes: Buffer, lines: LineFinder, start: number, end: number): Location {
  const first = lines.lineAt(start);
  const column = widthOf(bytes, first.start, start) + 1;
  // The line of the last byte, so that a span that ends with its LF ends on its own line.
  let lastLine = first.number;
  let lastStart = first.start;
  for (let at = bytes.indexOf(LF, start); at !== -1 && at < end - 1; at = bytes.indexOf(LF, at + 1)) {
    lastLine++;
    lastStart = at + 1;
  }
  const endColumn = widthOf(bytes, lastStart, end) + 1;
  return {
    line: first.number,
    column,
    endLine: lastLine,
    endColumn,
    ...byteColumns([column, endColumn], [start - first.start + 1, end - lastStart + 1]),
  };
}

/** Columns in bytes, if they differ from those in UTF-16 code units. */
export function byteColumns(
  [column, endColumn]: readonly [number, number],
  [byteColumn, endByteColumn]: readonly [number, number],
): Pick<Location, 'byteColumn' | 'endByteColumn'> {
  return column === byteColumn && endColumn === endByteColumn ? {} : { byteColumn, endByteColumn };
}

/** UTF-16 code units between two offsets of one line. */
function widthOf(bytes: Buffer, from: number, to: number): number {
  return textOf(bytes.subarray(from, to)).length;
}
