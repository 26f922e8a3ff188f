import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { lstatSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { HOOKS, install, uninstall } from '../support/installation.ts';
import { BIN, createFolder, createRepository, preloaded, type TestRepository } from '../support/repository.ts';

const RUNS = 56;
const HOOK = '#!/bin/sh\n# no newline at the end';
const NAMED_HOOK = '#!/bin/sh\nbasename "$0"\n';

function listing({ top }: TestRepository): readonly string[] {
  const hooks = join(top, '.git/hooks');
  return readdirSync(hooks)
    .toSorted()
    .map((name) => `${name} ${lstatSync(join(hooks, name)).mode} ${readFileSync(join(hooks, name), 'latin1')}`);
}

function contents({ top }: TestRepository): readonly string[] {
  return HOOKS.map((hook) => readFileSync(join(top, '.git/hooks', hook), 'utf8'));
}

/** Installs in a process that is killed after some milliseconds, or ends by itself; returns how long it took. */
async function installKilled({ top, env }: TestRepository, killAfter = Infinity): Promise<number> {
  const start = performance.now();
  const child = spawn(process.execPath, [BIN, 'install'], { cwd: top, env, stdio: 'ignore' });
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
  let killAfter = await installKilled(repository);
  const shims = contents(repository);
  await uninstall(repository);
  expect(listing(repository)).toEqual(before);

  const finished: boolean[] = [];
  for (let run = 0; run < RUNS; run++) {
    await installKilled(repository, killAfter);
    const now = contents(repository);
    for (const [i, text] of now.entries()) expect([HOOK, shims[i]]).toContain(text);
    finished.push(now.every((text, i) => text === shims[i]));
    // Closes in on the moment when it writes, and stays around it.
    killAfter *= finished.at(-1) === true ? 0.93 : 1.05;
    if (listing(repository).join() === before.join()) continue;
    await install(repository);
    expect(contents(repository)).toEqual(shims);
    await uninstall(repository);
    expect(listing(repository)).toEqual(before);
  }
  expect(new Set(finished)).toEqual(new Set([true, false]));
});

/** Loaded before the command: kills it at the nth change in the hooks folder, a write half done. */
const KILLER = `
const fs = require('node:fs');
let left = Number(process.env.KILL_AT);
const opened = new Set();
const { closeSync, openSync } = fs;
const isHook = (path) => String(path).includes('/.git/hooks');
fs.openSync = (path, ...rest) => {
  const descriptor = openSync(path, ...rest);
  if (isHook(path)) opened.add(descriptor);
  return descriptor;
};
fs.closeSync = (descriptor) => {
  opened.delete(descriptor);
  closeSync(descriptor);
};
for (const name of ['mkdirSync', 'linkSync', 'symlinkSync', 'copyFileSync', 'writeSync', 'chmodSync', 'renameSync', 'rmSync', 'rmdirSync']) {
  const real = fs[name];
  fs[name] = (...args) => {
    const isChange = name === 'writeSync' ? opened.has(args[0]) : args.some(isHook);
    if (!isChange || left-- > 0) return real(...args);
    if (name === 'writeSync') real(args[0], args[1].subarray(0, args[1].length / 2));
    process.kill(process.pid, 'SIGKILL');
    for (;;);
  };
}
`;

it.each([
  ['install', HOOK, 4 * HOOKS.length],
  ['uninstall', HOOK, HOOKS.length],
  // Such a hook is run by another name: a folder and two changes for each link.
  ['install', NAMED_HOOK, 4 * HOOKS.length + 1 + 2 * HOOKS.length],
  ['uninstall', NAMED_HOOK, HOOKS.length + HOOKS.length + 1],
])('%s leaves the old hook %j or the new one at whichever change it is killed', async (command, hook, changes) => {
  const repository = createRepository({ initArgs: ['--template='] });
  mkdirSync(join(repository.top, '.git/hooks'));
  for (const name of HOOKS) writeFileSync(join(repository.top, '.git/hooks', name), hook, { mode: 0o755 });
  const before = listing(repository);
  await install(repository);
  const shims = contents(repository);
  if (command === 'install') await uninstall(repository);
  const killer = join(createFolder(), 'killer.cjs');
  writeFileSync(killer, KILLER);

  let killAt = 0;
  for (let isKilled = true; isKilled; killAt++) {
    const env = { ...preloaded(killer), KILL_AT: String(killAt) };
    isKilled = repository.spawnGuardian([command], { env }).code === null;
    for (const [i, text] of contents(repository).entries()) expect([hook, shims[i]]).toContain(text);
    await install(repository);
    expect(contents(repository)).toEqual(shims);
    if (command === 'uninstall' && isKilled) continue;
    await uninstall(repository);
    expect(listing(repository)).toEqual(before);
  }
  expect(killAt - 1).toBe(changes);
  expect(readdirSync(join(repository.top, '.git'))).not.toContain('hooks.code-guardian');
});
