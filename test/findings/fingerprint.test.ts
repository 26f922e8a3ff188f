import { describe, expect, it } from 'vitest';
import { digestOf, fingerprintOf, keyIdOf } from '../../src/findings/fingerprint.ts';

describe('a digest', () => {
  it('keeps its parts apart', () => {
    expect(digestOf('ab', 'c')).not.toBe(digestOf('a', 'bc'));
    expect(digestOf('ab', 'c')).toBe(digestOf('ab', 'c'));
    expect(digestOf('a')).toMatch(/^[\da-f]{64}$/);
  });
});

describe('a fingerprint', () => {
  it('is another under another key, and for another content', () => {
    const [one, two] = [digestOf('a'), digestOf('b')];
    expect(fingerprintOf(one, 'k')).toMatch(/^[\da-f]{32}$/);
    expect(fingerprintOf(one, 'k')).toBe(fingerprintOf(one, 'k'));
    expect(new Set([fingerprintOf(one, 'k'), fingerprintOf(one, 'l'), fingerprintOf(two, 'k')]).size).toBe(3);
  });

  it('does not change from release to release: baselines hold it', () => {
    expect(fingerprintOf(digestOf('rule', 'value'), 'key')).toBe('1c223340fbe58981926d521338b11f71');
  });
});

it('the id of a key tells keys apart, and holds nothing of the key', () => {
  expect(keyIdOf('k')).toMatch(/^[\da-f]{16}$/);
  expect(keyIdOf('k')).toBe(keyIdOf('k'));
  expect(keyIdOf('k')).not.toBe(keyIdOf('l'));
});
