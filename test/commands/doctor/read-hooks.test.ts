import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { examineHooks } from '../../../src/commands/doctor/examine-hooks.ts';
import { readHooks } from '../../../src/commands/doctor/read-hooks.ts';
import { openWorktree } from '../../../src/commands/doctor/worktree.ts';
import { judgeHook } from '../../../src/health/hook.ts';
import { judgeHooksPath } from '../../../src/health/hooks-path.ts';
import type { Check } from '../../../src/report/health-report.ts';
import { BIN, createRepository, type TestRepository } from '../../support/repository.ts';

const HOOKS = ['pre-commit', 'pre-merge-commit', 'commit-msg', 'pre-push'];

async function installed(...args: readonly string[]): Promise<TestRepository> {
  const repository = createRepository();
  await install(repository, ...args);
  return repository;
}

async function install(repository: TestRepository, ...args: readonly string[]): Promise<void> {
  expect(await repository.guardian(['install', ...args])).toMatchObject({ code: 0, stderr: '' });
}

function hookOf({ top }: TestRepository, folder = '.git/hooks'): string {
  return join(top, folder, 'pre-commit');
}

function writeScript(path: string, content: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  chmodSync(path, 0o755);
}

interface Judged {
  readonly top: string;
  readonly checks: readonly Check[];
  readonly of: (name: string) => Check;
}

/** Reads the hooks of a real repository and judges them, without running any. */
async function judge(repository: TestRepository, { cwd = repository.top, names = HOOKS } = {}): Promise<Judged> {
  const worktree = await openWorktree(cwd, repository.env);
  const { setting, manager, facts } = await readHooks(worktree, names, { cwd, knowsConfigHooks: true, script: BIN });
  const checks = [judgeHooksPath(setting, manager), ...facts.map(judgeHook)];
  return { top: worktree.place.folder, checks, of: (name) => checks.find((check) => check.name === name)! };
}

async function expectFail(repository: TestRepository, detail: RegExp, hint: RegExp): Promise<Judged> {
  const judged = await judge(repository);
  expect(judged.of('pre-commit')).toMatchObject({
    status: 'fail',
    detail: expect.stringMatching(detail),
    hint: expect.stringMatching(hint),
  });
  return judged;
}

const statuses = ({ checks }: Judged): readonly string[] => checks.map(({ status }) => status);

describe('hooks that run us', () => {
  it.each(['a/b', '.git', '.git/hooks'])('are found from the folder %s', async (folder) => {
    const repository = await installed();
    repository.write('a/b/c.txt', '');
    const judged = await judge(repository, { cwd: join(repository.top, folder) });
    expect(judged.top).toBe(repository.top);
    expect(statuses(judged)).toEqual(['ok', 'ok', 'ok', 'ok', 'ok']);
  });

  it('are found in a hooks folder of the repository’s own', async () => {
    const repository = createRepository();
    repository.git('config', 'core.hooksPath', 'my hooks');
    await install(repository);
    const judged = await judge(repository);
    expect(statuses(judged)).toEqual(['ok', 'ok', 'ok', 'ok', 'ok']);
    expect(judged.of('hooks-path').detail).toContain('core.hooksPath is my hooks (local');
    expect(judged.of('pre-commit').detail).toBe('my hooks/pre-commit is ours');
  });

  it('may be of another release, until install renews them', async () => {
    const repository = await installed();
    writeScript(hookOf(repository), `${readFileSync(hookOf(repository), 'latin1')}# as it was\n`);
    expect((await judge(repository)).of('pre-commit')).toMatchObject({
      status: 'warn',
      detail: expect.stringContaining('written by another release of code-guardian'),
    });
    await install(repository);
    expect((await judge(repository)).of('pre-commit').status).toBe('ok');
  });

  it('may be one only', async () => {
    const judged = await judge(await installed('--hook', 'pre-commit'));
    expect(judged.of('pre-commit').status).toBe('ok');
    expect(judged.of('pre-push')).toMatchObject({ status: 'warn', detail: expect.stringMatching(/pushes are not scanned/) });
  });
});

describe('a hook that does not run us', () => {
  it('is not executable', async () => {
    const repository = await installed();
    chmodSync(hookOf(repository), 0o644);
    await expectFail(repository, /not executable/, /chmod \+x \.git\/hooks\/pre-commit/);
    repository.write('a b/c.txt', '');
    const { of } = await judge(repository, { cwd: join(repository.top, 'a b') });
    expect(of('pre-commit').hint).toContain('chmod +x ../.git/hooks/pre-commit');
  });

  it('was replaced by another', async () => {
    const repository = await installed();
    writeScript(hookOf(repository), '#!/bin/sh\n# code-guardian hook pre-commit\nexit 0\n');
    await expectFail(repository, /is not ours and does not call code-guardian/, /code-guardian install/);
  });

  it.each([
    ['lefthook', '#!/bin/sh\ncall_lefthook run "pre-commit" "$@"\n'],
    ['pre-commit', '#!/usr/bin/env bash\n# File generated by pre-commit: https://pre-commit.com\n'],
    ['simple-git-hooks', '#!/bin/sh\nif [ "$SKIP_SIMPLE_GIT_HOOKS" = "1" ]; then exit 0; fi\nnpx lint\n'],
  ])('was replaced by %s', async (manager, content) => {
    const repository = await installed();
    writeScript(hookOf(repository), content);
    await expectFail(repository, new RegExp(`belongs to ${manager} and does not call code-guardian`), /code-guardian install/);
  });

  it('is lefthook’s, with the command of another hook, and ours in a comment', async () => {
    const repository = await installed();
    writeScript(hookOf(repository), '#!/bin/sh\ncall_lefthook run "pre-commit" "$@"\n');
    repository.write(
      'lefthook.yml',
      '# run: code-guardian hook pre-commit\npre-push: { commands: { a: { run: code-guardian hook pre-push } } }\n',
    );
    expect((await judge(repository)).of('pre-commit')).toMatchObject({ status: 'fail' });
  });

  it('lies where core.hooksPath (local) does not point', async () => {
    const repository = await installed();
    repository.git('config', 'core.hooksPath', 'elsewhere');
    const { of } = await expectFail(repository, /no hook; our hook, \.git\/hooks\/pre-commit, never runs/, /code-guardian install/);
    expect(of('pre-push')).toMatchObject({ status: 'fail' });
  });

  it('lies where core.hooksPath (global) does not point', async () => {
    const repository = await installed();
    repository.git('config', '--global', 'core.hooksPath', '/nowhere/hooks');
    const { of } = await expectFail(repository, /never runs/, /git config core\.hooksPath '.*\/\.git\/hooks'/);
    expect(of('hooks-path').detail).toMatch(/global, .*\.gitconfig\), for every repository/);
  });

  it('is switched off by a core.hooksPath that is empty', async () => {
    const repository = await installed();
    repository.git('config', 'core.hooksPath', '');
    const { of } = await expectFail(repository, /never runs/, /git config --local --unset core\.hooksPath/);
    expect(of('hooks-path')).toMatchObject({ status: 'fail', detail: expect.stringContaining('so git runs no hooks') });
  });

  it('is a folder', async () => {
    const repository = await installed();
    rmSync(hookOf(repository));
    mkdirSync(hookOf(repository));
    const context = { cwd: repository.top, knowsConfigHooks: true, isSearched: true, script: BIN, initFile: '' };
    const { checks } = await examineHooks(await openWorktree(repository.top, repository.env), context);
    expect(checks).toMatchObject([{ name: 'hooks', status: 'fail', detail: expect.stringContaining('is not a file') }]);
  });

  it('is missing on a server', async () => {
    const { of } = await judge(createRepository({ initArgs: ['--bare'] }), { names: ['pre-receive'] });
    expect(of('pre-receive')).toMatchObject({ status: 'fail', hint: expect.stringContaining('code-guardian install --server') });
  });
});
