import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { publint } from 'publint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHUNKS, CHUNKS_ON_FIRST_USE } from '../../build/chunk-table.ts';
import { cleanEnvironment, openRepository } from '../support/repository.ts';
import { stripeKey } from '../support/secrets.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Licenses that ask for no more than to be handed on. */
const PERMISSIVE: ReadonlySet<string> = new Set(['MIT', 'ISC', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'BlueOak-1.0.0']);

describe('the package that is published', () => {
  let folder: string;
  let consumer: string;
  let installed: string;
  let env: NodeJS.ProcessEnv;

  /** Runs a program in the consumer's project. */
  function run(command: string, ...args: readonly string[]): string {
    const { status, stdout, stderr } = spawnSync(command, args, { cwd: consumer, env, encoding: 'utf8' });
    expect({ status, stdout, stderr }).toMatchObject({ status: 0 });
    return stdout;
  }

  // As npm has it: packed, and installed into an empty project without a network and without a cache.
  beforeAll(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'code-guardian-package-')));
    consumer = join(folder, 'consumer');
    installed = join(consumer, 'node_modules/code-guardian');
    env = { ...cleanEnvironment(join(folder, 'home')), npm_config_cache: join(folder, 'cache') };
    mkdirSync(consumer);
    writeFileSync(join(consumer, 'package.json'), '{ "name": "consumer", "private": true, "type": "module" }');
    const packed = spawnSync('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', folder], { cwd: ROOT, encoding: 'utf8' });
    const [{ filename }] = JSON.parse(packed.stdout) as [{ filename: string }];
    run('npm', 'install', '--offline', '--no-audit', '--no-fund', join(folder, filename));
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const read = (path: string): string => readFileSync(join(installed, path), 'utf8');

  it('has nothing that publint objects to', async () => {
    const { messages } = await publint({ pkgDir: ROOT, strict: true, pack: 'npm' });
    expect(messages).toEqual([]);
  });

  it('asks npm for no other package', () => {
    expect(readdirSync(join(consumer, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual(['code-guardian']);
  });

  it('has the command and the chunks that it loads', () => {
    expect(run(join(consumer, 'node_modules/.bin/code-guardian'), '--version')).toBe('0.1.0\n');
    const command = read('dist/bin.cjs');
    expect(CHUNKS_ON_FIRST_USE.filter((chunk) => !command.includes(chunk))).toEqual([]);
    const files = readdirSync(join(installed, 'dist/chunks'));
    const ownFiles = CHUNKS.filter(({ isInStart }) => isInStart !== true).map(({ name }) => `${name}.cjs`);
    expect(ownFiles.filter((file) => !files.includes(file))).toEqual([]);
  });

  it('stops a commit', () => {
    const repository = openRepository(consumer, env);
    repository.git('init', '--quiet', '--initial-branch=main');
    run('npx', '--no-install', 'code-guardian', 'install', '--hook', 'pre-commit');
    repository.write('pay.js', `const key = "${stripeKey()}";\n`);
    repository.git('add', 'pay.js');
    const { code, stderr } = repository.tryGit(['commit', '--message', 'pay']);
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('stripe-key') as string });
  });

  it('can be imported', () => {
    const program =
      "import { CodeGuardian, version } from 'code-guardian'; console.log(version, (await CodeGuardian.open()).rules().length > 700);";
    expect(run(process.execPath, '--input-type=module', '--eval', program)).toBe('0.1.0 true\n');
  });

  it.each(['nodenext', 'bundler'])('has types in one file, for moduleResolution %s', (moduleResolution) => {
    expect(readdirSync(join(installed, 'dist'), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.d.ts'))).toEqual([
      'index.d.ts',
    ]);
    writeFileSync(
      join(consumer, 'consumer.ts'),
      `import { GuardianError, type ReportDocument } from 'code-guardian';
export const right: ReportDocument['verdict'] = 'blocked';
// @ts-expect-error: types that are any would take it
export const wrong: ReportDocument['verdict'] = 'fine';
export const isOurs = (thrown: unknown): thrown is GuardianError => thrown instanceof GuardianError;
`,
    );
    const module = moduleResolution === 'bundler' ? 'esnext' : moduleResolution;
    const options = ['--module', module, '--moduleResolution', moduleResolution, '--target', 'es2023', '--strict', '--noEmit'];
    const node = ['--typeRoots', join(ROOT, 'node_modules/@types'), '--types', 'node'];
    run(process.execPath, join(ROOT, 'node_modules/.bin/tsc'), ...options, ...node, '--skipLibCheck', 'false', 'consumer.ts');
  });

  it('carries the licenses of what is bundled, which may all be handed on', () => {
    const [list = '', ...texts] = read('dist/THIRD-PARTY-LICENSES.txt').split(`\n${'-'.repeat(80)}\n\n`);
    const bundled = [...list.matchAll(/^(\S+ \d\S*): (.+)$/gm)].map(([, name = '', license = '']) => ({ name, license }));
    const licensed = texts.flatMap((text) => text.slice(0, text.indexOf('\n\n')).split('\n'));
    expect(licensed.toSorted()).toEqual(bundled.map(({ name }) => name).toSorted());
    expect(bundled.map(({ name }) => name.split(' ')[0])).toEqual(
      expect.arrayContaining(['consola', 'minimatch', 'picocolors', 'valibot']),
    );
    expect(bundled.filter(({ license }) => !PERMISSIVE.has(license))).toEqual([]);
  });

  it('says in an SBOM what is bundled', () => {
    const { components } = JSON.parse(read('dist/sbom.cdx.json')) as { components: { name: string; version: string }[] };
    const listed = read('dist/THIRD-PARTY-LICENSES.txt').matchAll(/^(\S+ \d\S*): /gm);
    expect(components.map(({ name, version }) => `${name} ${version}`)).toEqual([...listed].map(([, name]) => name));
  });
});
