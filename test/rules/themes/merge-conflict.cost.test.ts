import { expect, it } from 'vitest';
import type { ContentRule } from '../../../src/engine/rule.ts';
import { createScanner, sourceOf } from '../../../src/engine/scanner.ts';
import { mergeConflict } from '../../../src/rules/themes/merge-conflict.ts';

const [OURS, BASE, MIDDLE] = ['<'.repeat(7), '|'.repeat(7), '='.repeat(7)];

/** CPU milliseconds to scan a text. */
function costOf(text: string): number {
  const rules = mergeConflict().filter((rule): rule is ContentRule => rule.kind === 'content');
  const scanner = createScanner(sourceOf(rules));
  const before = process.cpuUsage();
  scanner.scan({ bytes: Buffer.from(text), path: 'a.txt', isActive: () => true });
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

it.each([
  ['an open conflict with many middles', `${OURS} a\n${`${MIDDLE}\nx\n`.repeat(3000)}`],
  ['many bases and middles', `${OURS} a\n${`${BASE} b\n${MIDDLE}\n`.repeat(3000)}`],
  ['many openings', `${OURS} a\n`.repeat(6000)],
  ['openings within lines', `x ${OURS} a\n${MIDDLE}\n`.repeat(3000)],
  ['long lines', `${OURS} a\n${`${'y'.repeat(400)}\n`.repeat(2000)}`],
])('%s cost no more than their length', (_, text) => {
  costOf(text);
  // A second of CPU is some hundred times what they take. The old pattern took a minute for 24 KB.
  expect(costOf(text)).toBeLessThan(1000);
});
