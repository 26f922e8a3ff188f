import { assert, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isWord, surpriseOf } from '../../src/engine/surprise.ts';

describe('surpriseOf', () => {
  it.each([
    'password',
    'supersecret',
    'CorrectHorseBatteryStaple',
    'my-service-account',
    'getUserByName',
    'p@ssw0rd',
    'password123',
    'users',
  ])('explains %s with words', (value) => {
    expect(surpriseOf(value).perChar).toBeLessThan(3);
  });

  it.each(['kqzvxw', 'xk4w9q2z', 'Tz#7kq!Lw', 'f3a9c17be04d', 'qWx7ZkP2mVb9'])('finds no words in %s', (value) => {
    expect(surpriseOf(value).perChar).toBeGreaterThan(3.3);
  });

  it('is never negative, and grows no faster than the text', () => {
    assert(
      property(string({ unit: 'binary-ascii', maxLength: 60 }), (value) => {
        const { bits, perChar } = surpriseOf(value);
        expect(bits).toBeGreaterThanOrEqual(0);
        expect(perChar).toBeLessThanOrEqual(15);
      }),
    );
  });

  it('gives nothing for nothing', () => {
    expect(surpriseOf('')).toEqual({ bits: 0, perChar: 0 });
  });

  it('counts rows of digits as one choice', () => {
    expect(surpriseOf('123456').bits).toBeLessThan(surpriseOf('381946').bits);
  });
});

describe('isWord', () => {
  it('knows suffixes', () => {
    expect(['token', 'tokens', 'parsing', 'stopped', 'id'].map(isWord)).toEqual([true, true, true, true, true]);
    expect(['tqken', 'zx', 'xxing'].map(isWord)).toEqual([false, false, false]);
  });
});
