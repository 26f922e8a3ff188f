import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { GuardianError } from '../errors/guardian-error.ts';
import { shellQuoted } from './shell-quoted.ts';

/** Git, as far as it is asked here. */
export interface Git {
  /** Folder that git is run in. */
  readonly baseDir: string;
  readonly read: (args: readonly string[]) => Promise<Buffer>;
}

/** The repository whose hooks are wired. All absolute. */
export interface HooksHome {
  /** Runs git where git reads a relative `core.hooksPath` from. */
  readonly git: Git;
  /** Top of the work tree; null in a bare repository. */
  readonly top: string | null;
  /** `.git` shared by all worktrees. */
  readonly commonDir: string;
}

/** Where hooks are wired. */
export type HooksFolder =
  /** A folder that git itself runs hooks from. `isInTree`: it is part of the work tree, so that its files may be committed. */
  | { readonly kind: 'plain'; readonly path: string; readonly isInTree: boolean }
  /** Husky's: its own hooks call the files of this folder. `isOldLayout`: git runs these files directly, as husky 4 to 8 had it. */
  | { readonly kind: 'husky'; readonly path: string; readonly isOldLayout: boolean };

/** Where git looks for hooks unless it is told otherwise. */
export function usualFolder(commonDir: string): Extract<HooksFolder, { kind: 'plain' }> {
  return { kind: 'plain', path: join(commonDir, 'hooks'), isInTree: false };
}

/**
 * Finds the folder by what `core.hooksPath` says, and who says it.
 *
 * @throws GuardianError USAGE where a hook put there would run in other repositories too, or never
 */
export async function findHooksFolder({ git, top, commonDir }: HooksHome): Promise<HooksFolder> {
  const setting = await readHooksPath(git);
  const usual = usualFolder(commonDir);
  if (setting === null) return { ...usual, isInTree: isInTree(usual.path, top, commonDir) };
  const { scope, value } = setting;
  if (scope === 'command') {
    throw new GuardianError('USAGE', `core.hooksPath is set for this command alone (${value})`, {
      hint: 'Run it without `git -c core.hooksPath=…` and without GIT_CONFIG_… variables that say the same.',
    });
  }
  if (value === '') {
    throw new GuardianError('USAGE', `core.hooksPath is set to nothing (${scope}), so git runs no hooks at all`, {
      hint: `Take it out: git config --${scope} --unset core.hooksPath`,
    });
  }
  if (scope !== 'local' && scope !== 'worktree') {
    throw new GuardianError('USAGE', `core.hooksPath is set for every repository (${scope}: ${value})`, {
      // A relative path would lead nowhere in a linked worktree, where .git is a file.
      hint: [
        `Give this repository its own: git config core.hooksPath ${shellQuoted(usual.path)}`,
        'Or with git 2.54 or later, beside the hooks there: code-guardian install --config-hooks',
        'Or let the hooks there call: code-guardian hook NAME "$@"',
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

/** Of a path that may not be there, too. */
function realPath(path: string): string {
  return existsSync(path) || dirname(path) === path ? realpathSync(path) : join(realPath(dirname(path)), basename(path));
}

/** Husky's folder may have any name, but its own part in it has always been this one. */
function isHusky(folder: string): boolean {
  return basename(folder) === '.husky' || existsSync(`${folder}/_/husky.sh`);
}

async function readHooksPath(git: Git): Promise<{ readonly scope: string; readonly value: string } | null> {
  const out = await git.read(['config', '--show-scope', '-z', '--get', 'core.hooksPath']).catch((thrown: unknown) => {
    // Git says by exit code 1, without a word, that there is no such key.
    if (thrown instanceof GuardianError && thrown.code === 'GIT_FAILED' && /ended with 1\b/.test(thrown.message)) return null;
    throw thrown;
  });
  if (out === null) return null;
  const [scope = '', value = ''] = out.toString().split('\0');
  return { scope, value };
}
