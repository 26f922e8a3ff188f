import { expect, it } from 'vitest';
import type { ContentRule } from '../../src/engine/rule.ts';
import { createScanner, sourceOf } from '../../src/engine/scanner.ts';
import { CATALOGUE } from '../../src/rules/catalogue.ts';
import { cpuTime, isLinear } from '../support/cost.ts';

const FILLERS = ['a', '0', ' ', '/', 'a ', '\n', 'A', '-', '=', '"', '.', ':', '_', 'aA0', 'key', '\\n'];

/** Bytes of a hostile text: few in every run of the tests, more in `npm run fuzz`. */
const SIZE = process.env['FUZZ_RUNS'] === undefined ? 1 << 13 : 1 << 15;

/** A quadratic rule needs more than this for a text of this size. */
const SUSPICIOUS_MS = 2;

it('every rule takes time in proportion to hostile text', () => {
  const rules = CATALOGUE.filter((rule): rule is ContentRule => rule.kind === 'content');
  const scanner = createScanner(sourceOf(rules));
  const runaways: string[] = [];
  for (const rule of rules) {
    const repeats = rule.keywords.map((keyword) => ['', keyword] as const);
    const tails = FILLERS.map((filler) => [rule.keywords[0]!, filler] as const);
    for (const [head, unit] of [...repeats, ...tails]) {
      const textOf = (size: number): Buffer => Buffer.from(head + unit.repeat(size / unit.length));
      const scan = (bytes: Buffer): void => void scanner.scan({ bytes, path: 'a.txt', isActive: (other) => other === rule });
      const small = textOf(SIZE);
      if (cpuTime(() => scan(small)) > SUSPICIOUS_MS && !isLinear(textOf, scan, SIZE)) {
        runaways.push(`${rule.id}: ${JSON.stringify(head + unit)}`);
      }
    }
  }
  expect(runaways).toEqual([]);
});
