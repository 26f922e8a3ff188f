import { describe, expect, it } from 'vitest';
import { ruleFailure } from '../../../src/run/limits/rule-failure.ts';

const failure = { rule: 'acme-key', path: 'a.txt', cause: null, missed: [] };

describe('a rule that failed', () => {
  it('was stopped, or threw', () => {
    expect(ruleFailure(failure, 200)).toMatchObject({ code: 'TIMEOUT', message: 'rule acme-key was stopped after 200 ms', path: 'a.txt' });
    const cause = new RangeError('Maximum call stack size exceeded');
    expect(ruleFailure({ ...failure, cause }, 200)).toMatchObject({
      code: 'DETECTOR_FAILED',
      message: 'rule acme-key failed: Maximum call stack size exceeded',
      hint: expect.stringContaining('rules: { acme-key: off }'),
      cause,
    });
    expect(ruleFailure({ ...failure, cause: 'no error' }, 200).message).toBe('rule acme-key failed: it threw');
  });

  it('names what it has not looked at since, ten files at most', () => {
    const missed = Array.from({ length: 12 }, (_, i) => `f${i}`);
    expect(ruleFailure({ ...failure, missed: ['b', 'c'] }, 1).message).toMatch(/; not scanned by it since, .*: b, c$/);
    expect(ruleFailure({ ...failure, missed }, 1).message).toMatch(/: f0, .*f9 and 2 more$/);
  });
});
