import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { LAYERS } from '../../build/house.js';
import { createFolder } from '../support/repository.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Messages of the rule `house/borders`, by the path of the file. */
function lint(files: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const folder = createFolder();
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  const config = join(ROOT, '.oxlintrc.json');
  const args = [join(ROOT, 'node_modules/oxlint/bin/oxlint'), '-c', config, '--format', 'json', '.'];
  const { stdout } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: { code: string; filename: string; message: string }[] };
  const ours = diagnostics.filter(({ code }) => code === 'house(borders)');
  return Object.fromEntries(ours.map(({ filename, message }) => [filename, message]));
}

/** Files that break one border each, with a part of the message. */
const FORBIDDEN: readonly (readonly [path: string, code: string, message: string])[] = [
  // Upwards.
  ['src/commands/up.ts', "import '../cli/main.ts';", 'imports src/cli'],
  ['src/run/up.ts', "import '../commands/scan.ts';", 'imports src/commands'],
  ['src/run/up-to-api.ts', "import '../api/scan.ts';", 'imports src/api'],
  ['src/startup/up.ts', "import '../run/run-scan.ts';", 'imports src/run'],
  ['src/git/up.ts', "import '../run/run-scan.ts';", 'imports src/run'],
  ['src/policy/up.ts', "import '../git/client.ts';", 'imports src/git'],
  ['src/errors/up.ts', "import '../policy/policy.ts';", 'imports src/policy'],
  ['src/cli/up.ts', "import '../bin.ts';", 'imports src/bin.ts'],
  // Aside.
  ['src/git/aside.ts', "import '../config/load.ts';", 'never import each other'],
  ['src/install/managers/aside.ts', "import '../../state/common-dir.ts';", 'never import each other'],
  ['src/api/aside.ts', "import '../commands/scan.ts';", 'never import each other'],
  // Every way to import.
  ['src/rules/types.ts', "import type { A } from '../git/client.ts'; export type B = A;", 'imports src/git'],
  ['src/rules/export.ts', "export { a } from '../git/client.ts';", 'imports src/git'],
  ['src/rules/export-all.ts', "export * from '../git/client.ts';", 'imports src/git'],
  ['src/rules/dynamic.ts', "export const load = () => import('../git/client.ts');", 'imports src/git'],
  ['src/rules/import-type.ts', "export type A = import('../git/client.ts').A;", 'imports src/git'],
  // Out of the house.
  ['src/run/outside.ts', "import '../../test/demo.mjs';", 'outside src/'],
  ['src/helpers/unknown.ts', "import '../policy/policy.ts';", 'src/helpers is in no layer'],
  // Pure folders that reach the outside.
  ['src/policy/disk.ts', "import { readFileSync } from 'node:fs'; export { readFileSync };", 'node:fs'],
  ['src/policy/network.ts', "import { get } from 'node:https'; export { get };", 'node:https'],
  ['src/policy/process.ts', "import { env } from 'node:process'; export { env };", 'node:process'],
  ['src/policy/package.ts', "import { simpleGit } from 'simple-git'; export { simpleGit };", 'simple-git'],
  ['src/policy/built-in.ts', "export const fs = process.getBuiltinModule('node:fs');", 'the environment'],
  ['src/policy/env.ts', 'export const home = process.env.HOME;', 'the environment'],
  ['src/findings/now.ts', 'export const now = Date.now();', 'reads the clock'],
  ['src/diff/new-date.ts', 'export const now = new Date();', 'reads the clock'],
  ['src/patterns/date.ts', 'export const now = Date();', 'reads the clock'],
  ['src/engine/performance.ts', 'export const now = performance.now();', 'reads the clock'],
  ['src/report/fetch.ts', "export const page = fetch('https://example.com');", 'the network'],
  ['src/report/global.ts', 'export const now = globalThis.performance.now();', 'the outside'],
];

const ALLOWED: Readonly<Record<string, string>> = {
  'src/bin.ts': "import './cli/main.ts'; import './startup/load-chunk.ts';",
  'src/index.ts': "export * from './api/scan.ts'; export * from './policy/policy.ts';",
  'src/cli/main.ts': "import '../commands/scan.ts'; import '../host/host.ts'; import './options.ts';",
  'src/commands/scan.ts': "import '../run/run-scan.ts'; import '../git/client.ts'; import 'node:fs';",
  'src/api/scan.ts': "import '../run/run-scan.ts';",
  'src/run/stages/begin.ts': "import '../../stages/stage.ts'; import '../../startup/read-piped.ts'; import '../run-scan.ts';",
  'src/git/client.ts': "import '../policy/policy.ts'; import '../disk/lock.ts'; import 'node:fs'; export const now = Date.now();",
  'src/policy/policy.ts': "import '../engine/rule.ts'; import '../errors/guardian-error.ts'; import 'node:crypto'; import 'minimatch';",
  'src/engine/dates.ts': 'export const day = (text: string, now: number) => Date.parse(text) < now && new Date(now).toISOString();',
  'src/engine/names.ts': 'export const f = (c: { performance: { a: number }; process: Date }) => [c.performance.a, c.process];',
  'src/engine/local.ts': 'export const f = (process: { env: string }, fetch: () => void) => [process.env, fetch()];',
  'src/engine/zlib.ts': "export const { crc32 } = process.getBuiltinModule('node:zlib');",
  'src/host/host.ts': "import '../errors/guardian-error.ts'; export const now = Date.now(); export const { env } = process;",
  'test/policy/policy.test.ts': "import '../../src/git/client.ts'; import 'node:fs'; export const now = Date.now();",
};

describe('the borders of src/', () => {
  it('refuse each forbidden kind of import, and a pure folder that reads the clock, the environment or the network', () => {
    const said = lint(Object.fromEntries(FORBIDDEN.map(([path, code]) => [path, `${code}\n`])));
    expect(said).toEqual(Object.fromEntries(FORBIDDEN.map(([path, , message]) => [path, expect.stringContaining(message) as string])));
  });

  it('accept imports that go downwards, and time that comes in as an argument', () => {
    expect(lint(ALLOWED)).toEqual({});
  });

  it('know every folder of src/, each once', () => {
    const named = LAYERS.flatMap(({ folders }) => folders);
    expect(new Set(named).size).toBe(named.length);
    expect(readdirSync(join(ROOT, 'src')).filter((name) => !named.includes(name))).toEqual([]);
  });
});
