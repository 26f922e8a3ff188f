import { describe, expect, it } from 'vitest';
import { createDeadline } from '../../../src/run/push/deadline.ts';

const after = (milliseconds: number, value: string): Promise<string> => new Promise((resolve) => setTimeout(resolve, milliseconds, value));

describe('a wait that ends', () => {
  it('gives what it waited for, or null where the time was over first', async () => {
    expect(await createDeadline(() => 10_000)(after(1, 'done'))).toBe('done');
    expect(await createDeadline(() => 1)(after(10_000, 'done'))).toBeNull();
    expect(await createDeadline(() => -5)(after(10_000, 'done'))).toBeNull();
  });

  it('hands on what was thrown, and does not mind what is thrown later', async () => {
    await expect(createDeadline(() => 10_000)(Promise.reject(new Error('no')))).rejects.toThrow('no');
    const late = after(5, '').then(() => Promise.reject(new Error('too late')));
    expect(await createDeadline(() => 0)(late)).toBeNull();
    await after(20, '');
  });

  it('has no end that Node would take for none', async () => {
    expect(await createDeadline(() => Infinity)(after(5, 'done'))).toBe('done');
    expect(await createDeadline(() => 2 ** 40)(after(5, 'done'))).toBe('done');
  });
});
