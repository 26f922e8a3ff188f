import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { createRepository } from '../support/repository.ts';

const PACKAGE = fileURLToPath(new URL('../..', import.meta.url));
const PAGE = readFileSync(join(PACKAGE, 'docs/api.md'), 'utf8');

/** Each example of the page, and the output that its comments promise. */
const EXAMPLES = [...PAGE.matchAll(/```js\n(.*?)```/gs)].map(([, code = '']) => ({
  code,
  output: [...code.matchAll(/console\.log\(.*\); \/\/ (.*)/g)].map(([, value]) => value),
}));

describe('docs/api.md', () => {
  it('has examples', () => {
    expect(EXAMPLES.length).toBeGreaterThan(4);
  });

  it.each(EXAMPLES)('example %# runs and prints what it says', ({ code, output }) => {
    const { top, env } = createRepository();
    mkdirSync(join(top, 'node_modules'));
    symlinkSync(PACKAGE, join(top, 'node_modules/code-guardian'));
    writeFileSync(join(top, 'example.mjs'), code);
    const { status, stdout, stderr } = spawnSync(process.execPath, ['example.mjs'], { cwd: top, env, encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout.split('\n').filter(Boolean)).toEqual(output);
  });
});
