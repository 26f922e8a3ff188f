import { expect, it } from 'vitest';
import { batchesOf, bytesOf } from '../../src/disk/batches.ts';

it('small parts are joined, and none is lost or read ahead', () => {
  let made = 0;
  function* parts() {
    for (; made < 100; made++) yield `${'x'.repeat(3000)}${made};`;
  }
  const batches = batchesOf(parts());
  const first = batches.next().value!;
  expect(made).toBeLessThan(30);
  const all = [first, ...batches];
  expect(all.length).toBeLessThan(10);
  expect(all.join('')).toBe(Array.from({ length: 100 }, (_, i) => `${'x'.repeat(3000)}${i};`).join(''));
});

it('nothing is written for nothing', () => {
  expect([...batchesOf(['', ''])]).toEqual([]);
});

it.each([['ä😀'], [['ä', '😀']], [Buffer.from('ä😀')]])('bytes of %j', (content) => {
  expect(Buffer.concat([...bytesOf(content)]).toString()).toBe('ä😀');
});
