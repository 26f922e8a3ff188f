import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Tests of the built command by real git, and properties of many sources. */
const OWN_FOLDERS: ReadonlySet<string> = new Set(['e2e', 'fuzz']);

/** Where the sources lie that a test in this folder of test/ is about. */
function sourceFolder(folder: string): string {
  return join(ROOT, folder.split('/')[0] === 'build' ? folder : `src/${folder}`);
}

it('test/ mirrors src/ and build/ folder by folder', () => {
  const tests = readdirSync(join(ROOT, 'test'), { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.test.ts'));
  expect(tests.length).toBeGreaterThan(200);
  const folders = new Set(tests.map((path) => dirname(path)).filter((folder) => !OWN_FOLDERS.has(folder)));
  expect([...folders].filter((folder) => folder === '.' || !existsSync(sourceFolder(folder)))).toEqual([]);
});
