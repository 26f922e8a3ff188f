import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { GuardianError } from '../errors/guardian-error.ts';
import { shellQuoted } from './shell-quoted.ts';

/** The part of git used here. */
export interface Git {
  /** The folder in which git runs. */
  readonly baseDir: string;
  readonly read: (args: readonly string[]) => Promise<Buffer>;
}

/** The repository whose hooks are installed. All paths are absolute. */
export interface HooksHome {
  /** Runs git in the folder that a relative `core.hooksPath` is relative to. */
  readonly git: Git;
  /** Top of the work tree; null in a bare repository. */
  readonly top: string | null;
  /** The `.git` shared by all worktrees. */
  readonly commonDir: string;
}

/** Where hooks are installed. */
export type HooksFolder =
  /** A folder from which git runs hooks. `isInTree`: it is in the work tree, so its files may be committed. */
  | { readonly kind: 'plain'; readonly path: string; readonly isInTree: boolean }
  /** Husky's folder: its own hooks call these files. `isOldLayout`: git runs these files directly, as in husky 4 to 8. */
  | { readonly kind: 'husky'; readonly path: string; readonly isOldLayout: boolean };

/** Where git looks for hooks by default. */
export function usualFolder(commonDir: string): Extract<HooksFolder, { kind: 'plain' }> {
  return { kind: 'plain', path: join(commonDir, 'hooks'), isInTree: false };
}

/**
 * Finds the folder from `core.hooksPath` and its scope.
 *
 * @throws GuardianError USAGE if a hook there would also run in other repositories, or never
 */
export async function findHooksFolder({ git, top, commonDir }: HooksHome): Promise<HooksFolder> {
  const setting = await readHooksPath(git);
  const usual = usualFolder(commonDir);
  if (setting === null) return { ...usual, isInTree: isInTree(usual.path, top, commonDir) };
  const { scope, value } = setting;
  if (scope === 'command') {
    throw new GuardianError('USAGE', `core.hooksPath is set only for this command (${value})`, {
      hint: 'Run it without `git -c core.hooksPath=…`, and without GIT_CONFIG_… variables that set it.',
    });
  }
  if (value === '') {
    throw new GuardianError('USAGE', `core.hooksPath is empty (${scope}), so git runs no hooks`, {
      hint: `Remove the setting: \`git config --${scope} --unset core.hooksPath\``,
    });
  }
  if (scope !== 'local' && scope !== 'worktree') {
    throw new GuardianError('USAGE', `core.hooksPath is set for every repository (${scope}: ${value})`, {
      // Absolute: in a linked worktree .git is a file, so a relative path would be wrong.
      hint: [
        `Set it for this repository: \`git config core.hooksPath ${shellQuoted(usual.path)}\``,
        'Or, with git 2.54 or later: `code-guardian install --config-hooks`',
        'Or let those hooks call `code-guardian hook NAME "$@"`.',
      ].join('\n  '),
    });
  }
  const path = resolve(git.baseDir, (await git.read(['rev-parse', '--git-path', 'hooks'])).toString().replace(/\n$/, ''));
  if (basename(path) === '_' && isHusky(dirname(path))) return { kind: 'husky', path: dirname(path), isOldLayout: false };
  return isHusky(path) ? { kind: 'husky', path, isOldLayout: true } : { kind: 'plain', path, isInTree: isInTree(path, top, commonDir) };
}

/** Symlinks are followed: `.git/hooks` itself may lead into the work tree. */
function isInTree(path: string, top: string | null, commonDir: string): boolean {
  return top !== null && isInside(realPath(path), realPath(top)) && !isInside(realPath(path), realPath(commonDir));
}

function isInside(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}

/** Also for a path that does not exist. */
function realPath(path: string): string {
  return existsSync(path) || dirname(path) === path ? realpathSync(path) : join(realPath(dirname(path)), basename(path));
}

/** Husky's folder may have any name, but the files in it have always had these. */
function isHusky(folder: string): boolean {
  return basename(folder) === '.husky' || existsSync(`${folder}/_/husky.sh`);
}

async function readHooksPath(git: Git): Promise<{ readonly scope: string; readonly value: string } | null> {
  const out = await git.read(['config', '--show-scope', '-z', '--get', 'core.hooksPath']).catch((thrown: unknown) => {
    // git exits with 1 and prints nothing if the key is not set.
    if (thrown instanceof GuardianError && thrown.exitCode === 1) return null;
    throw thrown;
  });
  if (out === null) return null;
  const [scope = '', value = ''] = out.toString().split('\0');
  return { scope, value };
}
