import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createHost } from '../../../src/host/host.ts';
import { openGit } from '../../../src/git/client.ts';
import { readRepository } from '../../../src/git/repository.ts';
import { findRepositoryPaths } from '../../../src/run/asking/repository-paths.ts';
import { createFolder, createRepository, type TestRepository } from '../../support/repository.ts';

/** Commits, and returns the folder and the environment in which git runs pre-commit. */
function hookOf({ top, env, git }: TestRepository, folder = top) {
  const [hooks, seen] = [createFolder(), join(createFolder(), 'seen')];
  writeFileSync(join(hooks, 'pre-commit'), `#!/bin/sh\n{ pwd; printf '%s' "$GIT_DIR"; } >'${seen}'\n`, { mode: 0o755 });
  git('-C', folder, '-c', `core.hooksPath=${hooks}`, 'commit', '--quiet', '--allow-empty', '--message', 'x');
  const [cwd = '', gitDir = ''] = readFileSync(seen, 'utf8').split('\n');
  return { ...createHost(), cwd, env: { ...env, ...(gitDir === '' ? {} : { GIT_DIR: gitDir }) } };
}

it.each(['the top', 'a folder', 'a linked worktree'])('finds without git what git says to a hook: a commit from %s', async (place) => {
  const repository = createRepository();
  repository.write('a/b.txt', 'x\n');
  repository.git('add', '--all');
  repository.git('commit', '--quiet', '--message', 'start');
  const linked = join(createFolder(), 'linked');
  if (place === 'a linked worktree') repository.git('worktree', 'add', '--quiet', linked);
  const folder = { 'the top': repository.top, 'a folder': join(repository.top, 'a') }[place] ?? linked;
  const host = hookOf(repository, folder);

  const git = openGit(host.cwd, host.env);
  const { commonDir: _, ...plain } = await readRepository(git);
  expect(await findRepositoryPaths(host, git, { kind: 'staged' }, 'pre-commit')).toEqual({ ...plain, commonDir: null });
});
