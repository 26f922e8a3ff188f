import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { locateAddedLines } from '../../src/diff/added-lines.ts';
import { keepNewToAll } from '../../src/diff/both-added.ts';
import { type AddedLines, type ChangedFile, checksumOf, EMPTY_CHECKSUM } from '../../src/diff/changed-file.ts';

const [NONE, OURS, THEIRS, NEW] = ['0', '1', '2', '3'].map((digit) => digit.repeat(40)) as [string, string, string, string];

function patch(ranges: readonly number[], checksum = 0): AddedLines {
  return { ranges: Uint32Array.from(ranges), checksum, hunks: ranges.length / 2 };
}

function change(path: string, oldBlob: string, status: string, added: ChangedFile['added']): ChangedFile {
  return {
    commit: null,
    added,
    record: { oldMode: '100644', newMode: '100644', oldBlobs: [oldBlob], newBlob: NEW, status, pathBytes: Buffer.from(path) },
  };
}

function rangesOf(added: ChangedFile['added'] | undefined): number[] | 'all' | undefined {
  return added === undefined || added === 'all' ? added : [...added.ranges];
}

describe('what is new to all sides of a merge', () => {
  it('leaves out files that one of them has as they are', () => {
    const ours = [change('both', OURS, 'M', 'all'), change('theirs', OURS, 'M', 'all')];
    const theirs = [change('both', THEIRS, 'M', 'all'), change('ours', THEIRS, 'M', 'all')];
    const kept = keepNewToAll([ours, theirs]);
    expect(kept.map(({ record }) => record.pathBytes.toString())).toEqual(['both']);
    expect(kept[0]!.record).toMatchObject({ oldBlobs: [OURS, THEIRS], newBlob: NEW, status: 'M' });
  });

  it('is all of it where there is one side', () => {
    const ours = [change('a', OURS, 'M', patch([1, 2], 7))];
    expect(keepNewToAll([ours])).toEqual(ours);
    expect(keepNewToAll([])).toEqual([]);
  });

  it.each<[string, readonly ChangedFile['added'][], number[] | 'all']>([
    ['lines of both', [patch([1, 5, 10, 2]), patch([3, 8])], [3, 3, 10, 1]],
    ['no line', [patch([1, 2]), patch([3, 1])], []],
    ['the lines of the other, where all is new to one', ['all', patch([3, 1])], [3, 1]],
    ['all, where it is new to both', ['all', 'all'], 'all'],
    ['lines of three', [patch([1, 9]), patch([2, 3, 7, 3]), patch([4, 4])], [4, 1, 7, 1]],
  ])('%s', (_, sides, expected) => {
    const [kept] = keepNewToAll(sides.map((added) => [change('a', OURS, 'M', added)]));
    expect(rangesOf(kept?.added)).toEqual(expected);
    if (kept?.added !== 'all') expect(kept?.added.hunks).toBe(expected.length / 2);
  });

  it('keeps conflicts that are not resolved, and tells what is new to one side only', () => {
    expect(keepNewToAll([[change('a', NONE, 'U', 'all')], [change('a', NONE, 'U', 'all')]])[0]?.record.status).toBe('U');
    expect(keepNewToAll([[change('a', NONE, 'A', 'all')], [change('a', THEIRS, 'M', patch([1, 1]))]])[0]?.record.status).toBe('AM');
  });

  it('holds for any lines', () => {
    const lines = fc.uniqueArray(fc.integer({ min: 1, max: 30 }), { maxLength: 20 }).map((some) => some.sort((a, b) => a - b));
    const toPatch = (some: readonly number[]): AddedLines => {
      const ranges: number[] = [];
      for (const line of some) {
        const next = (ranges.at(-2) ?? 0) + (ranges.at(-1) ?? 0);
        if (next === line && ranges.length > 0) ranges[ranges.length - 1]!++;
        else ranges.push(line, 1);
      }
      return patch(ranges);
    };
    fc.assert(
      fc.property(lines, lines, (a, b) => {
        const [kept] = keepNewToAll([[change('a', OURS, 'M', toPatch(a))], [change('a', THEIRS, 'M', toPatch(b))]]);
        const common = a.filter((line) => b.includes(line));
        expect(rangesOf(kept?.added)).toEqual(rangesOf(toPatch(common)));
      }),
    );
  });
});

describe('lines that several patches add', () => {
  const blob = Buffer.from('one\ntwo\nthree\n');
  const sumOf = (...lines: readonly string[]) => lines.reduce((sum, line) => checksumOf(Buffer.from(`${line}\n`), sum), EMPTY_CHECKSUM);

  it('are found where both patches showed the text of the blob', () => {
    const sides = [patch([1, 2], sumOf('one', 'two')), patch([2, 2], sumOf('two', 'three'))];
    const [kept] = keepNewToAll(sides.map((added) => [change('a', OURS, 'M', added)]));
    expect(locateAddedLines(blob, kept!.added as AddedLines)).toEqual([4, 8]);
  });

  it('are not told where one of them showed another text', () => {
    const sides = [patch([1, 2], sumOf('one', 'two')), patch([2, 2], sumOf('two', 'masked'))];
    const [kept] = keepNewToAll(sides.map((added) => [change('a', OURS, 'M', added)]));
    expect(locateAddedLines(blob, kept!.added as AddedLines)).toBeNull();
  });
});
