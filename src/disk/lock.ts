import { closeSync, openSync, rmSync, statSync } from 'node:fs';

/** A lock that is older was left by a process that is gone. Milliseconds. */
const STALE = 10_000;

/**
 * Runs `act` while holding a lock, which is a file. If another process holds it, `act` does not run: a later call will do the work.
 *
 * @returns whether `act` ran
 */
export function withLock(lock: string, act: () => void): boolean {
  if (!takeLock(lock)) return false;
  try {
    act();
    return true;
  } finally {
    rmSync(lock, { force: true });
  }
}

/** A stale lock is only removed: a later call takes it. */
function takeLock(lock: string): boolean {
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
