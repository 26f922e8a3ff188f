import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entropyOf } from '../../src/engine/entropy.ts';

describe('entropy', () => {
  it('is in bits a character', () => {
    expect(['', 'aaaa', 'abab', 'abcd', 'abcdefgh'].map(entropyOf)).toEqual([0, 0, 1, 2, 3]);
    expect(entropyOf('aaab')).toBeCloseTo(0.8113, 4);
  });

  it('minds no order, and is never more than a string of its length can have', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd', 'e'), minLength: 1, maxLength: 40 }), (text) => {
        expect(entropyOf(text.split('').toReversed().join(''))).toBeCloseTo(entropyOf(text), 10);
        expect(entropyOf(text)).toBeLessThanOrEqual(Math.log2(text.length) + 1e-9);
      }),
    );
  });
});
