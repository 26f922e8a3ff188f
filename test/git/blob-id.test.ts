import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { blobId } from '../../src/git/blob-id.ts';

const bytesOf = (length: number): Buffer => Buffer.from(Array.from({ length }, (_, i) => (i * 131 + length) & 255));

it.each([0, 1, 5000, 100_000])('gives %i bytes the id that git gives them', (length) => {
  const bytes = bytesOf(length);
  const expected = (algorithm: string): string => createHash(algorithm).update(`blob ${length}\0`).update(bytes).digest('hex');
  expect(blobId(bytes, 40)).toBe(expected('sha1'));
  expect(blobId(bytes, 64)).toBe(expected('sha256'));
});
