import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createFolder, createRepository, type Ran, type TestRepository } from '../support/repository.ts';
import { stripeKey } from '../support/secrets.ts';

const LEAK = `const key = "${stripeKey()}";\n`;

function repositoryOf(content = 'const a = 1;\n'): TestRepository {
  const repository = createRepository();
  repository.write('a.js', content);
  repository.git('add', '--all');
  return repository;
}

/** Which of the two streams got something. */
function streams({ stdout, stderr }: Ran): string {
  return [stdout === '' ? '' : 'stdout', stderr === '' ? '' : 'stderr'].filter(Boolean).join(' and ');
}

/** Command lines that do their job: 0, and only stdout speaks. */
const GOOD = [
  '--version',
  '--help',
  'help scan',
  'scan --help',
  'rules --help',
  'config show --help',
  'init',
  'init --yes --preset web',
  'init --dry-run',
  'install --dry-run',
  'install',
  'install --hook pre-commit',
  'uninstall --dry-run',
  'uninstall',
  'hook pre-commit',
  'hook pre-commit a b c',
  'hook pre-merge-commit --format json',
  'scan',
  'scan --staged --verbose',
  'scan --all',
  'scan --history',
  'scan a.js',
  'scan .',
  'scan --stdin --stdin-filename x.js',
  'scan --rule stripe-key --fail-on low --bail 1 --no-fail-fast --no-color',
  'rules list',
  'rules list --format json',
  'rules explain stripe-key --format json',
  'config show',
  'config show --origins',
  'config check',
  'config schema',
  'config init',
  'baseline create',
  'baseline update',
  'baseline prune --dry-run',
  'baseline audit --format json',
];

/** Command lines that cannot be done: 2, stdout stays empty, and stderr says this. */
const BAD: readonly (readonly [line: string, said: string])[] = [
  ['scam', 'did you mean scan?'],
  ['rules lst', 'did you mean rules list?'],
  ['rules', 'list, explain, test'],
  ['--bogus', 'unknown option'],
  ['scan --stagd', 'did you mean --staged?'],
  ['scan --no-quiet', 'did you mean --quiet?'],
  ['scan --quiet=yes', 'takes no value'],
  ['scan --format', 'needs a value'],
  ['scan --format jsn', 'did you mean json?'],
  ['scan --fail-on hgh', 'did you mean high?'],
  ['scan --log-level dbug', 'did you mean debug?'],
  ['scan --log-format xml', 'known: text, json'],
  ['scan --bail -1', '--bail takes a number'],
  ['scan --rule strpe-key', 'did you mean stripe-key?'],
  ['scan --report json', 'NAME=FILE'],
  ['scan --staged --all', 'cannot be combined'],
  ['scan --staged a.js', 'cannot be combined'],
  ['scan --stdin-filename x', 'needs --stdin'],
  ['scan nofile', 'nofile: no such file'],
  ['scan --range nope..HEAD', 'unknown range'],
  ['scan --config nofile.yaml', 'nofile.yaml'],
  ['scan --baseline nofile.json', 'nofile.json'],
  ['hook', 'needs NAME'],
  ['hook pre-comit', 'did you mean pre-commit?'],
  ['install --hok x', 'did you mean --hook?'],
  ['install --hook nope', 'unknown hook'],
  ['init --preset webb', 'did you mean web?'],
  ['init a', 'unexpected argument'],
  ['explain', 'needs FINGERPRINT'],
  ['explain nofingerprint', 'no finding has the fingerprint nofingerprint'],
  ['explain 0123456', 'at least its first 8 characters'],
  ['explain 01234567 --in nofile', 'nofile'],
  ['explain 01234567 --format jsn', 'did you mean json?'],
  ['merge', 'needs REPORT'],
  ['merge nofile', 'nofile'],
  ['merge a.js', 'a.js: not valid JSON'],
  ['merge a.js --format jsn', 'did you mean json?'],
  ['compare a.js', 'needs A B'],
  ['compare a.js a.js', 'a.js: not valid JSON'],
  ['compare a.js a.js a.js', 'unexpected argument'],
  ['rules explain', 'needs ID'],
  ['rules explain a b', 'unexpected argument'],
  ['config check nofile', 'nofile'],
  ['baseline create --expires someday', 'someday'],
];

describe('a command line', () => {
  it.each(GOOD)('%s', async (line) => {
    const ran = await repositoryOf().guardian(line.split(' '));
    expect([ran.code, streams(ran)]).toEqual([0, 'stdout']);
  });

  it.each(GOOD)('%s, as a process of its own', (line) => {
    const ran = repositoryOf().spawnGuardian(line.split(' '));
    expect([ran.code, streams(ran)]).toEqual([0, 'stdout']);
  });

  it.each(BAD)('%s is refused: %s', async (line, said) => {
    const ran = await repositoryOf().guardian(line.split(' '));
    expect([ran.code, streams(ran)]).toEqual([2, 'stderr']);
    expect(ran.stderr).toContain(said);
    // What happened, and the way out; no stack.
    expect(ran.stderr).toMatch(/^code-guardian: .+\n {2}\S/);
    expect(ran.stderr).not.toContain('    at ');
  });
});

describe('a scan', () => {
  it('blocks with 1, on stdout', async () => {
    const ran = await repositoryOf(LEAK).guardian(['scan']);
    expect([ran.code, streams(ran)]).toEqual([1, 'stdout']);
  });

  it('keeps stdout empty with --output, and says nothing with --quiet', async () => {
    const repository = repositoryOf(LEAK);
    const ran = await repository.guardian(['scan', '--format', 'json', '--output', 'report.json']);
    expect([ran.code, streams(ran)]).toEqual([1, '']);
    expect(JSON.parse(readFileSync(join(repository.top, 'report.json'), 'utf8'))).toMatchObject({ verdict: 'blocked' });
    const written = repository.spawnGuardian(['scan', '--format', 'json', '--output', '/dev/stdout']);
    expect(JSON.parse(written.stdout)).toMatchObject({ verdict: 'blocked' });
    expect(await repositoryOf().guardian(['scan', '--quiet'])).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  it('writes its document also when it fails', async () => {
    const { code, stdout, stderr } = await repositoryOf().guardian(['scan', '--format', 'json', 'nofile']);
    expect(code).toBe(2);
    expect(stderr).toContain('nofile: no such file');
    expect(JSON.parse(stdout)).toMatchObject({ verdict: 'incomplete', errors: [{ code: 'USAGE' }] });
  });

  it('colours by NO_COLOR, FORCE_COLOR and --color', async () => {
    const repository = repositoryOf(LEAK);
    const isColoured = async (env: NodeJS.ProcessEnv, ...args: readonly string[]) =>
      (await repository.guardian(['scan', ...args], { env })).stdout.includes('\u001b[');
    expect(await isColoured({})).toBe(false);
    expect(await isColoured({ FORCE_COLOR: '1' })).toBe(true);
    expect(await isColoured({ NO_COLOR: '1', FORCE_COLOR: '1' })).toBe(false);
    expect(await isColoured({ NO_COLOR: '1' }, '--color')).toBe(true);
    expect(await isColoured({ FORCE_COLOR: '1' }, '--no-color')).toBe(false);
  });

  it('names the variable that does not parse', async () => {
    const { code, stderr } = await repositoryOf().guardian(['scan'], { env: { CODE_GUARDIAN_FAIL_ON: 'hgh' } });
    expect(code).toBe(2);
    expect(stderr).toContain('CODE_GUARDIAN_FAIL_ON');
  });
});

describe('outside a repository', () => {
  it.each([
    ['scan', 'name files: `code-guardian scan PATH…`'],
    ['init', 'create one: `git init`'],
    ['install', 'create one: `git init`'],
    ['uninstall', 'create one: `git init`'],
    ['hook pre-commit', 'create one: `git init`'],
    ['baseline create', 'create one: `git init`'],
    ['explain 01234567', '--in FILE'],
  ])('%s says so, and the way out: %s', async (line, hint) => {
    const ran = await repositoryOf().guardian(line.split(' '), { cwd: createFolder() });
    expect([ran.code, streams(ran)]).toEqual([2, 'stderr']);
    expect(ran.stderr).toContain('not a git repository');
    expect(ran.stderr).toContain(hint);
  });

  it('install --if-possible, paths, rules and config do', async () => {
    const repository = repositoryOf();
    const cwd = createFolder();
    for (const line of ['install --if-possible', 'scan .', 'rules list', 'config show']) {
      expect((await repository.guardian(line.split(' '), { cwd })).code).toBe(0);
    }
  });
});

describe('a baseline made where nothing was found', () => {
  it('can be used, and added to', async () => {
    const repository = repositoryOf();
    for (const command of ['create', 'update', 'prune', 'audit']) {
      expect(await repository.guardian(['baseline', command])).toMatchObject({ code: 0, stderr: '' });
    }
    expect(existsSync(join(repository.top, '.code-guardian-baseline.json'))).toBe(true);
    repository.write('a.js', LEAK);
    repository.git('add', '--all');
    expect(await repository.guardian(['scan'])).toMatchObject({ code: 1, stderr: '' });
    expect(await repository.guardian(['baseline', 'update'])).toMatchObject({ code: 0 });
    repository.git('add', '--all');
    expect(await repository.guardian(['scan'])).toMatchObject({ code: 0 });
  });

  it('is not made twice', async () => {
    const repository = repositoryOf();
    await repository.guardian(['baseline', 'create']);
    const again = await repository.guardian(['baseline', 'create']);
    expect(again.code).toBe(2);
    expect(again.stderr).toContain('already exists');
  });
});
