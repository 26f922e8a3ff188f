import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Check, HealthReport } from '../../src/report/health-report.ts';
import { BIN, createFolder, createRepository, openRepository, type Ran, type TestRepository } from '../support/repository.ts';

const HUSKY = fileURLToPath(new URL('../../node_modules/husky/bin.js', import.meta.url));
const PACKAGE = dirname(dirname(BIN));
const HOOKS = ['pre-commit', 'pre-merge-commit', 'commit-msg', 'pre-push'];

async function installed(initArgs: readonly string[] = []): Promise<TestRepository> {
  const repository = createRepository({ initArgs });
  await install(repository);
  return repository;
}

/** With one hook: `doctor` runs each of them twice. */
async function installedPreCommit(): Promise<TestRepository> {
  const repository = createRepository();
  await install(repository, '--hook', 'pre-commit');
  return repository;
}

async function install(repository: TestRepository, ...args: readonly string[]): Promise<void> {
  expect(await repository.guardian(['install', ...args])).toMatchObject({ code: 0, stderr: '' });
}

interface Examined {
  readonly code: number | null;
  readonly status: HealthReport['status'];
  readonly checks: readonly Check[];
  /** Of the worktree that `doctor` is run in. */
  readonly of: (name: string) => Check;
}

async function doctor(
  repository: TestRepository,
  args: readonly string[] = [],
  more: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<Examined> {
  return readExamined(await repository.guardian(['doctor', '--format', 'json', ...args], more));
}

function readExamined({ code, stdout, stderr }: Ran): Examined {
  expect(stderr).toBe('');
  const { schema, status, checks } = JSON.parse(stdout) as HealthReport & { schema: string };
  expect(schema).toBe('code-guardian.doctor/1');
  const needsHint = ({ status: own }: Check): boolean => own === 'warn' || own === 'fail';
  expect(checks.filter((check) => needsHint(check) !== (check.hint !== undefined))).toEqual([]);
  return { code, status, checks, of: (name) => checks.find((check) => check.name === name && check.worktree === undefined)! };
}

function hookOf({ top }: TestRepository, name = 'pre-commit', folder = '.git/hooks'): string {
  return join(top, folder, name);
}

function writeScript(path: string, content: string, mode = 0o755): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  chmodSync(path, mode);
}

/** What `npm install` would put there. */
function addPackage(top: string): void {
  mkdirSync(join(top, 'node_modules'), { recursive: true });
  symlinkSync(PACKAGE, join(top, 'node_modules/code-guardian'));
  writeScript(join(top, 'node_modules/.bin/code-guardian'), `#!/bin/sh\nexec '${process.execPath}' '${BIN}' "$@"\n`);
}

function startHusky({ top, env }: TestRepository): void {
  expect(spawnSync(process.execPath, [HUSKY], { cwd: top, env }).status).toBe(0);
}

/** Everything in a folder: name, mode, time of change (but of marks of ours) and bytes. The key of fingerprints is made at the first finding, whoever has it. */
function listing(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => !/(?:^|\/)code-guardian(?:\/key)?$/.test(name) && name !== '.git')
    .toSorted()
    .map((name) => {
      const path = join(folder, name);
      const stat = lstatSync(path);
      return `${name} ${stat.mode.toString(8)} ${name.includes('code-guardian/') ? '' : stat.mtimeMs} ${stat.isFile() ? readFileSync(path, 'latin1') : ''}`;
    });
}

describe('healthy', () => {
  it('after install, with no commit yet', async () => {
    const { code, status, checks, of } = await doctor(await installed());
    expect(checks.filter((check) => check.status !== 'ok' && check.status !== 'skipped')).toEqual([]);
    expect({ code, status }).toEqual({ code: 0, status: 'healthy' });
    expect(checks.map(({ name }) => name)).toEqual([
      'git',
      'node',
      'repository',
      'hooks-path',
      ...HOOKS,
      'canary',
      'runtime',
      'config',
      'rules',
      'baseline',
      'permissions',
      'environment',
    ]);
    expect(of('canary').detail).toContain('4 hooks blocked a planted token');
  });

  it.each([
    ['in a SHA-256 repository', ['--object-format=sha256']],
    ['with a git directory elsewhere', ['--separate-git-dir=../elsewhere']],
  ])('%s', async (_, initArgs) => {
    const repository = await installed(initArgs);
    repository.git('commit', '--allow-empty', '--no-verify', '--message', 'first');
    expect(await doctor(repository)).toMatchObject({ code: 0, status: 'healthy' });
  });

  it('with a git directory and a work tree that variables name', async () => {
    const bare = createRepository({ initArgs: ['--bare'] });
    bare.git('config', 'core.bare', 'false');
    const home = createFolder();
    const env = { GIT_DIR: bare.top, GIT_WORK_TREE: home };
    expect(await bare.guardian(['install'], { cwd: home, env })).toMatchObject({ code: 0, stderr: '' });
    const { status, of, checks } = await doctor(bare, [], { cwd: home, env });
    expect(status).toBe('healthy');
    expect(of('repository').detail).toBe(home);
    expect(checks.filter(({ worktree }) => worktree !== undefined)).toEqual([]);
  });

  it('under a path with blanks, quotes and a colon', async () => {
    const repository = createRepository({ top: join(createFolder(), `it's "a: b"`) });
    await install(repository);
    repository.write('a.txt', 'a\n');
    repository.git('add', '.');
    repository.git('commit', '--message', 'first');
    expect(await doctor(repository)).toMatchObject({ code: 0, status: 'healthy' });
  });

  it('changes nothing in the repository, and leaves nothing behind', async () => {
    const repository = await installed();
    repository.git('config', 'core.splitIndex', 'true');
    repository.write('a.txt', 'a\n');
    repository.git('add', '.');
    repository.git('commit', '--message', 'first');
    repository.write('b.txt', 'staged\n');
    repository.git('add', 'b.txt');
    repository.write('b.txt', 'changed since\n');
    const temporary = createFolder();
    const before = listing(repository.top);
    // Node reads TMPDIR from the environment of the process.
    const ran = repository.spawnGuardian(['doctor', '--format', 'json'], { env: { TMPDIR: temporary } });
    expect(readExamined(ran)).toMatchObject({ code: 0, status: 'healthy' });
    expect(listing(repository.top)).toEqual(before);
    expect(readdirSync(temporary)).toEqual([]);
  });

  it('puts everything back when it is interrupted', async () => {
    const repository = await installed();
    repository.write('a.txt', 'a\n');
    repository.git('add', '.');
    repository.git('commit', '--message', 'first');
    const [temporary, started] = [createFolder(), join(createFolder(), 'started')];
    const marks = join(repository.top, '.git/code-guardian');
    writeScript(hookOf(repository), `#!/bin/sh\n# code-guardian shim 1: slow\necho x > ${marks}/seen; echo x > '${started}'; sleep 100\n`);
    const before = listing(repository.top);
    const child = spawn(process.execPath, [BIN, 'doctor'], { cwd: repository.top, env: { ...repository.env, TMPDIR: temporary } });
    const ended = new Promise((resolve) => child.once('close', resolve));
    await expect.poll(() => existsSync(started), { timeout: 20_000 }).toBe(true);
    child.kill('SIGINT');
    expect(await ended).toBe(130);
    expect(listing(repository.top)).toEqual(before);
    expect(readdirSync(temporary)).toEqual([]);
  });

  it('with a hook that was there, which is not run', async () => {
    const repository = createRepository();
    writeScript(hookOf(repository), '#!/bin/sh\ntouch ran\n');
    writeScript(hookOf(repository, 'pre-push'), '#!/bin/sh\ntouch ran\n');
    await install(repository);
    const { status, of } = await doctor(repository);
    expect(status).toBe('healthy');
    expect(of('pre-commit').detail).toContain('behind pre-commit.code-guardian-original');
    expect(of('canary').detail).toContain('chained hooks not run');
    expect(existsSync(join(repository.top, 'ran'))).toBe(false);
  });

  it('in a submodule', async () => {
    const inner = createRepository();
    inner.git('commit', '--allow-empty', '--message', 'first');
    const outer = createRepository();
    outer.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner.top, 'inner');
    const submodule = openRepository(join(outer.top, 'inner'), outer.env);
    await install(submodule);
    const { status, of, checks } = await doctor(submodule);
    expect(status).toBe('healthy');
    expect(of('repository').detail).toBe(`${submodule.top}, a submodule of ${outer.top}`);
    expect(checks.filter(({ worktree }) => worktree !== undefined)).toEqual([]);
  });
});

describe('unhealthy: the hook', () => {
  const expectUnhealthy = async (repository: TestRepository, detail: RegExp, hint: RegExp, name = 'pre-commit'): Promise<Examined> => {
    const examined = await doctor(repository);
    expect(examined).toMatchObject({ code: 1, status: 'unhealthy' });
    expect(examined.of(name)).toMatchObject({ status: 'fail', detail: expect.stringMatching(detail), hint: expect.stringMatching(hint) });
    return examined;
  };

  it('was never installed', async () => {
    const { of } = await expectUnhealthy(createRepository(), /no hook: commits are not scanned/, /code-guardian install/);
    expect(of('pre-push')).toMatchObject({ status: 'warn' });
    expect(of('canary')).toMatchObject({ status: 'skipped' });
    expect(of('runtime')).toMatchObject({ status: 'skipped' });
  });

  it('is no more run since husky came', async () => {
    const repository = await installed();
    startHusky(repository);
    await expectUnhealthy(
      repository,
      /belongs to husky and does not call code-guardian; our hook, \.git\/hooks\/pre-commit, never runs/,
      /code-guardian install/,
    );
    addPackage(repository.top);
    await install(repository);
    expect(await doctor(repository)).toMatchObject({ code: 0, status: 'healthy' });
  });

  it('starts a program that is gone', async () => {
    const repository = createRepository();
    const copy = join(createFolder(), 'package');
    for (const part of ['dist', 'hooks', 'package.json']) cpSync(join(PACKAGE, part), join(copy, part), { recursive: true });
    const install = [join(copy, 'dist/bin.cjs'), 'install', '--hook', 'pre-commit'];
    const { status } = spawnSync(process.execPath, install, { cwd: repository.top, env: repository.env });
    expect(status).toBe(0);
    expect(await doctor(repository)).toMatchObject({ code: 0, status: 'degraded' });
    rmSync(copy, { recursive: true });
    const { of } = await expectUnhealthy(repository, /the program of the hooks is gone: \S+bin\.cjs/, /install/, 'runtime');
    expect(of('canary')).toMatchObject({ status: 'fail', detail: expect.stringContaining('exited with 2: code-guardian') });
  });

  it('does nothing any more', async () => {
    const repository = await installedPreCommit();
    const shim = readFileSync(hookOf(repository), 'latin1');
    writeScript(hookOf(repository), shim.replace(/\nfolder=/, '\nexit 0\nfolder='));
    const { of } = await expectUnhealthy(repository, /pre-commit got a planted token and let it pass/, /by hand/, 'canary');
    expect(of('pre-commit')).toMatchObject({ status: 'warn' });
  });
});

describe('degraded', () => {
  const expectDegraded = async (repository: TestRepository, name: string, detail: RegExp, env: NodeJS.ProcessEnv = {}): Promise<void> => {
    const examined = await doctor(repository, [], { env });
    expect(examined.checks.filter(({ status }) => status === 'warn').map((check) => check.name)).toContain(name);
    expect(examined).toMatchObject({ code: 0, status: 'degraded' });
    expect(examined.of(name).detail).toMatch(detail);
  };

  it('hooks switched off by a variable, which --strict reports by its exit code', async () => {
    const [repository, env] = [await installedPreCommit(), { CODE_GUARDIAN: '0' }];
    await expectDegraded(repository, 'environment', /CODE_GUARDIAN=0/, env);
    expect(await doctor(repository, ['--strict'], { env })).toMatchObject({ code: 1, status: 'degraded' });
  });

  it.each([
    ['lets everything pass', 'failFast: false\n', /the config lets it pass/],
    ['does not look for what is planted', 'rules: { github-token: off }\n', /the config switches off the rule/],
  ])('a config that %s', async (_, config, detail) => {
    const repository = await installedPreCommit();
    repository.write('.code-guardianrc.yaml', config);
    repository.git('add', '.');
    repository.git('commit', '--no-verify', '--message', 'config');
    await expectDegraded(repository, 'canary', detail);
  });

  it('a hook and a config that anybody may change', async () => {
    const repository = await installedPreCommit();
    repository.write('.code-guardianrc.yaml', 'failOn: low\n');
    chmodSync(join(repository.top, '.code-guardianrc.yaml'), 0o666);
    chmodSync(hookOf(repository), 0o777);
    await expectDegraded(repository, 'permissions', /every user of this machine: \.git\/hooks\/pre-commit, \.code-guardianrc\.yaml$/);
  });
});

describe('guests of other managers', () => {
  const LEFTHOOK = '#!/bin/sh\ncall_lefthook run "pre-commit" "$@"\n';

  it('calls code-guardian as lefthook would, and runs no lefthook', async () => {
    const repository = await installedPreCommit();
    addPackage(repository.top);
    writeScript(hookOf(repository), `${LEFTHOOK}touch ran\n`);
    repository.write('lefthook.yml', 'pre-commit:\n  commands:\n    code-guardian:\n      run: code-guardian hook pre-commit\n');
    const { code, of } = await doctor(repository);
    expect(code).toBe(0);
    expect(of('pre-commit')).toMatchObject({ status: 'ok', detail: expect.stringContaining('lefthook calls code-guardian') });
    expect(of('canary')).toMatchObject({ status: 'ok', detail: expect.stringContaining('lefthook not run') });
    expect(existsSync(join(repository.top, 'ran'))).toBe(false);
  });

  it('says where the command is not found', async () => {
    const repository = await installedPreCommit();
    writeScript(hookOf(repository), '#!/bin/sh\ncode-guardian hook pre-commit\n');
    const { code, of } = await doctor(repository);
    expect(code).toBe(1);
    expect(of('pre-commit')).toMatchObject({ status: 'ok', detail: expect.stringContaining('your own hook calls') });
    expect(of('canary')).toMatchObject({ status: 'fail', detail: expect.stringContaining('did not find code-guardian on its PATH') });
  });

  it('says where the command is found from a terminal only', async () => {
    const repository = await installedPreCommit();
    const tools = createFolder();
    addPackage(tools);
    writeScript(hookOf(repository), '#!/bin/sh\ncode-guardian hook pre-commit\n');
    const { code, of } = await doctor(repository, [], { env: { PATH: `${join(tools, 'node_modules/.bin')}:${repository.env['PATH']}` } });
    expect(code).toBe(0);
    expect(of('canary')).toMatchObject({ status: 'warn', detail: expect.stringContaining('GUI programs') });
  });

  it('sees our hook behind pre-commit’s', async () => {
    const repository = await installedPreCommit();
    cpSync(hookOf(repository), `${hookOf(repository)}.legacy`);
    writeScript(hookOf(repository), '#!/usr/bin/env bash\n# File generated by pre-commit: https://pre-commit.com\n');
    const { code, of } = await doctor(repository);
    expect(code).toBe(0);
    expect(of('pre-commit').detail).toContain('pre-commit runs our hook');
    expect(of('canary').status).toBe('ok');
  });
});

/** Git reads hooks from its config since 2.54. */
const HAS_CONFIG_HOOKS = (([major = 0, minor = 0]) => major > 2 || (major === 2 && minor >= 54))(
  (/(\d+)\.(\d+)/.exec(spawnSync('git', ['version'], { encoding: 'utf8' }).stdout) ?? []).slice(1).map(Number),
);

describe('hooks in git’s config', () => {
  it.skipIf(!HAS_CONFIG_HOOKS)('are tried as git runs them', async () => {
    const repository = createRepository();
    expect(await repository.guardian(['install', '--config-hooks'])).toMatchObject({ code: 0, stderr: '' });
    const { status, of } = await doctor(repository);
    expect(of('canary').detail).toContain('4 hooks blocked a planted token');
    expect(of('pre-commit').detail).toContain('hook.code-guardian-pre-commit in git’s config');
    expect(of('runtime').status).toBe('ok');
    expect(status).toBe('healthy');
    rmSync(join(repository.top, '.git/code-guardian/hooks/pre-commit'));
    expect(await doctor(repository)).toMatchObject({ code: 1, status: 'unhealthy' });
  });

  it.skipIf(HAS_CONFIG_HOOKS)('are never run by a git that is too old', async () => {
    const repository = createRepository();
    repository.git('config', 'hook.code-guardian-pre-commit.command', 'code-guardian hook pre-commit');
    repository.git('config', 'hook.code-guardian-pre-commit.event', 'pre-commit');
    expect((await doctor(repository)).of('pre-commit')).toMatchObject({
      status: 'fail',
      detail: expect.stringContaining('this git is too old for'),
    });
  });
});

describe('worktrees', () => {
  const linked = (repository: TestRepository): string => {
    const path = join(dirname(repository.top), 'linked');
    repository.git('worktree', 'add', '--quiet', path);
    return path;
  };

  it('tries the hook in each', async () => {
    const repository = await installedPreCommit();
    repository.git('commit', '--allow-empty', '--message', 'first');
    const path = linked(repository);
    const { code, checks } = await doctor(repository);
    expect(code).toBe(0);
    expect(checks.filter(({ worktree }) => worktree === path)).toMatchObject([{ name: 'canary', status: 'ok' }]);
    const from = await doctor(repository, [], { cwd: path });
    expect(from).toMatchObject({ code: 0, status: 'degraded' });
    expect(from.checks.filter(({ worktree }) => worktree === repository.top)).toMatchObject([{ name: 'canary', status: 'ok' }]);
  });

  it('finds the one that husky was not set up in', async () => {
    const repository = createRepository();
    addPackage(repository.top);
    startHusky(repository);
    await install(repository);
    repository.write('.gitignore', 'node_modules\n');
    repository.git('add', '.');
    repository.git('commit', '--message', 'first');
    const path = linked(repository);
    const { code, checks } = await doctor(repository);
    expect(code).toBe(1);
    expect(checks.find(({ name, worktree }) => name === 'pre-commit' && worktree === path)).toMatchObject({
      status: 'fail',
      detail: expect.stringContaining('husky is not set up in this worktree'),
    });
  });

  it('leaves out the one whose folder is gone', async () => {
    const repository = await installedPreCommit();
    repository.git('commit', '--allow-empty', '--message', 'first');
    const path = linked(repository);
    rmSync(path, { recursive: true });
    const { code, checks } = await doctor(repository);
    expect(code).toBe(0);
    expect(checks.filter(({ worktree }) => worktree === path)).toMatchObject([{ name: 'repository', status: 'skipped' }]);
  });

  it('looks at those of a bare repository, which is no server then', async () => {
    const repository = await installed();
    repository.git('commit', '--allow-empty', '--message', 'first');
    const bare = join(createFolder(), 'bare.git');
    repository.git('clone', '--quiet', '--bare', repository.top, bare);
    const path = join(dirname(bare), 'work');
    openRepository(bare, repository.env).git('worktree', 'add', '--quiet', path, 'main');
    await install(openRepository(path, repository.env));
    const { code, checks } = await doctor(openRepository(bare, repository.env));
    expect(code).toBe(0);
    expect(checks.filter(({ worktree }) => worktree === path).map(({ name }) => name)).toContain('pre-commit');
  });
});

describe('a bare repository', () => {
  it('is healthy with it', async () => {
    const bare = createRepository({ initArgs: ['--bare'] });
    expect(await bare.guardian(['install', '--server'])).toMatchObject({ code: 0, stderr: '' });
    const before = listing(bare.top);
    const { code, status, of } = await doctor(bare);
    expect(of('canary')).toMatchObject({ status: 'ok', detail: expect.stringContaining('pre-receive blocked') });
    expect(of('repository').detail).toContain('bare');
    expect({ code, status }).toEqual({ code: 0, status: 'healthy' });
    expect(listing(bare.top)).toEqual(before);
  });
});

describe('could not check', () => {
  const expectUnchecked = (examined: Examined, name: string, detail: RegExp): void => {
    expect(examined).toMatchObject({ code: 2, status: 'unchecked' });
    expect(examined.of(name)).toMatchObject({ status: 'fail', detail: expect.stringMatching(detail) });
  };

  it('outside a repository', async () => {
    const repository = createRepository();
    expectUnchecked(await doctor(repository, [], { cwd: createFolder() }), 'repository', /not a git repository/);
  });

  it('without git', async () => {
    const repository = createRepository();
    expectUnchecked(await doctor(repository, [], { env: { PATH: createFolder() } }), 'git', /git: command not found/);
  });

  // Only root can give a folder away.
  it.skipIf(process.getuid?.() !== 0)('where git does not trust the repository', async () => {
    const repository = await installed();
    expect(spawnSync('chown', ['-R', '65534', repository.top]).status).toBe(0);
    expectUnchecked(await doctor(repository, [], { env: { SUDO_UID: '' } }), 'repository', /does not trust this repository/);
  });
});

describe('what is written', () => {
  it('is text for people, without colours where there is no terminal', async () => {
    const { code, stdout, stderr } = await (await installed()).guardian(['doctor']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('✓ pre-commit        .git/hooks/pre-commit is ours\n');
    expect(stdout).toMatch(/\n✓ healthy: \d+ checks\n$/);
    expect(stdout).not.toContain('\u001b');
  });

  it('is only ASCII of our own where the terminal is dumb, and painted where that is asked for', async () => {
    const repository = createRepository();
    expect((await repository.guardian(['doctor'], { env: { TERM: 'dumb' } })).stdout).toMatch(/^[\x20-\x7e\n]+$/);
    expect((await repository.guardian(['doctor', '--color'])).stdout).toContain('\u001b[31m');
    expect((await repository.guardian(['doctor'], { env: { FORCE_COLOR: '1', NO_COLOR: '1' } })).stdout).not.toContain('\u001b');
  });

  it('goes to a file that is named', async () => {
    const repository = await installedPreCommit();
    const { code, stdout } = await repository.guardian(['doctor', '--format', 'json', '--output', 'health.json']);
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(JSON.parse(readFileSync(join(repository.top, 'health.json'), 'utf8'))).toMatchObject({ status: 'degraded' });
  });

  it('is never the value that was planted', async () => {
    const repository = await installedPreCommit();
    writeScript(hookOf(repository), '#!/bin/sh\n# code-guardian shim 1: mine\nname=x\ngit diff --cached -U0 | tail -n 1 >&2\nexit 3\n');
    const { stdout } = await repository.guardian(['doctor', '--format', 'json']);
    expect(stdout).toContain('exited with 3: +…');
    expect(stdout).not.toMatch(/ghp_\w{30}/);
  });

  it('says that a format is not known', async () => {
    expect(await createRepository().guardian(['doctor', '--format', 'jso'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('did you mean json?'),
    });
  });
});
