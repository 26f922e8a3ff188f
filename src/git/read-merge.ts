import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GitClient } from './client.ts';

const ID = /^[\da-f]{40}(?:[\da-f]{24})?$/;

/** Ids of the commits that the next commit merges; empty if it is not a merge. */
export function readMergeHeads(gitDir: string): string[] {
  const file = join(gitDir, 'MERGE_HEAD');
  if (!existsSync(file)) return [];
  return readFileSync(file, 'latin1')
    .split('\n')
    .filter((line) => ID.test(line));
}

/** Whether git left conflicts to resolve by hand. It then lists the files at the end of the message. */
export function hadConflicts(gitDir: string): boolean {
  const file = join(gitDir, 'MERGE_MSG');
  return existsSync(file) && /^(?:\S+ )?Conflicts:$/m.test(readFileSync(file, 'latin1'));
}

/** Ids of the commits for pre-merge-commit: git passes them in variables and has not written them yet. */
export function parseMergeVariables(env: NodeJS.ProcessEnv): string[] {
  return Object.keys(env)
    .filter((name) => name.startsWith('GITHEAD_'))
    .map((name) => name.slice('GITHEAD_'.length))
    .filter((id) => ID.test(id));
}

/** Whether a commit is in a known branch of any remote. */
export async function isPublished(git: GitClient, commit: string): Promise<boolean> {
  const missing = await git.read(['rev-list', '--max-count=1', commit, '--not', '--remotes', '--']);
  return missing.length === 0;
}
