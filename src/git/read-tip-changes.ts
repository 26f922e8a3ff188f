import type { ChangedFile } from '../diff/changed-file.ts';
import { GuardianError } from '../errors/guardian-error.ts';
import { DIFF_ARGUMENTS, RAW_ARGUMENTS } from './diff-arguments.ts';
import type { GitClient } from './client.ts';
import { readDiff } from './read-changes.ts';
import { readTreeFiles } from './read-commit-records.ts';

/**
 * The changes of a line of new commits, from before its first to its last commit.
 *
 * @param tip the last commit
 * @param isNew whether a commit is one of the new ones
 * @returns its changed files; all files if there is no commit before the new ones
 */
export async function readTipChanges(git: GitClient, tip: string, isNew: (id: string) => boolean): Promise<readonly ChangedFile[]> {
  const base = await findBase(git, tip, isNew);
  if (base === null) return readTreeFiles(git, tip);
  const between = (args: readonly string[]): readonly string[] => ['diff', ...args, base, tip, '--'];
  // If git cannot create the patch, every changed file counts as fully added.
  const changes = (await readDiff(git, between(DIFF_ARGUMENTS))) ?? (await readDiff(git, between(RAW_ARGUMENTS)));
  if (changes === null) {
    throw new GuardianError('GIT_FAILED', `git diff returned incomplete changes of ${tip}`, {
      hint: 'Try again. To find damaged objects: `git fsck`',
    });
  }
  return changes.map((change) => ({ ...change, commit: tip }));
}

/** The first commit on the main line of a tip that is not new, or null. */
async function findBase(git: GitClient, tip: string, isNew: (id: string) => boolean): Promise<string | null> {
  let base: string | null = null;
  let rest = '';
  await git.stream(['rev-list', '--first-parent', tip, '--'], {
    onData(chunk) {
      const lines = (rest + chunk.toString('latin1')).split('\n');
      rest = lines.pop()!;
      base ??= lines.find((id) => id !== '' && !isNew(id)) ?? null;
      return base !== null;
    },
  });
  return base;
}

/** Ids of the commits at the end of a range: `A..B` ends with B. */
export async function readRangeTips(git: GitClient, range: string): Promise<string[]> {
  const named = linesOf(await git.read(['rev-parse', '--revs-only', '--end-of-options', range])).filter((id) =>
    /^[\da-f]{40,64}$/.test(id),
  );
  // A tag is not the commit that it points to.
  return named.length === 0 ? [] : linesOf(await git.read(['rev-parse', ...named.map((id) => `${id}^{commit}`)]));
}

function linesOf(out: Buffer): string[] {
  return out.toString().split('\n').filter(Boolean);
}
