import { describe, expect, it } from 'vitest';
import { runSideBySide } from '../../src/host/run-side-by-side.ts';

/** A task that ends when the test says so. */
function task(): {
  readonly run: () => Promise<string>;
  readonly hasStarted: () => boolean;
  readonly end: (value: string | Error) => void;
} {
  let end!: (value: string | Error) => void;
  const promise = new Promise<string>((resolve, reject) => {
    end = (value) => (typeof value === 'string' ? resolve(value) : reject(value));
  });
  let isStarted = false;
  return {
    run: () => {
      isStarted = true;
      return promise;
    },
    hasStarted: () => isStarted,
    end,
  };
}

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('runSideBySide', () => {
  it('runs at most so many tasks at once, and keeps their order', async () => {
    const [a, b, c] = [task(), task(), task()];
    const ran = runSideBySide([a.run, b.run, c.run], 2);
    await settle();
    expect([a, b, c].map((one) => one.hasStarted())).toEqual([true, true, false]);
    b.end('b');
    await settle();
    expect(c.hasStarted()).toBe(true);
    c.end('c');
    a.end('a');
    expect(await ran).toEqual(['a', 'b', 'c']);
  });

  it('waits for tasks that run when one fails, and starts no other', async () => {
    const [a, b, c] = [task(), task(), task()];
    let outcome = 'none';
    const ran = runSideBySide([a.run, b.run, c.run], 2).catch((thrown: Error) => (outcome = thrown.message));
    a.end(new Error('no'));
    await settle();
    expect([outcome, c.hasStarted()]).toEqual(['none', false]);
    b.end('b');
    await ran;
    expect([outcome, c.hasStarted()]).toEqual(['no', false]);
  });

  it('has nothing to do without tasks', async () => {
    expect(await runSideBySide([], 2)).toEqual([]);
  });
});
