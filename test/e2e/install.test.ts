import { spawnSync } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import {
  addCommand,
  commit,
  expectBlocked,
  expectGivenBack,
  expectWired,
  HOOKS,
  install,
  installed,
  LEAK,
  listing,
  movedPackage,
  pathWithoutNode,
  uninstall,
  userHook,
  writeHook,
} from '../support/installation.ts';
import { BIN, createFolder, createRepository, openRepository, preloaded, type TestRepository } from '../support/repository.ts';

const HUSKY = fileURLToPath(new URL('../../node_modules/husky/bin.js', import.meta.url));
const ORIGINAL = 'pre-commit.code-guardian-original';
const ALL = HOOKS.join(', ');

describe('install', () => {
  it('wires four hooks, and run again changes nothing', async () => {
    const repository = installed();
    const hooks = join(repository.top, '.git/hooks');
    const once = listing(hooks);
    expect(await install(repository)).toBe(`Already installed in .git/hooks: ${ALL}\n`);
    expect(listing(hooks)).toEqual(once);
    expect(lstatSync(join(hooks, 'pre-commit')).mode & 0o777).toBe(0o755);
    expectWired(repository);
  });

  it('leaves every other hook and the samples as they are', async () => {
    const repository = createRepository();
    writeHook(repository, 'odd \x00\xff\r\n', { name: 'post-merge', mode: 0o640 });
    writeHook(repository, userHook(), { name: 'post-commit' });
    symlinkSync('nowhere', join(repository.top, '.git/hooks/update'));
    const others = (): readonly string[] =>
      listing(join(repository.top, '.git/hooks')).filter((line) => !HOOKS.includes(line.split(' ')[0]!));
    const before = others();
    await install(repository);
    expect(others()).toEqual(before);
    await uninstall(repository);
    expect(listing(join(repository.top, '.git/hooks'))).toEqual(before);
  });

  it('wires the hook that is asked for, and no other', async () => {
    const repository = createRepository();
    await install(repository, '--hook', 'pre-merge-commit');
    expect(existsSync(join(repository.top, '.git/hooks/pre-commit'))).toBe(false);
    expect(existsSync(join(repository.top, '.git/hooks/pre-merge-commit'))).toBe(true);
  });

  it('names the nearest hook for one that it does not know', async () => {
    const { code, stderr } = await createRepository().guardian(['install', '--hook', 'pre-comit', '--if-possible']);
    expect(code).toBe(2);
    expect(stderr).toContain('did you mean pre-commit?');
  });

  it('changes nothing with --dry-run, and says what it would do', async () => {
    const repository = createRepository();
    writeHook(repository, userHook());
    const before = listing(repository.top);
    expect(await install(repository, '--dry-run')).toContain(`Would be installed in .git/hooks: ${ALL}\n`);
    expect(listing(repository.top)).toEqual(before);
    await install(repository);
    const after = listing(repository.top);
    expect(await repository.guardian(['uninstall', '--dry-run'])).toMatchObject({ code: 0 });
    expect(listing(repository.top)).toEqual(after);
  });

  it('works from a folder below the top', async () => {
    const repository = createRepository();
    mkdirSync(join(repository.top, 'packages/a'), { recursive: true });
    expect(await repository.guardian(['install'], { cwd: join(repository.top, 'packages/a') })).toMatchObject({ code: 0 });
    expectWired(repository);
  });

  it('makes the hooks folder where the template has none', async () => {
    const repository = createRepository({ initArgs: ['--template='] });
    await install(repository);
    expectWired(repository);
    await uninstall(repository);
    expect(existsSync(join(repository.top, '.git/hooks'))).toBe(false);
  });

  it('works where paths hold spaces, quotes and dollars', () => {
    const folder = join(createFolder(), `it's a "place" $HOME \\ é`);
    const repository = createRepository({ top: join(folder, 'repository') });
    const other = movedPackage(folder);
    expect(other.run(repository, 'install')).toMatchObject({ code: 0 });
    expectWired(repository);
  });

  it('is refused in a bare repository, with a way out', async () => {
    const { code, stderr } = await createRepository({ initArgs: ['--bare'] }).guardian(['install']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/bare repository.*\n {2}\S/);
  });

  it('fails where there is no repository, and with --if-possible says one line', async () => {
    const cwd = createFolder();
    const repository = createRepository();
    expect(await repository.guardian(['install'], { cwd })).toMatchObject({ code: 2, stdout: '' });
    const { code, stdout, stderr } = await repository.guardian(['install', '--if-possible'], { cwd });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^code-guardian: not installed: [^\n]+\n$/);
  });

  it('fails where there is no git, and with --if-possible says one line', async () => {
    const repository = createRepository();
    const env = { PATH: createFolder() };
    expect((await repository.guardian(['install'], { env })).stderr).toContain('git: command not found');
    expect(await repository.guardian(['install', '--if-possible'], { env })).toMatchObject({ code: 0 });
  });

  it('tells a repository of another user from no repository', async () => {
    const repository = createRepository();
    // Git itself, made to believe that somebody else owns what it sees.
    const bin = createFolder();
    const git = spawnSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).stdout.trim();
    writeFileSync(join(bin, 'git'), `#!/bin/sh\nGIT_TEST_ASSUME_DIFFERENT_OWNER=1 exec ${git} "$@"\n`, { mode: 0o755 });
    const { code, stderr } = await repository.guardian(['install'], { env: { PATH: `${bin}:${repository.env['PATH']}` } });
    expect(code).toBe(2);
    expect(stderr).toContain('safe.directory');
    expect(stderr).not.toContain('not a git repository');
  });

  it('fails where the folder, or a hook, is none, and names it', async () => {
    const repository = createRepository({ initArgs: ['--template='] });
    repository.write('.git/hooks', 'a file');
    expect(await repository.guardian(['install'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(join(repository.top, '.git/hooks')),
    });
    rmSync(join(repository.top, '.git/hooks'));
    mkdirSync(join(repository.top, '.git/hooks/pre-merge-commit'), { recursive: true });
    const { code, stderr } = await repository.guardian(['install']);
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringMatching(/pre-merge-commit.*\n {2}Make the hook/) });
    expect(readdirSync(join(repository.top, '.git/hooks'))).toEqual(['pre-merge-commit']);
  });
});

describe('a hook that is there', () => {
  it('runs first, with its arguments and its exit code', async () => {
    const repository = createRepository();
    writeHook(repository, userHook());
    expect(await install(repository)).toContain('runs first');
    const ran = commit(repository, LEAK);
    expectBlocked(ran);
    expect(ran.stderr.indexOf('ran user')).toBeLessThan(ran.stderr.indexOf('stripe-key'));
  });

  it('stops the commit when it fails, and nothing is scanned', async () => {
    const repository = createRepository();
    writeHook(repository, userHook('user', 3));
    await install(repository);
    const { code, stderr } = commit(repository, 'clean\n');
    expect(code).toBe(1);
    expect(stderr).toBe('ran user\n');
  });

  it.each([0o755, 0o700, 0o644, 0o750])('comes back with its bytes and mode %o', async (mode) => {
    const repository = createRepository();
    writeHook(repository, '#!/bin/sh\r\n# \x00\xff\xfe no newline', { mode });
    await expectGivenBack(repository);
  });

  it('is kept and named, and not run, where it is not executable', async () => {
    const repository = createRepository();
    writeHook(repository, userHook('user', 3), { mode: 0o644 });
    expect(await install(repository)).toMatch(new RegExp(`not executable.*${ORIGINAL}`));
    const { code, stderr } = commit(repository, 'clean\n');
    expect(code).toBe(0);
    expect(stderr).not.toContain('ran user');
  });

  it('is called by its own name where it asks for it, and finds its neighbours and what lies above', async () => {
    const repository = createRepository();
    const hooks = join(repository.top, '.git/hooks');
    writeHook(repository, 'echo "ran helper"\n', { name: 'helper.sh', mode: 0o644 });
    const dispatch =
      '#!/bin/sh\necho "ran as $(basename "$0")"\n. "$(dirname "$0")/helper.sh"\n[ -f "${0%/*}/../HEAD" ] && echo "in .git"\n';
    writeHook(repository, dispatch, { name: 'dispatch' });
    for (const hook of ['pre-commit', 'commit-msg']) symlinkSync('dispatch', join(hooks, hook));
    const before = listing(join(repository.top, '.git'));
    await install(repository);
    const { code, stderr } = commit(repository, 'clean\n');
    expect(code).toBe(0);
    expect(stderr).toMatch(/ran as pre-commit\nran helper\nin \.git\n[^]*ran as commit-msg\nran helper\nin \.git\n/);
    expectBlocked(commit(repository, LEAK));
    // A neighbour that came later is there after the next installation.
    writeHook(repository, 'echo "ran late"\n', { name: 'late.sh' });
    writeHook(repository, dispatch.replace('helper.sh', 'late.sh'), { name: 'dispatch' });
    expect(await install(repository)).toBe(`Already installed in .git/hooks: ${ALL}\n`);
    expect(commit(repository, 'clean, too\n').stderr).toContain('ran late');
    rmSync(join(hooks, 'late.sh'));
    writeHook(repository, dispatch, { name: 'dispatch' });
    await uninstall(repository, '--hook', 'pre-commit');
    expect(commit(repository, 'clean again\n').stderr).toMatch(/ran as pre-commit[^]*ran as commit-msg/);
    await uninstall(repository);
    expect(listing(hooks)).toEqual(before.filter((line) => line.startsWith('hooks/')).map((line) => line.slice('hooks/'.length)));
    expect(readdirSync(join(repository.top, '.git'))).not.toContain('hooks.code-guardian');
  });

  it('is called by its own name in another language', async () => {
    const repository = createRepository();
    writeHook(repository, '#!/usr/bin/env node\nconsole.log("ran as", require("node:path").basename(process.argv[1]))\n');
    await install(repository);
    expect(commit(repository, 'clean\n').stderr).toContain('ran as pre-commit\n');
  });

  it('is moved where it is a symlink, never written through', async () => {
    const repository = createRepository();
    const target = writeHook(repository, userHook('target'), { name: 'target', folder: 'scripts' });
    symlinkSync('../../scripts/target', join(repository.top, '.git/hooks/pre-commit'));
    symlinkSync('../../nowhere', join(repository.top, '.git/hooks/pre-merge-commit'));
    await expectGivenBack(repository);
    await install(repository);
    expect(readFileSync(target, 'utf8')).toBe(userHook('target'));
    expect(readlinkSync(join(repository.top, '.git/hooks', ORIGINAL))).toBe('../../scripts/target');
    expect(commit(repository, LEAK).stderr).toContain('ran target');
  });

  it('is named as not executable where its symlink leads to a file that is not', async () => {
    const repository = createRepository();
    writeHook(repository, userHook(), { name: 'target', folder: 'scripts', mode: 0o644 });
    symlinkSync('../../scripts/target', join(repository.top, '.git/hooks/pre-commit'));
    expect(await install(repository)).toContain('not executable');
  });

  it('does not take the place of an original that was kept before', async () => {
    const repository = createRepository();
    writeHook(repository, userHook('first'));
    await install(repository);
    const path = writeHook(repository, userHook('second'));
    expect(await install(repository)).toContain(`${ORIGINAL}.2`);
    const hooks = join(repository.top, '.git/hooks');
    expect(readFileSync(join(hooks, ORIGINAL), 'utf8')).toBe(userHook('first'));
    const { stderr } = commit(repository, 'clean\n');
    expect(stderr).toContain('ran second');
    expect(stderr).not.toContain('ran first');
    expect(await uninstall(repository)).toContain(`${ORIGINAL} is kept`);
    expect(readFileSync(path, 'utf8')).toBe(userHook('second'));
    expect(readFileSync(join(hooks, ORIGINAL), 'utf8')).toBe(userHook('first'));
  });

  it('is copied where the file system has no links', async () => {
    const repository = createRepository();
    writeHook(repository, '#!/bin/sh\n# \xff', { mode: 0o750 });
    const before = listing(join(repository.top, '.git/hooks'));
    const noLinks = join(createFolder(), 'no-links.cjs');
    writeFileSync(noLinks, "require('node:fs').linkSync = () => { throw Object.assign(new Error('no links'), { code: 'EPERM' }); };\n");
    expect(repository.spawnGuardian(['install'], { env: preloaded(noLinks) })).toMatchObject({ code: 0, stderr: '' });
    expect(readdirSync(join(repository.top, '.git/hooks'))).toContain(ORIGINAL);
    await uninstall(repository);
    expect(listing(join(repository.top, '.git/hooks'))).toEqual(before);
  });

  it('is left alone by uninstall where it replaced ours', async () => {
    const repository = installed();
    const path = writeHook(repository, userHook('later'));
    expect(await uninstall(repository)).toContain('Not ours, unchanged: pre-commit');
    expect(readFileSync(path, 'utf8')).toBe(userHook('later'));
  });

  it('may be a manager’s that renames ours and runs it', async () => {
    const repository = createRepository();
    await install(repository);
    const path = join(repository.top, '.git/hooks/pre-commit');
    // What `pre-commit install` does with a hook that is there.
    renameSync(path, `${path}.legacy`);
    writeHook(repository, '#!/bin/sh\n# File generated by pre-commit\n"$0.legacy" "$@"\n');
    expectWired(repository);
  });

  it('is not run in circles by a manager that runs what it found', async () => {
    const repository = createRepository();
    const manager =
      '#!/bin/sh\n# File generated by pre-commit\necho ran manager\nlegacy="${0%/*}/pre-commit.legacy"\n[ ! -x "$legacy" ] || "$legacy" "$@"\n';
    const path = writeHook(repository, manager);
    await install(repository);
    renameSync(path, `${path}.legacy`);
    writeHook(repository, manager);
    await install(repository);
    const { stderr, code } = repository.tryGit(['commit', '--allow-empty', '--message', 'x']);
    expect(code).toBe(0);
    expect(stderr.split('ran manager').length - 1).toBeLessThanOrEqual(2);
    expectBlocked(commit(repository, LEAK));
  });
});

describe('core.hooksPath', () => {
  it.each([
    ['relative', () => '.githooks', (top: string) => join(top, '.githooks')],
    ['absolute', (top: string) => join(top, '../my hooks'), (top: string) => join(top, '../my hooks')],
    ['in the home', () => '~/hooks', (top: string) => join(top, '../home/hooks')],
  ])('of the repository is honoured: %s', async (_, valueOf, folderOf) => {
    const repository = createRepository();
    const folder = folderOf(repository.top);
    mkdirSync(folder);
    addCommand(repository);
    writeFileSync(join(folder, 'pre-commit'), userHook(), { mode: 0o755 });
    repository.git('config', 'core.hooksPath', valueOf(repository.top));
    const before = listing(folder);
    const config = readFileSync(join(repository.top, '.git/config'), 'utf8');
    mkdirSync(join(repository.top, 'sub'));
    expect(await repository.guardian(['install'], { cwd: join(repository.top, 'sub') })).toMatchObject({ code: 0 });
    expect(existsSync(join(repository.top, '.git/hooks/pre-commit'))).toBe(false);
    expectWired(repository);
    await uninstall(repository);
    expect(listing(folder)).toEqual(before);
    expect(readFileSync(join(repository.top, '.git/config'), 'utf8')).toBe(config);
  });

  it('of the user is refused, and the way out works', async () => {
    const repository = createRepository();
    repository.git('config', '--global', 'core.hooksPath', '/elsewhere/hooks');
    const { code, stderr } = await repository.guardian(['install']);
    expect(code).toBe(2);
    const wayOut = /`git (config core\.hooksPath .*?)`/.exec(stderr)![1]!;
    expect(spawnSync('sh', ['-c', `git ${wayOut}`], { cwd: repository.top, env: repository.env }).status).toBe(0);
    await install(repository);
    expectWired(repository);
    // Also where .git is a file.
    repository.git('worktree', 'add', '--quiet', '../linked');
    expectBlocked(commit(openRepository(join(repository.top, '../linked'), repository.env), LEAK));
  });

  it('that was set since does not keep uninstall from giving back what was there', async () => {
    const repository = createRepository();
    writeHook(repository, userHook());
    const before = listing(join(repository.top, '.git/hooks'));
    for (const scope of ['--local', '--global']) {
      await install(repository);
      repository.git('config', scope, 'core.hooksPath', join(repository.top, '../others'));
      expect(await uninstall(repository)).toContain('the previous hook is restored');
      expect(listing(join(repository.top, '.git/hooks'))).toEqual(before);
      repository.git('config', scope, '--unset', 'core.hooksPath');
    }
    await install(repository);
    symlinkSync(join(repository.top, '.git/hooks'), join(repository.top, '../others'));
    repository.git('config', 'core.hooksPath', join(repository.top, '../others'));
    await uninstall(repository);
    expect(listing(join(repository.top, '.git/hooks'))).toEqual(before);
  });

  it('of the system is refused', async () => {
    const repository = createRepository();
    const system = join(createFolder(), 'system');
    writeFileSync(system, '[core]\n\thooksPath = /elsewhere\n');
    const { code, stderr } = await repository.guardian(['install'], { env: { GIT_CONFIG_NOSYSTEM: '0', GIT_CONFIG_SYSTEM: system } });
    expect(code).toBe(2);
    expect(stderr).toContain('system');
    expect(stderr).toContain('git config');
  });

  it.each(['--local', '--global'])('set to nothing is refused, and the way out works: %s', async (scope) => {
    const repository = createRepository();
    repository.git('config', scope, 'core.hooksPath', '');
    const { code, stderr } = await repository.guardian(['install']);
    expect(code).toBe(2);
    const wayOut = /git (config --\w+ --unset core\.hooksPath)/.exec(stderr)![1]!;
    repository.git(...wayOut.split(' '));
    await install(repository);
    expectWired(repository);
  });
});

describe('husky', () => {
  /** A repository with husky 9 and the command where npm puts it. */
  function huskyRepository(folder = '.husky'): TestRepository {
    const repository = createRepository();
    const ran = spawnSync(process.execPath, [HUSKY, folder], { cwd: repository.top, env: repository.env, encoding: 'utf8' });
    expect(ran).toMatchObject({ status: 0, stdout: '' });
    addCommand(repository);
    return repository;
  }

  it.each(['npm test\n', '#!/bin/sh\necho ran user\nexit 0\n', '#!/bin/sh\r\necho ran user\r\n', 'echo ran user', ''])(
    'gets one line in its file %j, which comes back to the byte',
    async (content) => {
      const repository = huskyRepository();
      writeHook(repository, content, { folder: '.husky', mode: 0o640 });
      const internal = listing(join(repository.top, '.husky/_'));
      await expectGivenBack(repository, '.husky');
      await install(repository);
      expect(listing(join(repository.top, '.husky/_'))).toEqual(internal);
      expectBlocked(commit(repository, LEAK));
    },
  );

  it('gets a new file where there is none, which goes again', async () => {
    const repository = huskyRepository();
    await expectGivenBack(repository, '.husky');
    await install(repository);
    expect(await install(repository)).toBe(`Already installed in .husky: ${ALL}\n`);
    expectWired(repository);
  });

  it('gets it in a folder of another name too, never in _', async () => {
    const repository = huskyRepository('.config/husky');
    const internal = listing(join(repository.top, '.config/husky/_'));
    await install(repository);
    expect(listing(join(repository.top, '.config/husky/_'))).toEqual(internal);
    expectWired(repository);
  });

  it('is switched off, and says so', async () => {
    const repository = huskyRepository();
    await install(repository);
    const { code, stderr } = commit(repository, LEAK, { CODE_GUARDIAN: '0' });
    expect(code).toBe(0);
    expect(stderr).toContain('switched off by CODE_GUARDIAN=0');
  });

  it('has a symlink as its hook: refused, and not written through', async () => {
    const repository = huskyRepository();
    writeHook(repository, 'true\n', { name: 'target', folder: 'scripts' });
    symlinkSync('../scripts/target', join(repository.top, '.husky/pre-commit'));
    const before = listing(join(repository.top, '.husky'));
    const { code, stderr } = await repository.guardian(['install']);
    expect(code).toBe(2);
    expect(stderr).toContain('code-guardian hook pre-commit');
    expect(listing(join(repository.top, '.husky'))).toEqual(before);
  });

  it.each([
    ['new file', null],
    ['a file that goes on after a failure', '#!/bin/sh\ntrue\ntrue\n'],
    ['a file that loads husky.sh', '#!/usr/bin/env sh\n. "$(dirname -- "$0")/_/husky.sh"\n\necho ran user\n'],
  ])('of the old layout: %s', async (_, content) => {
    const repository = createRepository();
    addCommand(repository);
    // What husky 8 puts there, cut to what it does: it runs the file again, with -e.
    repository.write(
      '.husky/_/husky.sh',
      'if [ -z "$husky_skip_init" ]; then\n  export husky_skip_init=1\n  sh -e "$0" "$@"\n  exit $?\nfi\n',
    );
    repository.git('config', 'core.hooksPath', '.husky');
    if (content !== null) writeHook(repository, content, { folder: '.husky' });
    await expectGivenBack(repository, '.husky');
    await install(repository);
    const { stderr } = commit(repository, LEAK);
    expect(stderr.split('stripe-key ·').length - 1).toBe(1);
    expectWired(repository);
  });
});

describe('every way to make a commit', () => {
  it('merge without conflict is stopped by pre-merge-commit', async () => {
    const repository = createRepository();
    repository.git('commit', '--quiet', '--allow-empty', '--message', 'start');
    repository.git('checkout', '--quiet', '-b', 'side');
    repository.write('side.js', LEAK);
    repository.git('add', '.');
    repository.git('commit', '--quiet', '--message', 'side');
    repository.git('checkout', '--quiet', 'main');
    repository.git('commit', '--quiet', '--allow-empty', '--message', 'main');
    writeHook(repository, userHook('merge hook'), { name: 'pre-merge-commit' });
    await install(repository);
    const ran = repository.tryGit(['merge', '--no-edit', 'side']);
    expectBlocked(ran);
    expect(ran.stderr).toContain('ran merge hook');
  });

  it('a worktree that was made after installing', async () => {
    const repository = installed();
    repository.git('commit', '--quiet', '--allow-empty', '--message', 'start');
    repository.git('worktree', 'add', '--quiet', '../linked');
    const linked = openRepository(join(repository.top, '../linked'), repository.env);
    expectWired(linked);
    expect(await install(linked)).toContain('Already installed');
  });

  it('a worktree of a bare repository', async () => {
    const repository = createRepository();
    repository.git('commit', '--quiet', '--allow-empty', '--message', 'start');
    repository.git('clone', '--quiet', '--bare', '.', '../bare.git');
    repository.git('-C', '../bare.git', 'worktree', 'add', '--quiet', '../linked');
    const linked = openRepository(join(repository.top, '../linked'), repository.env);
    await install(linked);
    expectWired(linked);
  });

  it('a submodule and its superproject, each with its own', async () => {
    const library = createRepository();
    library.git('commit', '--quiet', '--allow-empty', '--message', 'start');
    const repository = createRepository();
    repository.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', library.top, 'library');
    await install(repository);
    const inside = openRepository(join(repository.top, 'library'), repository.env);
    expect(commit(inside, LEAK).code).toBe(0);
    await install(inside);
    inside.write('b.js', LEAK);
    inside.git('add', 'b.js');
    expectBlocked(inside.tryGit(['commit', '--message', 'change']));
    expectBlocked(commit(repository, LEAK));
  });

  it('from a folder below the top', () => {
    const repository = installed();
    repository.write('sub/a.js', LEAK);
    repository.git('add', '.');
    expectBlocked(repository.tryGit(['commit', '--message', 'change'], { cwd: join(repository.top, 'sub') }));
  });
});

describe('the off switch', () => {
  it('is printed, and the hook that was there still runs', async () => {
    const repository = createRepository();
    writeHook(repository, userHook());
    await install(repository);
    const { code, stderr } = commit(repository, LEAK, { CODE_GUARDIAN: '0' });
    expect(code).toBe(0);
    expect(stderr).toMatch(/^ran user\ncode-guardian: switched off by CODE_GUARDIAN=0\n/);
  });

  it('does not switch off the hook that was there', async () => {
    const repository = createRepository();
    writeHook(repository, userHook('user', 1));
    await install(repository);
    expect(commit(repository, LEAK, { CODE_GUARDIAN: '0' })).toMatchObject({ code: 1 });
  });
});

describe('what the hook runs', () => {
  it('is the recorded program with the recorded Node, whatever PATH says', () => {
    expectBlocked(commit(installed(), LEAK, { PATH: pathWithoutNode() }));
  });

  it('needs nothing from PATH on its way there', async () => {
    const repository = createRepository();
    writeHook(repository, userHook());
    await install(repository);
    const shim = readFileSync(join(repository.top, '.git/hooks/pre-commit'), 'latin1');
    // Without PATH nothing but a built-in, a full path or an exec can work.
    writeHook(repository, shim.replace(/^node=.*$/m, "node='/bin/echo'"));
    const { status, stdout, stderr } = spawnSync(join(repository.top, '.git/hooks/pre-commit'), [], {
      env: { PATH: '' },
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect(stdout.startsWith(`ran user\n${BIN} hook pre-commit`)).toBe(true);
  });

  it('falls back to node_modules, of a linked worktree to the main one’s, then to PATH', () => {
    const repository = createRepository();
    repository.git('commit', '--quiet', '--allow-empty', '--message', 'start');
    const { path, run } = movedPackage();
    run(repository, 'install');
    expectBlocked(commit(repository, LEAK));
    repository.git('worktree', 'add', '--quiet', '../linked');
    const linked = openRepository(join(repository.top, '../linked'), repository.env);
    const [inLinked = '', inMain = ''] = [linked, repository].map(({ top }) => join(top, 'node_modules/code-guardian'));
    mkdirSync(dirname(inLinked));
    renameSync(path, inLinked);
    expectBlocked(commit(linked, LEAK));
    mkdirSync(dirname(inMain));
    renameSync(inLinked, inMain);
    expectBlocked(commit(linked, LEAK));
    expectBlocked(commit(repository, LEAK));

    const bin = createFolder();
    writeFileSync(join(bin, 'code-guardian'), `#!/bin/sh\necho "from PATH: $*" >&2\nexit 1\n`, { mode: 0o755 });
    rmSync(inMain, { recursive: true });
    const { code, stderr } = commit(repository, LEAK, { PATH: `${bin}:${repository.env['PATH']}` });
    expect({ code, stderr }).toEqual({ code: 1, stderr: 'from PATH: hook pre-commit\n' });
  });

  it('blocks with one message where nothing is found', () => {
    const repository = createRepository();
    const { path, run } = movedPackage();
    run(repository, 'install');
    rmSync(path, { recursive: true });
    const { code, stderr } = commit(repository, 'clean\n');
    expect(code).toBe(1); // git's own, for any hook that fails
    expect(stderr).toMatch(/^code-guardian: code-guardian: command not found, so nothing was scanned\.\n {2}.*init\.sh.*\n$/);
    const hook = join(repository.top, '.git/hooks/pre-commit');
    expect(spawnSync(hook, [], { cwd: repository.top, env: repository.env }).status).toBe(2);
  });

  it('finds what init.sh puts in PATH where the recorded Node is gone', () => {
    const repository = installed();
    const hook = join(repository.top, '.git/hooks/pre-commit');
    writeFileSync(hook, readFileSync(hook, 'utf8').replace(/^node=.*$/m, "node='/gone/bin/node'"));
    const env = { PATH: pathWithoutNode() };
    const missing = commit(repository, LEAK, env);
    expect(missing.stderr).toMatch(/^code-guardian: node: command not found.*\n {2}.*\/code-guardian\/init\.sh.*\n$/);
    expect(missing.code).toBe(1);
    const init = join(repository.env['XDG_CONFIG_HOME']!, 'code-guardian/init.sh');
    mkdirSync(dirname(init), { recursive: true });
    writeFileSync(init, `PATH='${dirname(process.execPath)}':$PATH\n`);
    expectBlocked(commit(repository, LEAK, env));
    const { XDG_CONFIG_HOME: _, ...withoutXdg } = repository.env;
    expectBlocked(commit({ ...repository, ...openRepository(repository.top, withoutXdg) }, LEAK, env));
  });

  it('takes the Node in PATH where the recorded one is gone', () => {
    const repository = installed();
    const hook = join(repository.top, '.git/hooks/pre-commit');
    writeFileSync(hook, readFileSync(hook, 'utf8').replace(/^node=.*$/m, "node='/gone/bin/node'"));
    expectBlocked(commit(repository, LEAK));
  });

  it('is a POSIX script of at most 40 lines with LF, a marker and a version', () => {
    const hook = join(installed().top, '.git/hooks/pre-commit');
    const text = readFileSync(hook, 'utf8');
    const template = readFileSync(join(dirname(BIN), '../hooks/shim.sh'), 'utf8');
    expect(text).toMatch(/^#!\/bin\/sh\n# code-guardian shim \d+:/);
    expect(text).not.toContain('\r');
    expect(template.split('\n').length - 1).toBeLessThanOrEqual(40);
    expect(spawnSync('sh', ['-n', hook], { encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
  });
});
