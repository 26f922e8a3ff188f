import { expect, it } from 'vitest';
import type { ContentRule } from '../../src/engine/rule.ts';
import { createScanner, sourceOf } from '../../src/engine/scanner.ts';
import { CATALOGUE } from '../../src/rules/catalogue.ts';
import { base64 } from '../../src/rules/drafting/sample.ts';
import { isLinear } from '../support/cost.ts';

const rules = CATALOGUE.filter((rule): rule is ContentRule => rule.kind === 'content' && rule.category === 'secret');
const scanner = createScanner(sourceOf(rules));

it.each<[what: string, textOf: (size: number) => string]>([
  ['values in base64', (size) => `token="${base64(size >> 4)}"\n`.repeat(16)],
  ['beginnings of a token', (size) => 'eyJ'.repeat(size / 3)],
  ['many such values', (size) => `${'eyJ'.padEnd(24, 'A')} `.repeat(size / 25)],
  ['percent signs', (size) => `AccountKey=${'%2F'.repeat(40)} `.repeat(size / 132)],
  ['names of values', (size) => 'password=%41'.repeat(size / 12)],
])('text full of what might be encoded takes time in proportion: %s', (_, textOf) => {
  const scan = (bytes: Buffer): void => void scanner.scan({ bytes, path: 'src/settings.txt', isActive: () => true });
  expect(isLinear((size) => Buffer.from(textOf(size)), scan, 1 << 15)).toBe(true);
});
