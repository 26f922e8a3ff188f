import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  addCommand,
  addRemote,
  commit,
  commitUnseen,
  copyPackage,
  expectBlocked,
  expectPushWired,
  install,
  LEAK,
  listing,
  uninstall,
  writeHook,
} from '../support/installation.ts';
import { createFolder, createRepository, openRepository, type Ran, type TestRepository } from '../support/repository.ts';

/** The real ones, as npm has them. */
const PACKAGES = ['husky@9.1.7', 'lefthook@2.2.2', 'lint-staged@16.4.0', 'simple-git-hooks@2.14.0', '@j178/prek@0.5.3'];

/** For npm: where there is no way to the registry, say so at once. */
const FAIL_SOON = { npm_config_fetch_retries: '0', npm_config_fetch_timeout: '60000' };

let folder = '';
let hasManagers = false;

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'code-guardian-managers-')));
  writeFileSync(join(folder, 'package.json'), '{}');
  // None of their install scripts is needed: each would wire hooks, or fetch what its package brings anyway.
  const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline', ...PACKAGES];
  const { status, stderr } = spawnSync('npm', args, { cwd: folder, env: { ...process.env, ...FAIL_SOON }, encoding: 'utf8' });
  hasManagers = status === 0;
  if (!hasManagers && process.env['CI'] === 'true') throw new Error(`CI needs the npm registry, and npm ended with ${status}:\n${stderr}`);
}, 180_000);

beforeEach(({ skip }) => skip(!hasManagers, 'the npm registry cannot be reached'));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A repository with code-guardian where npm puts it, the managers in PATH, and a remote. */
function arrange(files: Readonly<Record<string, string>>): TestRepository {
  const { top, env } = createRepository();
  const repository = openRepository(top, { ...env, PATH: `${join(folder, 'node_modules/.bin')}:${env['PATH']}` });
  for (const [path, content] of Object.entries(files)) repository.write(path, content);
  addCommand(repository);
  addRemote(repository);
  repository.git('add', '.');
  repository.git('commit', '--quiet', '--message', 'start');
  return repository;
}

function run({ top, env }: TestRepository, command: string, ...args: readonly string[]): void {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: top, env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ended with ${status}: ${stdout}${stderr}`);
}

function read({ top }: TestRepository, path: string): string {
  return readFileSync(join(top, path), 'utf8');
}

function said({ stdout, stderr }: Ran): string {
  return stdout + stderr;
}

/** A secret is blocked once, a clean commit passes, and the manager's own job runs at both. */
function expectThrough(repository: TestRepository): void {
  const blocked = commit(repository, LEAK);
  expectBlocked(blocked);
  expect(said(blocked).split('stripe-key ·').length - 1).toBe(1);
  const clean = commit(repository, 'const key = 1;\n');
  expect(said(clean)).toContain('job of theirs');
  expect(clean.code).toBe(0);
}

/** What `install --write` wrote, found where the manager looks for it, goes again to the byte. */
async function expectGoes(repository: TestRepository, file: string, before: string): Promise<void> {
  expect(read(repository, file)).not.toBe(before);
  expect(await uninstall(repository)).toContain(`Removed from ${file}`);
  expect(read(repository, file)).toBe(before);
}

const LEFTHOOK = `# our hooks
pre-commit:
  parallel: false # one after another

  commands:
      ours: { run: echo job of theirs }
pre-push:
  jobs:
    - run: cat >/dev/null
      use_stdin: true
commit-msg:
  commands:
    ours:
      run: echo job of theirs`;

describe('lefthook', () => {
  it('is chained, and the way to be its guest is printed once', async () => {
    const repository = arrange({ 'lefthook.yml': LEFTHOOK });
    run(repository, 'lefthook', 'install');
    const first = await install(repository);
    expect(first).toMatch(/pre-commit, commit-msg, pre-push: the existing hook runs first/);
    expect(first).toContain('code-guardian install --write');
    expect(first).toContain('      run: PATH="node_modules/.bin:$PATH" code-guardian hook pre-commit\n');
    expect(await install(repository)).not.toContain('lefthook');
    expectThrough(repository);
    expectPushWired(repository);
    expect(read(repository, 'lefthook.yml')).toBe(LEFTHOOK);
  });

  it('has us as its guest with --write, at every hook that it runs', async () => {
    const repository = arrange({ 'lefthook.yml': LEFTHOOK });
    run(repository, 'lefthook', 'install');
    const hooks = listing(join(repository.top, '.git/hooks'));
    expect(await install(repository, '--hook', 'pre-commit', '--hook', 'commit-msg', '--hook', 'pre-push', '--write')).toBe(
      'Installed in lefthook.yml: pre-commit, commit-msg, pre-push\n',
    );
    expect(listing(join(repository.top, '.git/hooks'))).toEqual(hooks);
    expect(read(repository, 'lefthook.yml')).toContain('\n# our hooks\npre-commit:\n'.slice(1));
    const written = read(repository, 'lefthook.yml');
    expect(await install(repository, '--write')).toContain('Already installed in lefthook.yml: pre-commit, commit-msg, pre-push\n');
    expect(read(repository, 'lefthook.yml')).toBe(written);
    expectThrough(repository);
    expectBlocked(repository.tryGit(['commit', '--allow-empty', '--message', LEAK]));
    expectPushWired(repository);
    await expectGoes(repository, 'lefthook.yml', LEFTHOOK);
  });

  it('takes over from us when it is installed later, and nothing is left of ours', async () => {
    const repository = arrange({ 'lefthook.yml': LEFTHOOK });
    const told = await install(repository, '--write');
    expect(told).toMatch(/^Installed in lefthook\.yml: .*\nInstalled in \.git\/hooks: [^]*lefthook install/);
    expectBlocked(commit(repository, LEAK));
    run(repository, 'lefthook', 'install');
    expect(readdirSync(join(repository.top, '.git/hooks'))).toContain('pre-commit.old');
    await install(repository);
    expect(readdirSync(join(repository.top, '.git/hooks'))).not.toContain('pre-commit.old');
    expect(read(repository, '.git/hooks/pre-commit')).toContain('lefthook');
    expectThrough(repository);
    expectPushWired(repository);
    await expectGoes(repository, 'lefthook.yml', LEFTHOOK);
  });

  it('is told of more hooks later, and all of it goes again', async () => {
    const repository = arrange({ 'lefthook.yml': LEFTHOOK });
    await install(repository, '--write', '--hook', 'pre-commit');
    expect(await install(repository, '--write')).toContain('Installed in lefthook.yml: pre-merge-commit, commit-msg, pre-push\n');
    run(repository, 'lefthook', 'install');
    expectThrough(repository);
    expectPushWired(repository);
    await expectGoes(repository, 'lefthook.yml', LEFTHOOK);
  });

  it('is chained no more once it calls us', async () => {
    const repository = arrange({ 'lefthook.yml': LEFTHOOK });
    run(repository, 'lefthook', 'install');
    const hooks = listing(join(repository.top, '.git/hooks'));
    await install(repository);
    await install(repository, '--write');
    expect(listing(join(repository.top, '.git/hooks')).filter((line) => !line.startsWith('pre-merge-commit '))).toEqual(hooks);
    expectThrough(repository);
    await uninstall(repository);
    expect(listing(join(repository.top, '.git/hooks'))).toEqual(hooks);
  });
});

const PRE_COMMIT = `# our hooks
repos:
# ours
- repo: local
  hooks:
  - id: ours
    name: ours
    entry: echo job of theirs
    language: system
    verbose: true
    pass_filenames: false
    always_run: true
    stages: [pre-commit, pre-push, commit-msg]
`;
const STAGES = ['pre-commit', 'commit-msg', 'pre-push'];

describe('prek, which reads the config of pre-commit', () => {
  const types = STAGES.flatMap((stage) => ['-t', stage]);

  it('is chained, and the way to be its guest is printed', async () => {
    const repository = arrange({ '.pre-commit-config.yaml': PRE_COMMIT });
    run(repository, 'prek', 'install', ...types);
    expect(await install(repository)).toContain('entry: node_modules/.bin/code-guardian hook pre-commit');
    expectThrough(repository);
    expectPushWired(repository);
  });

  it('has us as its guest with --write, and tells us of a push what it tells anybody', async () => {
    const repository = arrange({ '.pre-commit-config.yaml': PRE_COMMIT });
    run(repository, 'prek', 'install', ...types);
    const told = await install(repository, '--write');
    expect(told).toContain('Installed in .pre-commit-config.yaml: pre-commit, commit-msg, pre-push\n');
    expect(told).toContain('reports only one to its hooks');
    expect(await install(repository)).toContain('Already installed in .pre-commit-config.yaml: pre-commit, commit-msg, pre-push\n');
    repository.git('add', '.');
    expectThrough(repository);
    expectBlocked(repository.tryGit(['commit', '--allow-empty', '--message', LEAK]));
    repository.git('push', '--quiet', 'origin', 'HEAD');
    commitUnseen(repository, LEAK, 'leak.js');
    expectBlocked(repository.tryGit(['push', 'origin', 'HEAD']));
    repository.git('reset', '--quiet', '--keep', 'HEAD~');
    await expectGoes(repository, '.pre-commit-config.yaml', PRE_COMMIT);
  });

  it('that is installed behind us keeps ours, until it calls us itself', async () => {
    const repository = arrange({ '.pre-commit-config.yaml': PRE_COMMIT });
    await install(repository);
    run(repository, 'prek', 'install', ...types);
    expect(existsSync(join(repository.top, '.git/hooks/pre-commit.legacy'))).toBe(true);
    expectThrough(repository);
    await install(repository, '--write');
    expect(existsSync(join(repository.top, '.git/hooks/pre-commit.legacy'))).toBe(false);
    repository.git('add', '.');
    expectThrough(repository);
  });
});

describe('prek with our own hooks', () => {
  const PACKAGE = fileURLToPath(new URL('../..', import.meta.url));
  const types = ['pre-commit', 'pre-merge-commit', 'commit-msg', 'pre-push'].flatMap((stage) => ['-t', stage]);

  /** A secret is blocked at each of the four stages, and the rest passes. */
  function expectStages(repository: TestRepository): void {
    expectBlocked(commit(repository, LEAK));
    expect(commit(repository, 'const key = 1;\n')).toMatchObject({ code: 0 });
    expectBlocked(repository.tryGit(['commit', '--allow-empty', '--message', LEAK]));
    repository.git('push', '--quiet', 'origin', 'HEAD');
    repository.git('checkout', '--quiet', '-b', 'side');
    commitUnseen(repository, LEAK, 'leak.js');
    expectBlocked(repository.tryGit(['push', 'origin', 'HEAD']));
    repository.git('checkout', '--quiet', 'main');
    repository.git('commit', '--quiet', '--allow-empty', '--message', 'main');
    expectBlocked(repository.tryGit(['merge', '--no-edit', 'side']));
  }

  function arrangePrek(config: string): TestRepository {
    const repository = arrange({ '.pre-commit-config.yaml': config });
    // Its environments are made once, and apart from those of whoever runs the tests.
    const { NODE_EXTRA_CA_CERTS } = process.env;
    const env = { ...repository.env, ...FAIL_SOON, NODE_EXTRA_CA_CERTS, PREK_HOME: join(folder, 'prek') };
    const prek = openRepository(repository.top, env);
    run(prek, 'prek', 'install', ...types);
    return prek;
  }

  it('runs those of .pre-commit-hooks.yaml at their stages', async () => {
    const release = createRepository();
    // What npm gets from a repository: here with its bundle in it, which saves building it once more.
    copyPackage(release.top);
    const {
      scripts: _,
      devDependencies: __,
      ...manifest
    } = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8')) as Record<string, unknown>;
    release.write('package.json', JSON.stringify(manifest));
    release.write('.pre-commit-hooks.yaml', readFileSync(join(PACKAGE, '.pre-commit-hooks.yaml')));
    release.git('add', '.');
    release.git('commit', '--quiet', '--message', 'release');
    const ids = '{ id: code-guardian }, { id: code-guardian-message }';
    const repository = arrangePrek(
      `repos:\n  - { repo: ${release.top}, rev: ${release.git('rev-parse', 'HEAD').trim()}, hooks: [${ids}] }\n`,
    );
    expect(await install(repository)).toContain(
      'Already installed in .pre-commit-config.yaml: pre-commit, pre-merge-commit, commit-msg, pre-push\n',
    );
    expectStages(repository);
  });

  it('runs a local hook that has the package as a dependency', () => {
    const packed = createFolder();
    const { status, stdout, stderr } = spawnSync('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', packed], {
      cwd: PACKAGE,
      encoding: 'utf8',
    });
    expect({ status, stderr }).toMatchObject({ status: 0 });
    const [{ filename }] = JSON.parse(stdout) as [{ filename: string }];
    const hook = (stage: string, more = 'pass_filenames: false'): string =>
      `      - { id: ${stage}, name: ${stage}, entry: code-guardian hook ${stage}, language: node, stages: [${stage}], always_run: true, ${more}, additional_dependencies: ['${join(packed, filename)}'] }\n`;
    const hooks = [hook('pre-commit'), hook('pre-merge-commit'), hook('commit-msg', 'require_serial: true'), hook('pre-push')];
    const repository = arrangePrek(`repos:\n  - repo: local\n    hooks:\n${hooks.join('')}`);
    expectStages(repository);
  });
});

describe('simple-git-hooks', () => {
  const PACKAGE = `{
    "name": "theirs",
    "simple-git-hooks": {
        "pre-commit": "echo \\"job of theirs\\"",
        "pre-push": "cat >&2"
    },
    "private": true
}
`;

  it('is chained', async () => {
    const repository = arrange({ 'package.json': PACKAGE });
    run(repository, 'simple-git-hooks');
    expect(await install(repository)).toContain('deletes other hooks');
    expectThrough(repository);
    expectPushWired(repository);
  });

  it('has us as its guest with --write, as soon as it is run again', async () => {
    const repository = arrange({ 'package.json': PACKAGE });
    run(repository, 'simple-git-hooks');
    const told = await install(repository, '--write');
    expect(told).toMatch(/^Installed in package\.json: pre-commit, pre-merge-commit, commit-msg, pre-push\n/);
    expect(told).toContain('npx simple-git-hooks');
    expect(Object.keys(JSON.parse(read(repository, 'package.json')) as object)).toEqual(['name', 'simple-git-hooks', 'private']);
    expectThrough(repository);
    run(repository, 'simple-git-hooks');
    expect(await install(repository)).toBe('Already installed in package.json: pre-commit, pre-merge-commit, commit-msg, pre-push\n');
    expect(read(repository, '.git/hooks/pre-commit')).toContain('SKIP_SIMPLE_GIT_HOOKS');
    repository.git('rm', '--quiet', '--force', 'a.js');
    repository.git('commit', '--quiet', '--no-verify', '--message', 'again');
    expectThrough(repository);
    expectBlocked(repository.tryGit(['commit', '--allow-empty', '--message', LEAK]));
    // Its own command is told of the push all the same.
    expect(said(repository.tryGit(['push', 'origin', 'HEAD']))).toContain('refs/heads/main');
    expectPushWired(repository);
    await expectGoes(repository, 'package.json', PACKAGE);
  });
});

describe('lint-staged', () => {
  const CONFIG = '# ours\n"*.js": echo job of theirs\n';

  it('has us among its tasks with --write, in a hook that runs it', async () => {
    const repository = arrange({ '.lintstagedrc.yaml': CONFIG });
    writeHook(repository, '#!/bin/sh\nlint-staged --verbose\n');
    const told = await install(repository, '--write');
    expect(told).toMatch(
      /^Installed in \.lintstagedrc\.yaml: pre-commit\nInstalled in \.git\/hooks: pre-merge-commit, commit-msg, pre-push\n/,
    );
    expect(read(repository, '.git/hooks/pre-commit')).toBe('#!/bin/sh\nlint-staged --verbose\n');
    expectThrough(repository);
    expect(await install(repository)).toContain('Already installed in .lintstagedrc.yaml: pre-commit\n');
    await expectGoes(repository, '.lintstagedrc.yaml', CONFIG);
  });

  it('is chained where it is not to be written to, and passes its file names to nobody', async () => {
    const repository = arrange({ 'package.json': '{ "lint-staged": { "*": "echo job of theirs" } }\n' });
    writeHook(repository, '#!/bin/sh\nlint-staged --verbose\n');
    expect(await install(repository)).toMatch(/runs first[^]*add to package\.json:\n\n {2}\{\n {4}"lint-staged"/);
    expectThrough(repository);
  });
});

describe('husky', () => {
  function husky(files: Readonly<Record<string, string>>): TestRepository {
    const repository = arrange({ '.husky/pre-commit': 'echo job of theirs\n', ...files });
    run(repository, 'husky');
    return repository;
  }

  it('runs us first in its files, and those that it has stay', async () => {
    const repository = husky({});
    expect(await install(repository)).toMatch(/^Installed in \.husky: pre-commit, pre-merge-commit, commit-msg, pre-push\n/);
    expect(read(repository, '.husky/pre-push')).toMatch(/^code-guardian hook pre-push "\$@" # /);
    expect(read(repository, '.husky/commit-msg')).toMatch(/^code-guardian hook commit-msg "\$@" # /);
    expectThrough(repository);
    expectBlocked(repository.tryGit(['commit', '--allow-empty', '--message', LEAK]));
    expectPushWired(repository);
  });

  it.each(['cat >"$HOME/seen"\n', 'while read -r line; do echo "$line" >>"$HOME/seen"; done\n'])(
    'leaves what git tells a push for the lines behind ours: %j',
    async (content) => {
      const repository = husky({ '.husky/pre-push': content });
      await install(repository);
      expectPushWired(repository);
      expect(readFileSync(join(repository.env['HOME']!, 'seen'), 'utf8')).toMatch(/^\S+ [\da-f]{40} refs\/heads\/main 0{40}\n$/);
      await uninstall(repository);
      expect(read(repository, '.husky/pre-push')).toBe(content);
    },
  );

  it('stops a push where its own line fails, after ours has passed', async () => {
    const repository = husky({ '.husky/pre-push': 'exit 3\n' });
    await install(repository);
    expect(repository.tryGit(['push', 'origin', 'HEAD'])).toMatchObject({ code: 1 });
  });

  it('that is set up later takes over, and is announced', async () => {
    const repository = arrange({
      '.husky/pre-commit': 'echo job of theirs\n',
      'package.json': '{ "devDependencies": { "husky": "^9" } }\n',
    });
    for (let i = 0; i < 2; i++) expect(await install(repository)).toContain('run `npx husky`, then `code-guardian install` again');
    expectBlocked(commit(repository, LEAK));
    run(repository, 'husky');
    expect(await install(repository)).not.toContain('npx husky');
    expectThrough(repository);
  });

  it('is said not to be set up where git runs none of its hooks', async () => {
    const repository = husky({});
    await install(repository);
    repository.git('add', '.');
    repository.git('commit', '--quiet', '--no-verify', '--message', 'wired');
    repository.git('worktree', 'add', '--quiet', '../linked');
    const linked = openRepository(join(repository.top, '../linked'), repository.env);
    expect(await install(linked)).toContain('Husky is not set up in this worktree, so git runs no hooks. Run `npx husky`.');
    run(linked, 'husky');
    addCommand(linked);
    expect(await install(linked)).not.toContain('npx husky');
    expectThrough(linked);
  });
});

describe('a config file that is not to be changed', () => {
  it.each([
    ['lefthook.yml', 'pre-commit: { commands: { ours: { run: echo job of theirs } } }\n'],
    ['lefthook.toml', '[pre-commit.commands.ours]\nrun = "echo job of theirs"\n'],
    ['lefthook.json', '{ "pre-commit": { "commands": { "ours": { "run": "echo job of theirs" } } } }\n'],
  ])('%s in a form of its own: what to put in is printed, and ours is chained', async (file, content) => {
    const repository = arrange({ [file]: content });
    run(repository, 'lefthook', 'install');
    const told = await install(repository, '--write');
    expect(told).toContain(`${file} could not be edited. Add by hand:`);
    expect(read(repository, file)).toBe(content);
    expectThrough(repository);
  });

  it('is one that uninstall finds changed since: it says so, and leaves it', async () => {
    const repository = arrange({ 'lefthook.yml': LEFTHOOK });
    await install(repository, '--write');
    const changed = read(repository, 'lefthook.yml').replace('      code-guardian:\n', '      code-guardian:\n        tags: mine\n');
    repository.write('lefthook.yml', changed);
    expect(await uninstall(repository)).toContain('lefthook.yml: our lines were changed since the installation');
    expect(read(repository, 'lefthook.yml')).toBe(changed);
  });

  it('is a symlink, which would be replaced; what it says counts', async () => {
    const repository = arrange({ 'shared.yml': LEFTHOOK });
    run(repository, 'ln', '-s', 'shared.yml', 'lefthook.yml');
    run(repository, 'lefthook', 'install');
    expect(await install(repository, '--write')).toContain('could not be edited');
    expect(read(repository, 'shared.yml')).toBe(LEFTHOOK);
    repository.write(
      'shared.yml',
      LEFTHOOK.replace('echo job', 'PATH="node_modules/.bin:$PATH" code-guardian hook pre-commit && echo job'),
    );
    expect(await install(repository)).toContain('Already installed in lefthook.yml: pre-commit\n');
    expectThrough(repository);
  });

  it('keeps its mode', async () => {
    const repository = arrange({ 'lefthook.yml': LEFTHOOK });
    chmodSync(join(repository.top, 'lefthook.yml'), 0o640);
    await install(repository, '--write');
    expect(listing(repository.top).find((line) => line.startsWith('lefthook.yml '))).toMatch(/^lefthook\.yml 100640 /);
  });
});
