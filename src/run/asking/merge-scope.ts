import { keepNewToAll } from '../../diff/both-added.ts';
import type { ChangedFile } from '../../diff/changed-file.ts';
import type { GitClient } from '../../git/client.ts';
import { readStagedChanges } from '../../git/read-changes.ts';
import { isPublished } from '../../git/read-merge.ts';

/** A merge that is about to be committed. */
export interface Merge {
  /** Commits that are merged into HEAD. */
  readonly heads: readonly string[];
  /** Were conflicts resolved by hand? */
  readonly hadConflicts: boolean;
}

/** How much of a merge is looked at. */
export interface MergeScope {
  readonly changes: ChangedFile[];
  readonly notices: readonly string[];
}

/**
 * Takes out of a merge what came from its other sides.
 *
 * Where conflicts were resolved by hand that is all of it: the sides were looked at when they were committed, and what somebody wrote is
 * not to be lost among them. A merge that git made brings a branch that the hooks of this clone may never have seen; there only that is
 * taken out which is on a remote, where a commit comes too late.
 *
 * @param staged what the index holds that HEAD does not
 */
export async function chooseMergeScope(git: GitClient, { heads, hadConflicts }: Merge, staged: ChangedFile[]): Promise<MergeScope> {
  if (hadConflicts) return { changes: await takeOut(git, heads, staged), notices: [] };
  const published: string[] = [];
  for (const head of heads) if (await isPublished(git, head)) published.push(head);
  if (published.length === 0) return { changes: staged, notices: [] };
  const what = published.length === heads.length ? 'what is merged' : 'part of what is merged';
  return {
    changes: await takeOut(git, published, staged),
    notices: [`${what} is on a remote already: only what the merge itself adds was looked at`],
  };
}

async function takeOut(git: GitClient, heads: readonly string[], staged: ChangedFile[]): Promise<ChangedFile[]> {
  const sides = [staged];
  for (const head of heads) sides.push(await readStagedChanges(git, head));
  return keepNewToAll(sides);
}
