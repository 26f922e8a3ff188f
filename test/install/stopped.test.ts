import { chmodSync, lstatSync, readdirSync, readFileSync, readlinkSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openGit } from '../../src/git/client.ts';
import { applySteps } from '../../src/install/apply.ts';
import { parseHooks } from '../../src/install/hook-names.ts';
import { planInstallation, planRemoval } from '../../src/install/installation.ts';
import type { Step } from '../../src/install/plan.ts';
import { createRepository } from '../support/repository.ts';

const RUNTIME = {
  script: '/opt/code-guardian/dist/bin.cjs',
  node: '/opt/node',
  template: "#!/bin/sh\n# code-guardian shim 1:\noriginal='@original@'\n",
  pipes: {},
};
const HOOK = '#!/bin/sh\nexit 0\n';
/** A process id that no system gives. */
const GONE = 2 ** 31 - 1;

/** All that a folder holds, as text. */
function listing(folder: string): readonly string[] {
  return readdirSync(folder)
    .toSorted()
    .map((name) => {
      const path = join(folder, name);
      const stat = lstatSync(path);
      return `${name} ${stat.mode.toString(8)} ${stat.isSymbolicLink() ? readlinkSync(path) : readFileSync(path, 'latin1')}`;
    });
}

/** Two files, a symlink and nothing as hooks, and what plans for them. */
function arrange() {
  const { top, env } = createRepository();
  const hooks = join(top, '.git/hooks');
  writeFileSync(join(hooks, 'pre-commit'), HOOK);
  chmodSync(join(hooks, 'pre-commit'), 0o750);
  writeFileSync(join(hooks, 'pre-push'), HOOK, { mode: 0o640 });
  symlinkSync('../../elsewhere', join(hooks, 'pre-merge-commit'));
  const home = { git: openGit(top, env), top, commonDir: join(top, '.git') };
  return {
    hooks,
    install: async () => planInstallation(home, { hooks: parseHooks(), runtime: RUNTIME, isInConfig: false, isWriting: false }),
    uninstall: async () => planRemoval(home),
    apply: (steps: readonly Step[]) => applySteps(home.git, steps),
  };
}

/** A hook that is kept and written, three times, and one that is only written. */
const STEPS = 7;

describe('an installation that is stopped', () => {
  it('goes on after each of its steps, and gives everything back', async () => {
    for (let done = 0; done <= STEPS; done++) {
      const { hooks, install, uninstall, apply } = arrange();
      const before = listing(hooks);
      const { steps } = await install();
      expect(steps).toHaveLength(STEPS);
      await apply(steps.slice(0, done));
      await apply((await install()).steps);
      expect((await install()).steps).toEqual([]);
      await apply((await uninstall()).steps);
      expect(listing(hooks)).toEqual(before);
    }
  });

  it('gives everything back too when the next command is uninstall', async () => {
    for (let done = 0; done <= STEPS; done++) {
      const { hooks, install, uninstall, apply } = arrange();
      const before = listing(hooks);
      await apply((await install()).steps.slice(0, done));
      await apply((await uninstall()).steps);
      expect(listing(hooks)).toEqual(before);
    }
  });

  it('goes on after a copy that was stopped midway', async () => {
    const { hooks, install, uninstall, apply } = arrange();
    const before = listing(hooks);
    // Where the file system has no links, this is what a stopped copy leaves.
    writeFileSync(join(hooks, `pre-commit.code-guardian-original.${GONE}-0123456789abcdef.tmp`), HOOK, { mode: 0o750 });
    await apply((await install()).steps);
    expect(readFileSync(join(hooks, 'pre-commit'), 'utf8')).toContain("original='pre-commit.code-guardian-original'");
    await apply((await uninstall()).steps);
    expect(listing(hooks)).toEqual(before);
  });
});

describe('installations side by side', () => {
  it('keep the original once, whoever comes first', async () => {
    for (let ahead = 0; ahead <= STEPS; ahead++) {
      const { hooks, install, uninstall, apply } = arrange();
      const before = listing(hooks);
      // Both have looked before either writes.
      const [one, other] = [await install(), await install()];
      await apply(one.steps.slice(0, ahead));
      await apply(other.steps);
      await apply(one.steps.slice(ahead));
      expect((await install()).steps).toEqual([]);
      await apply((await uninstall()).steps);
      expect(listing(hooks)).toEqual(before);
    }
  });
});

describe('a hook of somebody else’s', () => {
  it('is not ours for quoting our marker', async () => {
    const { hooks, install, uninstall, apply } = arrange();
    writeFileSync(join(hooks, 'pre-commit'), `${HOOK}# code-guardian shim 1: seen elsewhere\n`);
    const before = listing(hooks);
    await apply((await install()).steps);
    await apply((await uninstall()).steps);
    expect(listing(hooks)).toEqual(before);
  });
});
