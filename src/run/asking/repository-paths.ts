import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Host } from '../../host/host.ts';
import { GuardianError } from '../../errors/guardian-error.ts';
import type { GitClient } from '../../git/client.ts';
import { readRepository, type Repository } from '../../git/repository.ts';
import type { Target } from '../targets/target.ts';

/** Where a repository is, as far as a run needs it. */
export type RepositoryPaths = Pick<Repository, 'top' | 'prefix' | 'gitDir'> & { readonly commonDir: string | null };

/**
 * Git runs hooks at the top of the work tree, so the usual places are known without asking. Otherwise git tells. Text and files need no
 * repository.
 */
export async function findRepositoryPaths(
  host: Host,
  git: GitClient,
  target: Pick<Target, 'kind'>,
  hook: string | null,
): Promise<RepositoryPaths | null> {
  const gitDir = resolve(host.cwd, host.env['GIT_DIR'] ?? '.git');
  // If it is elsewhere, git names it in GIT_DIR.
  if (hook !== null && (host.env['GIT_DIR'] !== undefined || statSync(gitDir, { throwIfNoEntry: false })?.isDirectory() === true)) {
    return { top: host.cwd, prefix: '', gitDir, commonDir: null };
  }
  try {
    return await readRepository(git);
  } catch (thrown) {
    const isNone = thrown instanceof GuardianError && thrown.code === 'NOT_A_REPOSITORY';
    const canDoWithout = target.kind === 'paths' || target.kind === 'stdin';
    if (canDoWithout && (isNone || (thrown instanceof GuardianError && thrown.missingProgram === 'git'))) return null;
    if (!isNone || hook !== null) throw thrown;
    throw new GuardianError(thrown.code, thrown.message, {
      hint: 'Run it inside a repository, or name files: `code-guardian scan PATH…`.',
      cause: thrown,
    });
  }
}
