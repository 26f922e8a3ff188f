import { expect, it } from 'vitest';
import { readNotebook } from '../../src/engine/notebook.ts';
import { isLinear } from '../support/cost.ts';

it.each<[what: string, jsonOf: (size: number) => string]>([
  ['backslashes', (size) => `{"source": "${'\\'.repeat(size)}"}`],
  ['escaped quotes', (size) => `{"source": ["${'\\"'.repeat(size / 2)}"]}`],
  ['quotes', (size) => '"'.repeat(size)],
])('a notebook of many %s is read in proportion', (_, jsonOf) => {
  expect(
    isLinear(
      (size) => Buffer.from(`"source":"a",${jsonOf(size)}`),
      (json) => void readNotebook(json),
      1 << 15,
    ),
  ).toBe(true);
});
