import { GuardianError } from '../errors/guardian-error.ts';
import type { GitClient } from './client.ts';

/** Branches that are listed. */
const NAMED = 2;

/**
 * Known remote branches that already contain a commit.
 *
 * @returns short names: `upstream/main`
 */
export async function readRemoteBranches(git: GitClient, commit: string): Promise<string[]> {
  // One more than listed: `origin/HEAD` only repeats another.
  const out = await git.read(['for-each-ref', `--count=${NAMED + 1}`, '--format=%(refname)', `--contains=${commit}`, 'refs/remotes']);
  return out
    .toString()
    .split('\n')
    .map((ref) => ref.replace('refs/remotes/', ''))
    .filter((name) => name !== '' && !name.endsWith('/HEAD'))
    .slice(0, NAMED);
}

/**
 * Ids of some objects.
 *
 * @param names revisions: `HEAD`, `COMMIT:PATH`
 * @returns null for unknown names
 */
export async function readObjectIds(git: GitClient, names: readonly string[]): Promise<(string | null)[]> {
  // A name with a newline would be two.
  const input = names.map((name) => `${name.replaceAll('\n', '?')}\n`).join('');
  try {
    const lines = (await git.read(['cat-file', '--batch-check=%(objectname)'], { input })).toString().split('\n');
    return names.map((_, i) => /^([\da-f]{40,64})$/.exec(lines[i] ?? '')?.[1] ?? null);
  } catch (thrown) {
    if (thrown instanceof GuardianError) return names.map(() => null);
    throw thrown;
  }
}
