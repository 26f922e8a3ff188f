import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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
     for (let i = 0; i < Number(count); i++) appendRecord(commonDir, JSON.parse(record), ${MAX_BYTES});
    `,
  );
});

/** A process that appends records, one after the other. */
function write(commonDir: string, count: number, killAfter?: number): Promise<void> {
  return new Promise((done) => {
    const child = spawn(process.execPath, [writer, commonDir, String(count), JSON.stringify(exampleRecord('x'))], { stdio: 'ignore' });
    child.on('close', () => done());
    if (killAfter !== undefined) setTimeout(() => child.kill('SIGKILL'), killAfter);
  });
}

it('processes side by side lose no record', async () => {
  const commonDir = mkdtempSync(join(folder, 'git-'));
  await Promise.all(Array.from({ length: 6 }, () => write(commonDir, 50)));
  expect(runsIn(commonDir)).toBe(300);
});

it('200 processes that are killed at any moment corrupt nothing', { timeout: 90_000 }, async () => {
  const commonDir = mkdtempSync(join(folder, 'git-'));
  for (let round = 0; round < 50; round++) {
    await Promise.all(Array.from({ length: 4 }, (_, i) => write(commonDir, 100_000, 50 + (((round * 4 + i) * 7) % 60))));
    const before = runsIn(commonDir);
    appendRecord(commonDir, exampleRecord('after'), MAX_BYTES);
    expect(runsIn(commonDir)).toBe(before + 1);
  }
});
