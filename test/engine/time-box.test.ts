import { describe, expect, it } from 'vitest';
import { runWithin } from '../../src/engine/time-box.ts';

describe('a step in a time box', () => {
  it('runs to its end where it is quick', () => {
    let seen = 0;
    expect(runWithin(1000, () => void (seen = 1))).toBe(true);
    expect(seen).toBe(1);
  });

  it('is stopped in the middle of an expression that runs away', () => {
    expect(runWithin(30, () => void /(a+)+$/.test(`${'a'.repeat(5000)}!`))).toBe(false);
  });

  it('has a millisecond at least', () => {
    expect(() => runWithin(0, () => undefined)).not.toThrow();
  });

  it('hands on what it throws, and leaves nothing behind', () => {
    const thrown = new Error('broken');
    expect(() =>
      runWithin(1000, () => {
        throw thrown;
      }),
    ).toThrow(thrown);
    expect(Symbol.for('code-guardian.time-box') in globalThis).toBe(false);
  });
});
