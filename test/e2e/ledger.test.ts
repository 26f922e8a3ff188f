import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'rolldown';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { appendRecord } from '../../src/telemetry/ledger.ts';
import { exampleRecord, runsIn } from '../support/ledger.ts';

const folder = mkdtempSync(join(tmpdir(), 'code-guardian-ledger-'));
const writer = join(folder, 'writer.mjs');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** So small that records are set aside and summed up all the time. */
const MAX_BYTES = 16_000;

beforeAll(async () => {
  await build({ input: 'src/telemetry/ledger.ts', platform: 'node', output: { file: join(folder, 'ledger.mjs') }, logLevel: 'silent' });
  writeFileSync(
    writer,
    `import { appendRecord } from './ledger.mjs';
     const [commonDir, count, record] = process.argv.slice(2);
     process.stdout.write('loaded');
     for (let i = 0; i < Number(count); i++) appendRecord(commonDir, { ...JSON.parse(record), run: process.pid + '-' + i }, ${MAX_BYTES});
    `,
  );
});

/**
 * A process that appends records, one after the other.
 *
 * @param killAfter milliseconds from when it begins with that
 * @returns the signal that ended it
 */
function write(commonDir: string, count: number, killAfter?: number): Promise<string | null> {
  return new Promise((done) => {
    const args = [writer, commonDir, String(count), JSON.stringify(exampleRecord('x'))];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] });
    child.on('close', (_code, signal) => done(signal));
    child.stdout.once('data', () => {
      if (killAfter !== undefined) setTimeout(() => child.kill('SIGKILL'), killAfter);
    });
  });
}

it.each(['before it writes', 'when it has written'])(
  'a process that sleeps %s, while all is summed up twice, counts once',
  async (when) => {
    const commonDir = mkdtempSync(join(folder, 'git-'));
    const [sleepy, awake] = [join(commonDir, 'sleepy.cjs'), join(commonDir, 'awake')];
    writeFileSync(
      sleepy,
      `const fs = require('node:fs');
     const write = fs.writeSync;
     const sleep = () => {
       write(1, 'asleep');
       while (!fs.existsSync(${JSON.stringify(awake)})) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
     };
     fs.writeSync = (...args) => {
       fs.writeSync = write;
       require('node:module').syncBuiltinESMExports();
       if (${when === 'before it writes'}) sleep();
       write(...args);
       if (${when !== 'before it writes'}) sleep();
     };
     require('node:module').syncBuiltinESMExports();`,
    );
    appendRecord(commonDir, exampleRecord('first'), MAX_BYTES);
    const child = spawn(process.execPath, ['--require', sleepy, writer, commonDir, '1', JSON.stringify(exampleRecord('x'))]);
    await new Promise<void>((resolve) => child.stdout.on('data', (said: Buffer) => said.includes('asleep') && resolve()));
    for (let i = 0; i < 300; i++) appendRecord(commonDir, exampleRecord(`awake-${i}`), MAX_BYTES);
    expect(existsSync(join(commonDir, 'code-guardian/ledger.1.jsonl'))).toBe(false);
    writeFileSync(awake, '');
    expect(await new Promise((resolve) => child.once('close', resolve))).toBe(0);
    expect(runsIn(commonDir)).toBe(302);
  },
);

it('processes side by side lose no record', async () => {
  const commonDir = mkdtempSync(join(folder, 'git-'));
  await Promise.all(Array.from({ length: 6 }, () => write(commonDir, 50)));
  expect(runsIn(commonDir)).toBe(300);
});

/** Rounds of four processes: few in every run of the tests, more in `npm run fuzz`. */
const ROUNDS = process.env['FUZZ_RUNS'] === undefined ? 12 : 50;

it('processes that are killed at any moment corrupt nothing', { timeout: 180_000 }, async () => {
  let [commonDir, last] = ['', 0];
  for (let round = 0; round < ROUNDS; round++) {
    // A lock that a killed process has left holds up the summing up for ten seconds, and to read what gathers takes long.
    if (round % 5 === 0) [commonDir, last] = [mkdtempSync(join(folder, 'git-')), 0];
    const signals = await Promise.all(Array.from({ length: 4 }, (_, i) => write(commonDir, 1_000_000, ((round * 4 + i) * 7) % 15)));
    expect(signals).toEqual(['SIGKILL', 'SIGKILL', 'SIGKILL', 'SIGKILL']);
    const before = runsIn(commonDir);
    // They were at work, and nothing of what was there is gone.
    expect(before).toBeGreaterThan(last);
    appendRecord(commonDir, exampleRecord('after'), MAX_BYTES);
    last = before + 1;
    expect(runsIn(commonDir)).toBe(last);
  }
});
