import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { isMissing } from './read-file.ts';

/** The folder of our state in a git directory: that of one worktree, or the one that all worktrees share. It may not exist yet. */
export function stateFolder(gitDir: string): string {
  return join(gitDir, 'code-guardian');
}

/**
 * Runs what writes to a state folder. If that fails because the folder is missing, makes the folder and runs it again; asking first would cost
 * every run.
 *
 * @throws the system's error; also if there is no git directory, which is never made
 */
export function inStateFolder<T>(folder: string, write: () => T): T {
  try {
    return write();
  } catch (thrown) {
    if (!isMissing(thrown)) throw thrown;
  }
  makeFolder(folder);
  return write();
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder);
  } catch (thrown) {
    // Another process made it meanwhile.
    if ((thrown as NodeJS.ErrnoException).code !== 'EEXIST') throw thrown;
  }
}
