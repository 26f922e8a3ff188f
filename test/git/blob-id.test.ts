import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { blobId } from '../../src/git/blob-id.ts';
import { sha1 } from '../../src/diff/sha1.ts';

const bytesOf = (length: number): Buffer => Buffer.from(Array.from({ length }, (_, i) => (i * 131 + length) & 255));

it('hashes as SHA-1 does, around every edge of a block', () => {
  for (let length = 0; length <= 300; length++) {
    expect(sha1(bytesOf(length)), `${length} bytes`).toBe(createHash('sha1').update(bytesOf(length)).digest('hex'));
  }
});

it.each([0, 1, 5000, 5000, 100_000, 10])('gives %i bytes the id that git gives them', (length) => {
  const bytes = bytesOf(length);
  const expected = (algorithm: string): string => createHash(algorithm).update(`blob ${length}\0`).update(bytes).digest('hex');
  expect(blobId(bytes, 40)).toBe(expected('sha1'));
  expect(blobId(bytes, 64)).toBe(expected('sha256'));
});
