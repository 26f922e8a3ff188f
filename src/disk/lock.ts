import { closeSync, openSync, rmSync, statSync } from 'node:fs';

/** A lock that is older was left by a process that is gone. Milliseconds. */
const STALE = 10_000;

/** Takes a lock, which is a file; false where somebody else has it. A stale one is only taken away: a later run will have it. */
export function takeLock(lock: string): boolean {
  try {
    closeSync(openSync(lock, 'wx'));
    return true;
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'EEXIST') throw thrown;
    const stat = statSync(lock, { throwIfNoEntry: false });
    if (stat !== undefined && Date.now() - stat.mtimeMs > STALE) rmSync(lock, { force: true });
    return false;
  }
}
