import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The git directory shared by all worktrees; a linked worktree's git directory names it. */
export function commonDirOf(gitDir: string): string {
  const file = join(gitDir, 'commondir');
  // Usually the file does not exist, and an exception costs more than a check.
  return existsSync(file) ? resolve(gitDir, readFileSync(file, 'utf8').trim()) : gitDir;
}
