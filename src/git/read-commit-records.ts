import type { ChangedFile } from '../diff/changed-file.ts';
import { DiffParser } from '../diff/parse-diff.ts';
import { GuardianError } from '../errors/guardian-error.ts';
import { RAW_ARGUMENTS } from './diff-arguments.ts';
import type { GitClient } from './client.ts';

/** The changes of commits, from raw records only. */
export interface CommitRecords {
  /** In the order of the commits. Without a patch a modified file counts as fully added. */
  readonly changes: readonly ChangedFile[];
  /** Number of commits read, from the first on. */
  readonly read: number;
}

/**
 * The files that commits change: a root commit adds everything, a merge adds what differs from all its parents. Much cheaper than patches.
 *
 * @param enough stop after the commit that reaches this many files: they are all in memory
 * @throws GuardianError GIT_FAILED
 */
export async function readCommitRecords(git: GitClient, commits: readonly string[], enough: number): Promise<CommitRecords> {
  const changes: ChangedFile[] = [];
  let isEnough = false;
  let last: string | null = null;
  const parser = new DiffParser({
    onFiles: (files, commit) => {
      for (const file of files) changes.push(file);
      last = commit;
      isEnough = changes.length >= enough;
    },
  });
  await git.stream(['diff-tree', '--stdin', '--root', '-r', '-c', ...RAW_ARGUMENTS], {
    // git silently ignores a last id without LF.
    input: `${commits.join('\n')}\n`,
    onData: (chunk) => {
      parser.push(chunk);
      return isEnough;
    },
  });
  // git was stopped in the middle of a commit; commits without changes before it are done.
  if (isEnough) return { changes, read: commits.indexOf(last!) + 1 };
  if (!parser.end(true, true)) {
    throw new GuardianError('GIT_FAILED', 'git diff-tree returned incomplete changes', {
      hint: 'Try again. To find damaged objects: `git fsck`',
    });
  }
  return { changes, read: commits.length };
}

/** Every file of a tree, as an addition. */
export async function readTreeFiles(git: GitClient, tree: string): Promise<ChangedFile[]> {
  const out = await git.read(['ls-tree', '-r', '-z', '--full-tree', tree]);
  const files: ChangedFile[] = [];
  for (let at = 0; at < out.length;) {
    const end = out.indexOf(0, at);
    const tab = out.indexOf(0x09, at);
    const [newMode = '', , newBlob = ''] = out.toString('latin1', at, tab).split(' ');
    files.push(addedFile(newMode, newBlob, Buffer.from(out.subarray(tab + 1, end)), tree));
    at = end + 1;
  }
  return files;
}

/** A blob as if a commit had added it. */
export function addedFile(newMode: string, newBlob: string, pathBytes: Buffer, commit: string): ChangedFile {
  const record = { oldMode: '000000', newMode, oldBlobs: ['0'.repeat(newBlob.length)], newBlob, status: 'A', pathBytes };
  return { record, added: 'all', commit };
}
