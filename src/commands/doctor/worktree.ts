import { resolve } from 'node:path';
import { type GitClient, openGit } from '../../git/client.ts';
import { readRepository } from '../../git/repository.ts';
import type { HookPlace } from '../../health/hook-environment.ts';
import { parseWorktrees } from '../../health/worktrees.ts';

/** A worktree or a bare repository. Paths are absolute. */
export interface Worktree {
  readonly git: GitClient;
  readonly env: NodeJS.ProcessEnv;
  readonly top: string | null;
  readonly gitDir: string;
  /** Shared by all worktrees. */
  readonly commonDir: string;
  readonly place: HookPlace;
  readonly objects: string;
  /** Length of an object id. */
  readonly idLength: number;
}

/**
 * Asks git for the paths. Inside a git directory, that is its main worktree.
 *
 * @throws GuardianError NOT_A_REPOSITORY or GIT_FAILED
 */
export async function openWorktree(cwd: string, env: NodeJS.ProcessEnv): Promise<Worktree> {
  const here = openGit(cwd, env);
  const { top, gitDir, commonDir } = await readRepository(here);
  if (top !== null && (await here.read(['rev-parse', '--is-inside-git-dir'])).toString().trim() === 'true') {
    const [main] = parseWorktrees((await here.read(['worktree', 'list', '--porcelain'])).toString());
    if (main !== undefined && main.path !== commonDir) return openWorktree(main.path, withoutPlace(env));
  }
  // Git reads a relative core.hooksPath from the top, and hooks run there.
  const folder = top ?? gitDir;
  const git = openGit(folder, env);
  const out = await git.read(['rev-parse', '--show-object-format', '--git-path', 'objects']);
  const [format, objects = ''] = out.toString().split('\n');
  return {
    git,
    env,
    top,
    gitDir,
    commonDir,
    place: { folder, variables: variablesOf(top, gitDir, env), execPath: (await git.read(['--exec-path'])).toString().trim() },
    objects: resolve(folder, objects),
    idLength: format === 'sha256' ? 64 : 40,
  };
}

function variablesOf(top: string | null, gitDir: string, env: NodeJS.ProcessEnv): Record<string, string> {
  if (top === null) return { GIT_DIR: '.' };
  if (env['GIT_WORK_TREE'] !== undefined) return { GIT_DIR: gitDir, GIT_WORK_TREE: top };
  return gitDir === resolve(top, '.git') ? {} : { GIT_DIR: gitDir };
}

/** Drops git's variables for the current repository: they are wrong for another worktree. */
export function withoutPlace(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const placed = /^GIT_(?:DIR|WORK_TREE|COMMON_DIR|INDEX_FILE|PREFIX|OBJECT_DIRECTORY|ALTERNATE_OBJECT_DIRECTORIES)$/;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !placed.test(name)));
}
