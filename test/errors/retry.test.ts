import { describe, expect, it } from 'vitest';
import { delayOf, isPassing } from '../../src/errors/retry.ts';

describe('the wait before a retry', () => {
  it('doubles each time, and is half chance', () => {
    const settings = { maxRetries: 3, retryDelay: 100 };
    expect([0, 1, 2].map((attempt) => delayOf(settings, attempt, 1))).toEqual([100, 200, 400]);
    expect([0, 1, 2].map((attempt) => delayOf(settings, attempt, 0))).toEqual([50, 100, 200]);
    const delays = Array.from({ length: 50 }, () => delayOf(settings, 0));
    expect(new Set(delays).size).toBeGreaterThan(40);
    expect(delays.every((delay) => delay >= 50 && delay <= 100)).toBe(true);
  });
});

describe('what passes by itself', () => {
  it.each([
    "fatal: Unable to create '/x/.git/index.lock': File exists.",
    'error: could not lock config file .git/config: File exists',
    'Another git process seems to be running in this repository, e.g.',
    'Error: spawn git EAGAIN',
    'Error: spawn ETXTBSY',
    'Error: spawn ENOMEM',
    'EMFILE: too many open files',
    'error: cannot fork() for cat-file: Resource temporarily unavailable',
    'fatal: mmap failed: Cannot allocate memory',
    'error: Too many open files',
  ])('%s', (said) => {
    expect(isPassing(said)).toBe(true);
  });

  it.each(['fatal: bad object HEAD', 'Error: spawn git ENOENT', 'fatal: detected dubious ownership', 'error: No space left on device'])(
    'is not %s',
    (said) => {
      expect(isPassing(said)).toBe(false);
    },
  );
});
