import { resolve } from 'node:path';
import type { GitClient } from './client.ts';

/** Where a repository is. All absolute. */
export interface Repository {
  /** Top of the work tree; null in a bare repository. */
  readonly top: string | null;
  /** `.git` of this worktree. */
  readonly gitDir: string;
  /** `.git` shared by all worktrees. */
  readonly commonDir: string;
  /** Folder that git was run in, from the top: '' or ends with '/'. */
  readonly prefix: string;
}

/**
 * Asks git where the repository of a folder is.
 *
 * @throws GuardianError NOT_A_REPOSITORY, or GIT_FAILED where git does not trust it
 */
export async function readRepository(git: GitClient): Promise<Repository> {
  const out = await git.read([
    'rev-parse',
    '--is-bare-repository',
    '--absolute-git-dir',
    '--git-common-dir',
    '--show-prefix',
    '--show-cdup',
  ]);
  // git prints one path per line. Paths with a newline are not supported.
  const [isBare = '', gitDir = '', commonDir = '', prefix = '', cdup = ''] = out.toString().split('\n');
  return {
    top: isBare === 'true' ? null : resolve(git.baseDir, cdup),
    gitDir,
    commonDir: resolve(git.baseDir, commonDir),
    prefix,
  };
}
