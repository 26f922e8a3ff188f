import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'rolldown';
import { beforeAll, describe, expect, it } from 'vitest';
import { createFolder } from '../support/repository.ts';

/** The loader as a module of its own. */
let loader: string;

beforeAll(async () => {
  const { output } = await build({ input: 'src/startup/load-chunk.ts', platform: 'node', write: false, logLevel: 'silent' });
  loader = output[0].code;
});

/** Two chunks in the first file, and one that is loaded on first use. */
function write(answer: string): string {
  const folder = createFolder();
  const chunk = (name: string, code: string): string => `${JSON.stringify(name)}(exports, require, module) {${code}\n},\n`;
  const start = `const then = require('./then.cjs'); const later = require('./later.cjs'); const path = require('node:path');
    exports.run = () => [then.double(2), later.answer, path.sep];`;
  writeFileSync(join(folder, 'start.cjs'), `({${chunk('start.cjs', start)}${chunk('then.cjs', 'exports.double = (n) => 2 * n;')}})`);
  writeFileSync(join(folder, 'later.cjs'), `({${chunk('later.cjs', `exports.answer = ${JSON.stringify(answer)};`)}})`);
  return folder;
}

/** What `start.cjs` answers in a process of its own. */
function run(folder: string): unknown {
  const program = `${loader}
    const load = createLoader(${JSON.stringify(folder)}, 'test', ['./later.cjs']);
    console.log(JSON.stringify(load('start.cjs').run()));`;
  return JSON.parse(execFileSync(process.execPath, ['--input-type=module', '--eval', program], { encoding: 'utf8' }));
}

function cacheOf(folder: string): string[] {
  const top = join(folder, '.cache');
  if (!existsSync(top)) return [];
  return readdirSync(top, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
}

describe('the loader of chunks', () => {
  it('gives the same from compiled code as from the source, in every run', () => {
    const folder = write('a');
    expect(Array.from({ length: 5 }, () => run(folder))).toEqual(Array.from({ length: 5 }, () => [4, 'a', '/']));
    expect(cacheOf(folder)).toHaveLength(2);
  });

  it('compiles a file that has changed since, though it is as long as before', () => {
    const folder = write('a');
    run(folder);
    const later = join(folder, 'later.cjs');
    writeFileSync(later, readFileSync(later, 'utf8').replace('"a"', '"b"'));
    utimesSync(later, 1, 1);
    expect(run(folder)).toEqual([4, 'b', '/']);
  });

  it('compiles the source if the cache is damaged', () => {
    const folder = write('a');
    run(folder);
    for (const file of cacheOf(folder)) {
      const bytes = readFileSync(file);
      writeFileSync(file, Buffer.concat([bytes.subarray(0, 40).fill(7), bytes.subarray(40)]));
    }
    expect(run(folder)).toEqual([4, 'a', '/']);
    for (const file of cacheOf(folder)) writeFileSync(file, '');
    expect(run(folder)).toEqual([4, 'a', '/']);
  });
});
