import { describe, expect, it } from 'vitest';
import { createMemoryGuard } from '../../../src/run/limits/memory.ts';

const MIB = 2 ** 20;

function* take(bytes: number): Generator<Buffer> {
  yield Buffer.alloc(bytes, 1);
}

describe('the memory of a run', () => {
  it('has room for what is small against the limit, and not for what is not', () => {
    const { rss } = process.memoryUsage();
    const guard = createMemoryGuard(rss + 200 * MIB);
    expect(guard.refuse(MIB)).toBeNull();
    expect(guard.failure()).toBeNull();
    expect(guard.refuse(100 * MIB)).toBe('performance.memoryLimit');
    expect(guard.refuse(MIB)).toBeNull();
    expect(guard.failure()).toMatchObject({
      code: 'LIMIT_EXCEEDED',
      message: expect.stringMatching(/limit of performance\.memoryLimit is \d+ MiB/),
      hint: expect.stringContaining('ignore.paths'),
    });
  });

  it('makes room before it refuses: what has been scanned is garbage', () => {
    const keep = [...take(150 * MIB)];
    const guard = createMemoryGuard(process.memoryUsage().rss + 50 * MIB);
    expect(guard.refuse(30 * MIB)).toBe('performance.memoryLimit');
    keep.length = 0;
    expect(guard.refuse(30 * MIB)).toBeNull();
  });

  it('has no end of its own without a limit', () => {
    const guard = createMemoryGuard(null);
    expect([1, MIB, 20 * MIB].map((bytes) => guard.refuse(bytes))).toEqual([null, null, null]);
  });
});
