import { existsSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openGit } from '../../src/git/client.ts';
import { applySteps } from '../../src/install/apply.ts';
import { planConfigHooks, planConfigRemoval } from '../../src/install/config-hooks.ts';
import {
  addRemote,
  commit,
  expectPushWired,
  expectWired,
  gitVersion,
  HOOKS,
  install,
  installed,
  LEAK,
  listing,
  uninstall,
  userHook,
  writeHook,
} from '../support/installation.ts';
import { createFolder, createRepository, openRepository, type TestRepository } from '../support/repository.ts';

const ALL = HOOKS.join(', ');
const [MAJOR, MINOR] = gitVersion();
/** The first git that reads hooks from its config is 2.54. An older one is told apart, with the same command. */
const READS_CONFIG = MAJOR > 2 || MINOR >= 54;

const RUNTIME = {
  script: '/opt/code-guardian/dist/bin.cjs',
  node: '/opt/node',
  template: '#!/bin/sh\n# code-guardian shim 1:\n',
  pipes: {},
};

function config({ top }: TestRepository): string {
  return readFileSync(join(top, '.git/config'), 'utf8');
}

describe(`with git ${MAJOR}.${MINOR}`, () => {
  if (READS_CONFIG) wiredByConfig();
  else refused();
});

function refused(): void {
  it('--config-hooks is refused, with both versions and the way out, and nothing changes', async () => {
    const repository = installed();
    const before = listing(join(repository.top, '.git'));
    const { code, stdout, stderr } = await repository.guardian(['install', '--config-hooks']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(new RegExp(`git ${MAJOR}\\.${MINOR} .*2\\.54 or later\\n {2}Update git`));
    expect(listing(join(repository.top, '.git'))).toEqual(before);
  });

  it('what a newer git was told is taken out again, and counts for nothing', async () => {
    const repository = createRepository();
    const before = config(repository);
    for (const [key, value] of [
      ['command', 'false'],
      ['event', 'pre-commit'],
    ]) {
      repository.git('config', `hook.code-guardian-pre-commit.${key}`, value!);
    }
    expect(await install(repository)).toBe(`Installed in .git/hooks: ${ALL}\n`);
    expectWired(repository);
    expect(await uninstall(repository)).toContain("Removed from git's config: pre-commit\n");
    expect(config(repository)).toBe(before);
  });
}

function wiredByConfig(): void {
  async function wired(repository = createRepository()): Promise<TestRepository> {
    expect(await install(repository, '--config-hooks')).toBe(`Installed in git's config: ${ALL}\n`);
    return repository;
  }

  it('--config-hooks wires all four, once', async () => {
    const repository = await wired();
    addRemote(repository);
    expect(existsSync(join(repository.top, '.git/hooks/pre-commit'))).toBe(false);
    expectWired(repository);
    expectPushWired(repository);
    const before = [config(repository), listing(join(repository.top, '.git/code-guardian/hooks'))];
    for (const more of [['--config-hooks'], []]) {
      expect(await install(repository, ...more)).toBe(`Already installed in git's config: ${ALL}\n`);
    }
    expect([config(repository), listing(join(repository.top, '.git/code-guardian/hooks'))]).toEqual(before);
  });

  it('looks at nothing twice, and takes out what was in the hooks folder', async () => {
    const repository = createRepository();
    writeHook(repository, userHook());
    const before = listing(join(repository.top, '.git/hooks'));
    await install(repository);
    await wired(repository);
    expect(listing(join(repository.top, '.git/hooks'))).toEqual(before);
    const { code, stdout, stderr } = commit(repository, LEAK);
    expect(code).toBe(1);
    expect((stdout + stderr).split('stripe-key ·').length - 1).toBe(1);
    expect(stderr).toContain('ran user');
  });

  it.each(['--local', '--global'])('runs beside the hooks of somebody else’s core.hooksPath, also an empty one: %s', async (scope) => {
    for (const value of [join(createFolder(), 'hooks'), '']) {
      const repository = createRepository();
      repository.git('config', scope, 'core.hooksPath', value);
      await install(repository, '--config-hooks');
      expectWired(repository);
    }
  });

  it('is right in linked worktrees, below the top, and where the repository was moved', async () => {
    const repository = await wired();
    repository.git('commit', '--quiet', '--allow-empty', '--message', 'start');
    repository.git('worktree', 'add', '--quiet', '../linked');
    expectWired(openRepository(join(repository.top, '../linked'), repository.env));
    repository.git('worktree', 'remove', '--force', '../linked');
    const moved = join(createFolder(), 'it’s $HOME "elsewhere"');
    renameSync(repository.top, moved);
    expectWired(openRepository(moved, repository.env));
  });

  it('gives the config back to the byte, and the folder', async () => {
    const repository = createRepository();
    const before = listing(join(repository.top, '.git'));
    await wired(repository);
    expect(await uninstall(repository)).toBe(`Removed from git's config: ${ALL}\n`);
    expect(listing(join(repository.top, '.git'))).toEqual(before);
    expect(repository.tryGit(['status'])).toMatchObject({ code: 0 });
  });

  it('leaves a git that works and the next run goes on, at whichever step it is stopped', async () => {
    const { top, git, env } = createRepository();
    const home = { git: openGit(top, env), top, commonDir: join(top, '.git') };
    const plan = { install: () => planConfigHooks(home, HOOKS, RUNTIME), uninstall: () => planConfigRemoval(home, HOOKS) };
    const before = listing(join(top, '.git'));
    // Git dies here where any hook has an event and no command.
    const runHook = (): string => git('hook', 'run', '--ignore-missing', 'pre-rebase');
    const count = (await plan.install()).steps.length;
    expect(count).toBe(1 + 3 * HOOKS.length);
    for (const next of ['install', 'uninstall'] as const) {
      for (let done = 0; done <= count; done++) {
        await applySteps(home.git, (await plan.install()).steps.slice(0, done));
        runHook();
        await applySteps(home.git, (await plan[next]()).steps);
        if (next === 'install') expect((await plan.install()).steps).toEqual([]);
        const { steps } = await plan.uninstall();
        for (const step of steps) {
          await applySteps(home.git, [step]);
          runHook();
        }
        await applySteps(home.git, (await plan.uninstall()).steps);
        expect(listing(join(top, '.git'))).toEqual(before);
      }
    }
  });

  it('serves a server', async () => {
    const bare = createRepository({ initArgs: ['--bare'], top: join(createFolder(), 'server.git') });
    const clone = createRepository();
    clone.git('remote', 'add', 'origin', bare.top);
    expect(await install(bare, '--server', '--config-hooks')).toBe("Installed in git's config: pre-receive\n");
    expectPushWired(clone);
    expect(await uninstall(bare)).toBe("Removed from git's config: pre-receive\n");
  });
}
