import type { RawRecord } from '../diff/changed-file.ts';
import { DiffParser } from '../diff/parse-diff.ts';
import { RAW_ARGUMENTS } from './diff-arguments.ts';
import type { GitClient } from './client.ts';

/** The last move of HEAD. */
export interface LastMove {
  readonly id: string;
  /** The reflog action: `commit`, `commit (amend)`, `cherry-pick`, `rebase (pick)`. */
  readonly action: string;
  /** HEAD before the commit; null for a first commit. */
  readonly before: string | null;
}

/** The last move of HEAD; null without a reflog. */
export async function readLastMove(git: GitClient): Promise<LastMove | null> {
  const out = await git.read(['log', '--walk-reflogs', '--max-count=2', '--format=%H %P%n%gs', '--no-show-signature', 'HEAD', '--']);
  const [ids = '', subject = '', former = ''] = out.toString().split('\n');
  const [id = '', parent = null] = ids.split(' ').filter(Boolean);
  if (id === '') return null;
  const action = /^[^:]*/.exec(subject)![0];
  // Only an amended commit needs the reflog itself, which may have gaps; parents have none.
  return { id, action, before: action === 'commit (amend)' ? former.split(' ')[0] || parent : parent };
}

/**
 * The changed files between two commits, without lines.
 *
 * @param before null: all files of the commit
 */
export async function readRecordsBetween(git: GitClient, before: string | null, id: string): Promise<RawRecord[]> {
  const found: RawRecord[] = [];
  const parser = new DiffParser({ onFiles: (files) => files.forEach(({ record }) => found.push(record)) });
  const commits = before === null ? ['--root', id] : [before, id];
  await git.stream(['diff-tree', '-r', ...RAW_ARGUMENTS, ...commits, '--'], { onData: (chunk) => parser.push(chunk) });
  parser.end(true, true);
  return found;
}
