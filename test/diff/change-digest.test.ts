import { expect, it } from 'vitest';
import { digestChanges } from '../../src/diff/change-digest.ts';
import type { RawRecord } from '../../src/diff/changed-file.ts';

function record(path: string, newBlob: string, newMode = '100644'): RawRecord {
  return { oldMode: '100644', newMode, oldBlobs: ['a'.repeat(40)], newBlob, status: 'M', pathBytes: Buffer.from(path) };
}

const [A, B, C] = [record('a', '1'.repeat(40)), record('b', '2'.repeat(40)), record('c', '0'.repeat(40), '000000')];

it('names the same changes alike, in any order', () => {
  expect(digestChanges([A, B, C])).toBe(digestChanges([C, A, B]));
  expect(digestChanges([])).toBe(digestChanges([]));
});

it.each([
  ['one less', [A, B]],
  ['one more', [A, B, C, record('d', '3'.repeat(40))]],
  ['another content', [A, record('b', '4'.repeat(40)), C]],
  ['another name', [A, record('x', '2'.repeat(40)), C]],
  ['another mode', [A, record('b', '2'.repeat(40), '100755'), C]],
  ['none', []],
])('tells %s', (_, records) => {
  expect(digestChanges(records)).not.toBe(digestChanges([A, B, C]));
});
