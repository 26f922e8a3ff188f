import { basename, dirname, resolve } from 'node:path';
import { GuardianError } from '../errors/guardian-error.ts';
import type { GitDoor } from '../git/door.ts';

/** Where hooks are wired. */
export type HooksFolder =
  /** A folder that git itself runs hooks from. */
  | { readonly kind: 'plain'; readonly path: string }
  /** Husky's: its own hooks call the files of this folder. `isOldLayout`: git runs these files directly, as husky 4 to 8 had it. */
  | { readonly kind: 'husky'; readonly path: string; readonly isOldLayout: boolean };

/**
 * Finds the folder by what `core.hooksPath` says, and who says it.
 *
 * @param commonDir `.git` shared by all worktrees, absolute
 * @throws GuardianError USAGE where a hook put there would run in other repositories too, or never
 */
export async function findHooksFolder(git: GitDoor, commonDir: string): Promise<HooksFolder> {
  const setting = await readHooksPath(git);
  if (setting === null) return { kind: 'plain', path: resolve(commonDir, 'hooks') };
  const { scope, value } = setting;
  if (value === '') {
    throw new GuardianError('USAGE', `core.hooksPath is set to nothing (${scope}), so git runs no hooks at all`, {
      hint: `Take it out: git config --${scope} --unset core.hooksPath`,
    });
  }
  if (scope !== 'local' && scope !== 'worktree') {
    throw new GuardianError('USAGE', `core.hooksPath is set for every repository (${scope}: ${value})`, {
      hint: 'Give this repository its own: git config core.hooksPath .git/hooks; or let the hook there call `code-guardian hook pre-commit`.',
    });
  }
  const path = resolve(git.baseDir, (await git.read(['rev-parse', '--git-path', 'hooks'])).toString().replace(/\n$/, ''));
  if (basename(path) === '_' && basename(dirname(path)) === '.husky') return { kind: 'husky', path: dirname(path), isOldLayout: false };
  if (basename(path) === '.husky') return { kind: 'husky', path, isOldLayout: true };
  return { kind: 'plain', path };
}

async function readHooksPath(git: GitDoor): Promise<{ readonly scope: string; readonly value: string } | null> {
  const out = await git.read(['config', '--show-scope', '-z', '--get', 'core.hooksPath']).catch((thrown: unknown) => {
    // Git says by exit code 1, without a word, that there is no such key.
    if (thrown instanceof GuardianError && thrown.code === 'GIT_FAILED' && /ended with 1\b/.test(thrown.message)) return null;
    throw thrown;
  });
  if (out === null) return null;
  const [scope = '', value = ''] = out.toString().split('\0');
  return { scope, value };
}
