import { describe, expect, it } from 'vitest';
import { encodeMnemonic, placeOfWord, proveMnemonic } from '../../../src/engine/proofs/bip39.ts';
import { bytes } from '../../../src/rules/drafting/sample.ts';

/** From the test vectors of BIP-39: all zeros, and all ones. */
const ZEROS = [...Array<string>(11).fill('abandon'), 'about'];
const ONES = [...Array<string>(11).fill('zoo'), 'wrong'];

describe('BIP-39', () => {
  it('has the list in its order', () => {
    expect(['abandon', 'ability', 'act', 'actor', 'zone', 'zoo'].map(placeOfWord)).toEqual([0, 1, 19, 21, 2046, 2047]);
    expect(['zoom', 'zoological'].map(placeOfWord)).toEqual([-1, -1]);
  });

  it('proves the checksum', () => {
    expect([proveMnemonic(ZEROS), proveMnemonic(ONES)]).toEqual(['passed', 'passed']);
    expect(encodeMnemonic(Buffer.alloc(16))).toEqual(ZEROS.map((word) => word.slice(0, 4)));
    for (const size of [16, 20, 24, 28, 32]) expect(proveMnemonic(encodeMnemonic(bytes(size)))).toBe('passed');
    expect(proveMnemonic([...ZEROS.slice(0, 11), 'abandon'])).toBe('mismatch');
  });

  it('leaves other words and numbers of them', () => {
    expect(proveMnemonic([...ZEROS.slice(0, 11), 'northern'])).not.toBe('passed');
    expect(proveMnemonic([...ZEROS.slice(0, 11), 'zephyr'])).toBe('failed');
    expect([ZEROS.slice(1), [...ZEROS, 'about'], [], [...ONES, ...ONES, ...ONES]].map(proveMnemonic)).toEqual(Array(4).fill('failed'));
  });
});
