import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The git directory that all worktrees share: a linked worktree's names it. */
export function commonDirOf(gitDir: string): string {
  const file = join(gitDir, 'commondir');
  // Mostly it is not there, and an error costs more than a look.
  return existsSync(file) ? resolve(gitDir, readFileSync(file, 'utf8').trim()) : gitDir;
}
