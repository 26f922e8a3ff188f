import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { addCommand, expectWired, HOOKS, LEAK, listing } from '../support/installation.ts';
import { BIN, createFolder, createRepository, type TestRepository } from '../support/repository.ts';
import { HAS_PERMISSIONS, runUnprivileged } from '../support/unprivileged.ts';
import { HAS_TERMINAL, openTerminal, type Terminal } from '../support/terminal.ts';

const CONFIG = '.code-guardianrc.yaml';
const WEB = JSON.stringify({ name: 'shop', dependencies: { react: '19.0.0' } });

function project(files: Readonly<Record<string, string>> = {}): TestRepository {
  const repository = createRepository();
  for (const [path, text] of Object.entries(files)) repository.write(path, text);
  repository.git('add', '--all');
  return repository;
}

async function init(repository: TestRepository, ...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await repository.guardian(['init', ...args]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
}

const config = ({ top }: TestRepository): string => readFileSync(join(top, CONFIG), 'utf8');

describe('init', () => {
  it('writes a config that fits, wires the hooks, and says what is left', async () => {
    const repository = project({ 'package.json': WEB });
    const said = await init(repository);
    expect(said).toContain('preset web: react in package.json');
    expect(said).toContain(`config: written to ${CONFIG}, extends: [recommended, web]`);
    expect(said).toContain(`Installed in .git/hooks: ${HOOKS.join(', ')}`);
    expect(said).toContain('findings: none in 1 tracked file');
    expect(said).toContain(`Commit ${CONFIG}`);
    expect(said).toContain('npm pkg set scripts.prepare=');
    expect(config(repository)).toContain('extends: [recommended, web]\n');
    expect((await repository.guardian(['config', 'check'])).code).toBe(0);
    repository.git('commit', '--quiet', '--message', 'x');
    expectWired(repository);
  });

  it('changes nothing when it is run again', async () => {
    const repository = project({ 'package.json': WEB });
    await init(repository);
    const before = [config(repository), listing(join(repository.top, '.git/hooks'))];
    const said = await init(repository);
    expect(said).toContain(`config: ${CONFIG} exists and stays unchanged`);
    expect(said).toContain('Already installed in .git/hooks');
    expect([config(repository), listing(join(repository.top, '.git/hooks'))]).toEqual(before);
  });

  it.each([
    [CONFIG, 'failOn: low\n'],
    ['.config/code-guardianrc.json', '{"failOn":"low"}'],
    ['package.json', '{"code-guardian":{"failOn":"low"}}'],
  ])('leaves a config in %s as it is, and goes on with the rest', async (path, text) => {
    const repository = project({ [path]: text });
    const said = await init(repository, '--preset', 'web');
    expect(said).toContain(`config: ${path} exists and stays unchanged`);
    expect(said).toContain('--preset applies only to a new config');
    expect(said).toContain('Installed in .git/hooks');
    expect(readFileSync(join(repository.top, path), 'utf8')).toBe(text);
    expect(existsSync(join(repository.top, CONFIG))).toBe(path === CONFIG);
  });

  it('with --dry-run shows it, and changes nothing', async () => {
    const repository = project({ 'a.js': LEAK, 'package.json': WEB });
    const before = listing(repository.top);
    const said = await init(repository, '--dry-run');
    expect(said).toContain(`config: would be written to ${CONFIG}, extends: [recommended, web]`);
    expect(said).toContain('Would be installed in .git/hooks');
    expect(listing(repository.top)).toEqual(before);
  });

  it('says what is there already, and hides none of it', async () => {
    const repository = project({ 'a.js': LEAK, 'b.js': 'console.log(1);\n' });
    const said = await init(repository, '--yes');
    expect(said).toContain('findings: 2 in the tracked files, 1 of them blocking');
    expect(said).toContain('To accept them: `code-guardian baseline create --reason "before Code-Guardian"`');
    expect(existsSync(join(repository.top, '.code-guardian-baseline.json'))).toBe(false);
    expect((await repository.guardian(['scan', '--all'])).code).toBe(1);
  });

  it('takes presets by name, and names the nearest of one that is none', async () => {
    const repository = project({ 'package.json': WEB });
    const { code, stderr } = await repository.guardian(['init', '--preset', 'webb']);
    expect([code, existsSync(join(repository.top, CONFIG))]).toEqual([2, false]);
    expect(stderr).toContain('did you mean web?');
    await init(repository, '--preset', 'strict', '--preset', 'systems');
    expect(config(repository)).toContain('extends: [strict, systems]\n');
  });

  it('works from a folder, in a linked worktree, and without a commit', async () => {
    const repository = project({ 'src/a.js': '' });
    expect((await repository.guardian(['init'], { cwd: join(repository.top, 'src') })).code).toBe(0);
    expect(existsSync(join(repository.top, CONFIG))).toBe(true);
    repository.git('commit', '--quiet', '--no-verify', '--message', 'x');
    const tree = join(createFolder(), 'tree');
    repository.git('worktree', 'add', '--quiet', tree);
    const { code, stdout } = await repository.guardian(['init'], { cwd: tree });
    expect(code).toBe(0);
    expect(stdout).toContain('Already installed');
  });

  it('uses husky, and names its files to commit', async () => {
    const repository = project({ 'package.json': JSON.stringify({ scripts: { prepare: 'husky' } }), '.husky/pre-commit': 'npm test\n' });
    repository.write('.husky/_/h', '#!/bin/sh\n');
    repository.git('config', 'core.hooksPath', '.husky/_');
    const said = await init(repository);
    expect(said).toContain('Installed in .husky');
    expect(said).toMatch(/Commit \.code-guardianrc\.yaml, \.husky\/pre-commit, /);
    expect(said).not.toContain('prepare');
  });

  it('tells how another manager calls us, and writes there only with --write', async () => {
    const lefthook = 'pre-commit:\n  commands:\n    test:\n      run: npm test\n';
    const repository = project({ 'lefthook.yml': lefthook });
    addCommand(repository);
    expect(await init(repository)).toContain('code-guardian install --write');
    expect(readFileSync(join(repository.top, 'lefthook.yml'), 'utf8')).toBe(lefthook);
    expect(await init(repository, '--write')).toContain('lefthook.yml');
    expect(readFileSync(join(repository.top, 'lefthook.yml'), 'utf8')).toContain('code-guardian hook pre-commit');
  });

  it.each<[what: string, change: (repository: TestRepository) => string, said: string]>([
    ['outside of a repository', () => createFolder(), 'git init'],
    [
      'in a bare repository',
      ({ git }) => {
        const bare = join(createFolder(), 'bare.git');
        git('init', '--quiet', '--bare', bare);
        return bare;
      },
      'bare repository',
    ],
    [
      'where the hooks are not this repository’s',
      ({ git, top }) => {
        git('config', '--global', 'core.hooksPath', '/somewhere');
        return top;
      },
      'core.hooksPath',
    ],
  ])('%s ends with 2, and leaves all as it was', async (_, change, said) => {
    const repository = project();
    const cwd = change(repository);
    const before = listing(cwd);
    const { code, stderr } = await repository.guardian(['init'], { cwd });
    expect(code).toBe(2);
    expect(stderr).toContain(said);
    expect(stderr).not.toContain('scan PATH');
    expect(listing(cwd)).toEqual(before);
  });

  it.skipIf(!HAS_PERMISSIONS)('ends with 2 where it may not write', () => {
    const repository = project();
    chmodSync(repository.top, 0o555);
    expect(runUnprivileged(repository, ['init'])).toMatchObject({ code: 2, stderr: expect.stringContaining('EACCES') });
  });
});

describe.skipIf(!HAS_TERMINAL)('init at a terminal', () => {
  const start = (repository: TestRepository, ...args: readonly string[]): Terminal =>
    openTerminal(repository, [process.execPath, BIN, 'init', ...args]);

  it('asks with defaults, and takes them for Enter', async () => {
    const repository = project({ 'package.json': WEB, 'a.js': LEAK });
    const terminal = start(repository);
    await terminal.waitFor('Presets, separated by commas (Enter: recommended, web): ');
    terminal.press('\n');
    await terminal.waitFor('Block commits with findings?');
    expect(existsSync(join(repository.top, CONFIG))).toBe(false);
    terminal.press('\n');
    await terminal.waitFor('Accept all of them now, in .code-guardian-baseline.json? (y/N)');
    terminal.press('\n');
    expect((await terminal.end()).code).toBe(0);
    expect(config(repository)).toMatch(/extends: \[recommended, web\]\n[^]*failFast: true\n/);
    expect(existsSync(join(repository.top, '.code-guardian-baseline.json'))).toBe(false);
  });

  it('takes other answers, and asks again for what it does not know', async () => {
    const repository = project({ 'a.js': LEAK });
    const terminal = start(repository);
    await terminal.waitFor('Presets');
    terminal.press('strict mobil\n');
    await terminal.waitFor('did you mean mobile?');
    await terminal.waitFor('Presets');
    terminal.press('strict, mobile\n');
    await terminal.waitFor('(Y/n)');
    terminal.press('perhaps\n');
    await terminal.waitFor('(Y/n)');
    terminal.press('n\n');
    await terminal.waitFor('(y/N)');
    terminal.press('y\n');
    const { code, screen } = await terminal.end();
    expect(code).toBe(0);
    expect(screen).toContain('.code-guardian-baseline.json: 1 entry added');
    expect(config(repository)).toMatch(/extends: \[strict, mobile\]\n[^]*failFast: false\n/);
    expect((await repository.guardian(['scan', '--all'])).stdout).toContain('1 suppressed');
  });

  it('asks before it writes into another manager’s file', async () => {
    const repository = project({ 'lefthook.yml': 'pre-commit:\n  commands:\n    test:\n      run: npm test\n' });
    addCommand(repository);
    const terminal = start(repository, '--preset', 'web');
    for (const question of ['Presets', '(Y/n)']) {
      await terminal.waitFor(question);
      terminal.press('\n');
    }
    await terminal.waitFor('Add code-guardian to lefthook.yml? (y/N)');
    terminal.press('y\n');
    expect((await terminal.end()).code).toBe(0);
    expect(readFileSync(join(repository.top, 'lefthook.yml'), 'utf8')).toContain('code-guardian hook pre-commit');
  });

  it.each([
    ['Ctrl-D', '\u0004', 2],
    ['Ctrl-C', '\u0003', 130],
  ])('%s before the last question leaves all as it was', async (_, key, code) => {
    const repository = project();
    const before = listing(repository.top);
    const terminal = start(repository);
    await terminal.waitFor('Presets');
    terminal.press(key);
    expect((await terminal.end()).code).toBe(code);
    expect(listing(repository.top)).toEqual(before);
  });

  it.each([
    ['with --yes', ['--yes'], {}],
    ['in CI', [], { CI: 'true' }],
  ])('asks nothing %s', async (_, args, env) => {
    const repository = project({ 'a.js': LEAK });
    const { code, screen } = await openTerminal(repository, [process.execPath, BIN, 'init', ...args], env).end();
    expect(code).toBe(0);
    expect(screen).not.toContain('?');
    expect(existsSync(join(repository.top, CONFIG))).toBe(true);
  });
});
