import { existsSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withLock } from '../../src/disk/lock.ts';
import { freshFolder } from './fresh-folder.ts';

describe('a lock', () => {
  it('is there while its holder works, and keeps others out', () => {
    const lock = join(freshFolder(), 'lock');
    const done: string[] = [];
    const isHeld = withLock(lock, () => {
      done.push('first');
      expect(withLock(lock, () => done.push('second'))).toBe(false);
    });
    expect(isHeld).toBe(true);
    expect(done).toEqual(['first']);
    expect(existsSync(lock)).toBe(false);
  });

  it('is given back if the work fails', () => {
    const lock = join(freshFolder(), 'lock');
    const fail = (): never => {
      throw new Error('no');
    };
    expect(() => withLock(lock, fail)).toThrow('no');
    expect(existsSync(lock)).toBe(false);
  });

  it('left by a process that is gone only holds up the first that finds it', () => {
    const lock = join(freshFolder(), 'lock');
    writeFileSync(lock, '');
    utimesSync(lock, new Date(0), new Date(0));
    let runs = 0;
    expect(withLock(lock, () => runs++)).toBe(false);
    expect(withLock(lock, () => runs++)).toBe(true);
    expect(runs).toBe(1);
  });

  it('cannot be taken in a folder that does not exist', () => {
    expect(() => withLock(join(freshFolder(), 'none/lock'), () => undefined)).toThrow('ENOENT');
  });
});
