import { expect, it } from 'vitest';
import { openGit } from '../../../src/git/client.ts';
import { readStagedChanges } from '../../../src/git/read-changes.ts';
import { DEFAULT_CONFIG } from '../../../src/policy/config.ts';
import { compilePolicy } from '../../../src/policy/policy.ts';
import { Collector } from '../../../src/run/collector.ts';
import { isComplete } from '../../../src/run/coverage.ts';
import type { RunContext } from '../../../src/run/run-context.ts';
import { newVersionOf } from '../../../src/run/scanned-file.ts';
import { findHiddenSecrets } from '../../../src/run/targets/old-contents.ts';
import { createRepository } from '../../support/repository.ts';
import { stripeKey } from '../../support/secrets.ts';

/** A staged file with a secret on a line that git is said to call unchanged, and the search for it. */
async function search(isOver: boolean): Promise<Collector> {
  const { top, env, git: run, write } = createRepository();
  write('a.js', 'one\ntwo\n');
  run('add', '.');
  run('commit', '--quiet', '--message', 'start');
  write('a.js', `const a = '${stripeKey()}';\n2\n`);
  run('add', '.');
  const git = openGit(top, env);
  const changes = await readStagedChanges(git);
  const policy = compilePolicy(DEFAULT_CONFIG, { only: [], skip: [] });
  const startedAt = new Date('2026-01-31');
  const seen = new Collector(policy, startedAt);
  const file = newVersionOf(changes[0]!);
  seen.scan({ ...file, added: 'all' }, Buffer.from(`const a = '${stripeKey()}';\n2\n`));

  const collector = new Collector(policy, startedAt);
  // The entry of one view must not take the place of another's.
  for (const contents of [seen.findings.map(({ contentDigest }) => contentDigest), ['other']]) collector.unchanged.push({ file, contents });
  const limits = { maxFileSize: 1e6, budget: { left: 1e6 }, refuse: () => null, isOver: () => isOver, pause: async () => undefined };
  await findHiddenSecrets({ git, policy, collector, limits, startedAt } as unknown as RunContext, changes);
  return collector;
}

it('a secret that no old version has is found, whichever view of the file holds it', async () => {
  expect((await search(false)).findings).toMatchObject([{ rule: 'stripe-key', path: 'a.js', line: 1 }]);
});

it('without time to read the file again the run is incomplete', async () => {
  const { skipped, coverage } = await search(true);
  expect(skipped).toMatchObject([{ path: 'a.js', reason: 'timeout' }]);
  expect(isComplete(coverage)).toBe(false);
});
