import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textOf, TextLines } from '../../src/findings/lines.ts';

const place = (text: string | Buffer, start: number, end: number) => {
  const bytes = Buffer.from(text as string);
  return new TextLines(bytes).locate(start, end);
};

describe('a place in a text', () => {
  it('agrees with counting by hand', () => {
    const unit = fc.constantFrom('a', 'é', '😀', '\n', '\r\n');
    fc.assert(
      fc.property(
        fc.string({ unit, maxLength: 40 }),
        fc.string({ unit: fc.constantFrom('é', 'x'), minLength: 1, maxLength: 5 }),
        (before, value) => {
          const start = Buffer.byteLength(before);
          const lines = before.split('\n');
          const column = lines.at(-1)!.length + 1;
          const byteColumn = Buffer.byteLength(lines.at(-1)!) + 1;
          const endByteColumn = byteColumn + Buffer.byteLength(value);
          const isSame = byteColumn === column && endByteColumn === column + value.length;
          expect(place(`${before}${value} rest\n`, start, start + Buffer.byteLength(value))).toEqual({
            line: lines.length,
            column,
            endLine: lines.length,
            endColumn: column + value.length,
            ...(isSame ? {} : { byteColumn, endByteColumn }),
          });
        },
      ),
    );
  });

  it('ends on the line of its last byte, also where that is the line end', () => {
    expect(place('ab\ncd\nef', 1, 5)).toEqual({ line: 1, column: 2, endLine: 2, endColumn: 3 });
    expect(place('ab\ncd', 0, 3)).toMatchObject({ endLine: 1 });
  });
});

describe('a line', () => {
  it('is without its end, LF or CRLF; a bare CR is part of it', () => {
    const bytes = Buffer.from('one\r\n\r\nth\rree\nlast');
    const text = new TextLines(bytes);
    const lines = [0, 5, 7, 9, 14].map((offset) => text.lineAt(offset));
    expect(lines.map(({ number }) => number)).toEqual([1, 2, 3, 3, 4]);
    expect(lines.map(({ start, end }) => bytes.toString('latin1', start, end))).toEqual(['one', '', 'th\rree', 'th\rree', 'last']);
  });
});

describe('lines by their number', () => {
  it('are found in any order, and nothing is found beyond the first and the last', () => {
    const bytes = Buffer.from('\ufeffone\ntwo\nlast\n');
    const text = new TextLines(bytes);
    const lines = [3, 1, 2, 0, 9].map((number) => text.line(number));
    expect(lines.map(({ start, end }) => bytes.toString('utf8', start, end))).toEqual(['last', 'one', 'two', 'one', 'last']);
    expect(lines.map(({ number }) => number)).toEqual([3, 1, 2, 1, 3]);
    expect([text.lineAt(bytes.length), text.lineAt(4), text.lineAt(0)].map(({ number }) => number)).toEqual([3, 1, 1]);
    expect(text.locate(0, 4)).toEqual({ line: 1, column: 1, endLine: 1, endColumn: 2 });
    expect(new TextLines(Buffer.alloc(0)).lineAt(0)).toEqual({ number: 1, start: 0, end: 0 });
  });
});

describe('bytes as text', () => {
  it('are UTF-8, else Latin-1', () => {
    expect(textOf(Buffer.from('é'))).toBe('é');
    expect(textOf(Buffer.from('é', 'latin1'))).toBe('é');
    expect(textOf(Buffer.from('a\ufffdb'))).toBe('a\ufffdb');
  });
});
