import { chmodSync, lstatSync, readdirSync, readFileSync, readlinkSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openGit } from '../../src/git/door.ts';
import { applySteps } from '../../src/install/apply.ts';
import { planInstallation, planRemoval } from '../../src/install/installation.ts';
import { createRepository } from '../support/repository.ts';

const RUNTIME = {
  script: '/opt/code-guardian/dist/bin.cjs',
  node: '/opt/node',
  template: "#!/bin/sh\n# code-guardian shim 1:\noriginal='@original@'\n",
  pipe: { commands: '', protocol: '' },
};
const HOOK = '#!/bin/sh\nexit 0\n';

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

/** A file and a symlink as hooks, and what plans for them. */
function arrange() {
  const { top, env } = createRepository();
  const hooks = join(top, '.git/hooks');
  writeFileSync(join(hooks, 'pre-commit'), HOOK);
  chmodSync(join(hooks, 'pre-commit'), 0o750);
  symlinkSync('../../elsewhere', join(hooks, 'pre-merge-commit'));
  const git = openGit(top, env);
  const names = ['pre-commit', 'pre-merge-commit'];
  return {
    hooks,
    install: async () => planInstallation(git, join(top, '.git'), names, RUNTIME),
    uninstall: async () => planRemoval(git, join(top, '.git'), names),
  };
}

describe('an installation that is stopped', () => {
  it('goes on after each of its steps, and gives everything back', async () => {
    for (let done = 0; done <= 4; done++) {
      const { hooks, install, uninstall } = arrange();
      const before = listing(hooks);
      const { steps } = await install();
      expect(steps).toHaveLength(4);
      applySteps(steps.slice(0, done));
      applySteps((await install()).steps);
      expect((await install()).steps).toEqual([]);
      applySteps((await uninstall()).steps);
      expect(listing(hooks)).toEqual(before);
    }
  });

  it('does not lose the original to another that runs at the same time', async () => {
    const { hooks, install, uninstall } = arrange();
    const before = listing(hooks);
    const [first, second] = [await install(), await install()];
    applySteps(first.steps);
    expect(() => applySteps(second.steps)).toThrow(/EEXIST/);
    applySteps((await uninstall()).steps);
    expect(listing(hooks)).toEqual(before);
  });

  it('goes on after a copy that was stopped midway', async () => {
    const { hooks, install, uninstall } = arrange();
    const before = listing(hooks);
    // Where the file system has no links, this is what a stopped copy leaves.
    writeFileSync(join(hooks, 'pre-commit.code-guardian-original.code-guardian-new'), HOOK, { mode: 0o750 });
    applySteps((await install()).steps);
    expect(readFileSync(join(hooks, 'pre-commit'), 'utf8')).toContain("original='pre-commit.code-guardian-original'");
    applySteps((await uninstall()).steps);
    expect(listing(hooks).filter((line) => !line.includes('code-guardian-new'))).toEqual(before);
  });
});
