import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { lstatSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { BIN, createRepository, type TestRepository } from '../support/repository.ts';

const RUNS = 56;
const HOOK = '#!/bin/sh\n# no newline at the end';
const HOOKS = ['pre-commit', 'pre-merge-commit'];

function listing({ top }: TestRepository): readonly string[] {
  const hooks = join(top, '.git/hooks');
  return readdirSync(hooks)
    .toSorted()
    .map((name) => `${name} ${lstatSync(join(hooks, name)).mode} ${readFileSync(join(hooks, name), 'latin1')}`);
}

/** Ends once the command has ended, by itself or killed after some milliseconds; tells how long it took. */
async function guardian({ top, env }: TestRepository, command: string, killAfter = Infinity): Promise<number> {
  const start = performance.now();
  const child = spawn(process.execPath, [BIN, command], { cwd: top, env, stdio: 'ignore' });
  const ended = once(child, 'exit');
  if (killAfter < Infinity) {
    await delay(killAfter);
    child.kill('SIGKILL');
  }
  await ended;
  return performance.now() - start;
}

it(`leaves the old hook or the new one when it is killed, ${RUNS} times`, async () => {
  const repository = createRepository();
  for (const hook of HOOKS) writeFileSync(join(repository.top, '.git/hooks', hook), HOOK, { mode: 0o755 });
  const before = listing(repository);
  const duration = await guardian(repository, 'install');
  const shims = HOOKS.map((hook) => readFileSync(join(repository.top, '.git/hooks', hook), 'utf8'));
  await guardian(repository, 'uninstall');
  expect(listing(repository)).toEqual(before);

  let finished = 0;
  for (let run = 0; run < RUNS; run++) {
    // Most of the time goes by before anything is written: aim at the end.
    await guardian(repository, 'install', duration * (0.5 + (0.6 * run) / RUNS));
    const now = HOOKS.map((hook) => readFileSync(join(repository.top, '.git/hooks', hook), 'utf8'));
    for (const [i, text] of now.entries()) expect([HOOK, shims[i]]).toContain(text);
    if (now.every((text, i) => text === shims[i])) finished++;
    if (listing(repository).join() === before.join()) continue;
    await guardian(repository, 'install');
    expect(HOOKS.map((hook) => readFileSync(join(repository.top, '.git/hooks', hook), 'utf8'))).toEqual(shims);
    await guardian(repository, 'uninstall');
    expect(listing(repository)).toEqual(before);
  }
  // Else it was killed too early or too late each time, and nothing was tested.
  expect(finished).toBeGreaterThan(0);
  expect(finished).toBeLessThan(RUNS);
});
