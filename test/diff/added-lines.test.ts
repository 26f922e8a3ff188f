import { describe, expect, it } from 'vitest';
import { countAdded, countLines, locateAddedLines, locateLines, touches } from '../../src/diff/added-lines.ts';
import { checksumOf, hasContent, isPartlyAdded, isZeroId, type RawRecord } from '../../src/diff/changed-file.ts';

const TEXT = Buffer.from('one\ntwo\nthree');

describe('added lines', () => {
  it('stand where git counts them', () => {
    expect(locateLines(TEXT, [1, 1, 3, 1])).toEqual([0, 4, 8, 13]);
    expect(locateLines(TEXT, [])).toEqual([]);
    expect(locateLines(TEXT, [4, 1])).toBeNull();
    expect(locateLines(TEXT, [5, 1])).toBeNull();
  });

  it('are believed only where the text is the one that the patch showed', () => {
    const added = { ranges: Uint32Array.of(2, 2), checksum: checksumOf(Buffer.from('two\nthree\n')), hunks: 1 };
    expect(locateAddedLines(TEXT, added)).toEqual([4, 13]);
    expect(locateAddedLines(Buffer.from('one\ntwO\nthree'), added)).toBeNull();
    expect(locateAddedLines(Buffer.from('one\n'), added)).toBeNull();
    expect(countAdded(added)).toBe(2);
  });

  it('are counted with a last line that has no end', () => {
    expect(['', 'a', 'a\n', 'a\n\nb'].map((text) => countLines(Buffer.from(text)))).toEqual([0, 1, 1, 3]);
  });

  it('are touched by a byte in common', () => {
    const at = (start: number, end: number) => touches([4, 8, 20, 24], start, end);
    expect([at(0, 4), at(0, 5), at(7, 9), at(8, 20), at(8, 21), at(23, 99), at(24, 99), at(0, 99)]).toEqual([
      false,
      true,
      true,
      false,
      true,
      true,
      false,
      true,
    ]);
    expect([at(4, 4), at(8, 8), touches([], 0, 9)]).toEqual([true, false, false]);
  });
});

describe('a record', () => {
  const record = (more: Partial<RawRecord>): RawRecord => ({
    oldMode: '100644',
    newMode: '100644',
    oldBlobs: ['a'.repeat(40)],
    newBlob: 'b'.repeat(40),
    status: 'M',
    pathBytes: Buffer.from('a'),
    ...more,
  });

  it('has content unless it takes a file away', () => {
    expect(hasContent(record({}))).toBe(true);
    expect(hasContent(record({ newMode: '000000', newBlob: '0'.repeat(40), status: 'D' }))).toBe(false);
    expect(hasContent(record({ newBlob: '0'.repeat(64) }))).toBe(false);
    expect(hasContent(record({ newMode: '000000', newBlob: '0'.repeat(40), status: 'U' }))).toBe(true);
    expect([isZeroId('0'.repeat(40)), isZeroId(`${'0'.repeat(39)}1`)]).toEqual([true, false]);
  });

  it('needs a patch where it changes what was there', () => {
    expect(isPartlyAdded(record({}))).toBe(true);
    expect(isPartlyAdded(record({ newBlob: 'a'.repeat(40) }))).toBe(false);
    for (const status of ['A', 'T', 'AA', 'TT', 'MT']) expect(isPartlyAdded(record({ status }))).toBe(false);
    expect(isPartlyAdded(record({ status: 'D', newMode: '000000', newBlob: '0'.repeat(40) }))).toBe(false);
    expect(isPartlyAdded(record({ status: 'MM', oldBlobs: ['b'.repeat(40), 'a'.repeat(40)] }))).toBe(true);
    expect(isPartlyAdded(record({ status: 'AM', oldBlobs: ['0'.repeat(40), 'a'.repeat(40)] }))).toBe(true);
  });
});
