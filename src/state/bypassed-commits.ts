import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { replaceFile } from '../disk/replace-file.ts';
import { stateFolder } from '../disk/state-folder.ts';

/**
 * Commits that were made without the hooks, noted by post-commit: one id per line, in the git directory of each worktree.
 *
 * @param commonDir the git directory shared by all worktrees
 */
export function readBypassed(commonDir: string): Set<string> {
  return new Set(filesIn(commonDir).flatMap(readIds));
}

/** Removes ids from the notes. A concurrent note may be lost, which is acceptable. */
export function removeBypassed(commonDir: string, done: ReadonlySet<string>): void {
  for (const file of filesIn(commonDir)) {
    const ids = readIds(file);
    const left = ids.filter((id) => !done.has(id));
    if (left.length === ids.length) continue;
    try {
      if (left.length === 0) rmSync(file);
      else replaceFile(file, `${left.join('\n')}\n`);
    } catch {
      // Not writable: they are mentioned again.
    }
  }
}

function filesIn(commonDir: string): string[] {
  return [commonDir, ...worktreesOf(commonDir)].map((folder) => join(stateFolder(folder), 'bypassed'));
}

function worktreesOf(commonDir: string): string[] {
  const folder = join(commonDir, 'worktrees');
  try {
    return readdirSync(folder).map((name) => join(folder, name));
  } catch {
    // There are none.
    return [];
  }
}

function readIds(file: string): string[] {
  try {
    return readFileSync(file, 'latin1')
      .split('\n')
      .filter((line) => /^[\da-f]{40,64}$/.test(line));
  } catch {
    // No notes.
    return [];
  }
}
