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

/** The part of a merge that is scanned. */
export interface MergeScope {
  readonly changes: ChangedFile[];
  readonly notices: readonly string[];
}

/**
 * Leaves out of a merge what came from its other sides.
 *
 * After conflicts resolved by hand, that is everything from them: the sides were scanned when they were committed, and what a person wrote must
 * not drown among them. A merge that git made may bring a branch that the hooks of this clone never saw: then only what is already on a
 * remote is left out, because blocking the commit would come too late.
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
    notices: [`${what} is on a remote already, so only what the merge itself adds was scanned`],
  };
}

async function takeOut(git: GitClient, heads: readonly string[], staged: ChangedFile[]): Promise<ChangedFile[]> {
  const sides = [staged];
  for (const head of heads) sides.push(await readStagedChanges(git, head));
  return keepNewToAll(sides);
}
