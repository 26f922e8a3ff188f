import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { VERSION } from '../../src/host/version.ts';
import { copyPackage } from '../support/installation.ts';
import { createFolder, createRepository } from '../support/repository.ts';
import { startService } from '../support/service.ts';

/** Another release, whose files are as long as ours: V8 takes code that was compiled for one for that of the other. */
const OTHER = VERSION.replace(/\d$/, '9');

it('a process that outlives its release leaves no compiled code of it to the next one', async () => {
  const folder = createFolder();
  copyPackage(folder);
  const bin = join(folder, 'dist/bin.cjs');
  const service = await startService(createRepository(), [], { bin });
  for (const name of readdirSync(join(folder, 'dist/chunks')).filter((one) => one.endsWith('.cjs'))) {
    const file = join(folder, 'dist/chunks', name);
    writeFileSync(`${file}.new`, readFileSync(file, 'latin1').replaceAll(VERSION, OTHER), 'latin1');
    renameSync(`${file}.new`, file);
  }
  service.process.kill('SIGTERM');
  expect(await service.ended).toBe(0);
  expect(spawnSync(process.execPath, [bin, '--version'], { encoding: 'utf8' }).stdout).toBe(`${OTHER}\n`);
});
