import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  addCommand,
  addRemote,
  commit,
  copyPackage,
  expectBlocked,
  expectGivenBack,
  expectPushWired,
  expectWired,
  HOOKS,
  install,
  LEAK,
  listing,
  uninstall,
  userHook,
  writeHook,
} from '../support/installation.ts';
import { createFolder, createRepository, openRepository, type TestRepository } from '../support/repository.ts';
import { HAS_PERMISSIONS, runUnprivileged } from '../support/unprivileged.ts';

const ALL = HOOKS.join(', ');

describe('a hooks folder in the work tree', () => {
  /** A repository that shares its hooks, with the package where npm puts it. */
  function sharing(folder = '.githooks'): TestRepository {
    const repository = createRepository();
    repository.write('.gitignore', 'node_modules\n');
    copyPackage(join(repository.top, 'node_modules/code-guardian'));
    repository.git('config', 'core.hooksPath', folder);
    return repository;
  }

  function shims({ top }: TestRepository, folder = '.githooks'): string {
    return HOOKS.map((hook) => readFileSync(join(top, folder, hook), 'utf8')).join('');
  }

  it('gets hooks that contain no path of this machine, and says where they look', async () => {
    const repository = sharing();
    expect(await install(repository)).toMatch(
      /^Installed in \.githooks: .*\n\nThe hooks in \.githooks may be committed, .* node_modules, then in PATH\.\n$/,
    );
    for (const path of [repository.top, process.execPath, dirname(process.execPath), process.cwd()]) {
      expect(shims(repository)).not.toContain(`'${path}`);
    }
    expect(await install(repository)).toBe(`Already installed in .githooks: ${ALL}\n`);
    expectWired(repository);
  });

  it('gives them to whoever clones, and to linked worktrees without node_modules', async () => {
    const repository = sharing();
    addRemote(repository);
    await install(repository);
    repository.git('add', '.');
    repository.git('commit', '--quiet', '--message', 'start');
    repository.git('worktree', 'add', '--quiet', '../linked');
    const linked = openRepository(join(repository.top, '../linked'), repository.env);
    expect(existsSync(join(linked.top, 'node_modules'))).toBe(false);
    expectWired(linked);
    expectPushWired(linked);
    repository.git('clone', '--quiet', '.', '../clone');
    const clone = openRepository(join(repository.top, '../clone'), repository.env);
    clone.git('config', 'core.hooksPath', '.githooks');
    expect(commit(clone, 'clean\n').stderr).toContain('code-guardian: command not found');
    copyPackage(join(clone.top, 'node_modules/code-guardian'));
    expectWired(clone);
  });

  it('names the package from the top where it lies deeper', () => {
    const repository = createRepository();
    repository.git('config', 'core.hooksPath', '.githooks');
    const inside = join(repository.top, 'packages/a/node_modules/code-guardian');
    copyPackage(inside);
    const ran = spawnSync(process.execPath, [join(inside, 'dist/bin.cjs'), 'install'], { cwd: repository.top, env: repository.env });
    expect(ran).toMatchObject({ status: 0 });
    expect(shims(repository)).toContain("runtime='packages/a/node_modules/code-guardian/dist/bin.cjs'");
    expectWired(repository);
  });

  it('may be .git/hooks itself, by a symlink', async () => {
    const repository = sharing();
    repository.git('config', '--unset', 'core.hooksPath');
    rmSync(join(repository.top, '.git/hooks'), { recursive: true });
    mkdirSync(join(repository.top, 'tools/hooks'), { recursive: true });
    symlinkSync('../tools/hooks', join(repository.top, '.git/hooks'));
    await install(repository);
    expect(shims(repository, 'tools/hooks')).not.toContain(process.execPath);
    expectWired(repository);
  });

  it('is found by the command that npm links, too', async () => {
    const repository = createRepository();
    addCommand(repository);
    repository.git('config', 'core.hooksPath', '.githooks');
    await install(repository);
    expectWired(repository);
  });

  it('goes again with all that was made for it, and nothing else', async () => {
    const repository = sharing('tools/git/hooks');
    await expectGivenBack(repository, '.');
    mkdirSync(join(repository.top, 'tools/git'), { recursive: true });
    await expectGivenBack(repository, '.');
    mkdirSync(join(repository.top, 'tools/git/hooks'));
    await expectGivenBack(repository, '.');
    await install(repository, '--hook', 'pre-push');
    await install(repository);
    repository.write('tools/git/notes', '');
    await uninstall(repository, '--hook', 'pre-push');
    await uninstall(repository);
    expect(readdirSync(join(repository.top, 'tools/git'))).toEqual(['hooks', 'notes']);
  });
});

describe('the hooks folder that install made', () => {
  it('goes with the last hook', async () => {
    const repository = createRepository({ initArgs: ['--template='] });
    const before = listing(join(repository.top, '.git'));
    await install(repository, '--hook', 'pre-push');
    await install(repository);
    await uninstall(repository, '--hook', 'pre-push');
    expect(existsSync(join(repository.top, '.git/hooks/pre-commit'))).toBe(true);
    await uninstall(repository);
    expect(listing(join(repository.top, '.git'))).toEqual(before);
  });

  it('stays where somebody put a hook in it', async () => {
    const repository = createRepository({ initArgs: ['--template='] });
    await install(repository);
    writeHook(repository, userHook(), { name: 'post-merge' });
    await uninstall(repository);
    expect(readdirSync(join(repository.top, '.git/hooks'))).toEqual(['post-merge']);
  });

  it('stays, empty, where it was there before', async () => {
    const repository = createRepository({ initArgs: ['--template='] });
    mkdirSync(join(repository.top, '.git/hooks'));
    await expectGivenBack(repository, '.git');
  });
});

describe('core.hooksPath of one worktree', () => {
  it('is honoured there, and nowhere else', async () => {
    const repository = createRepository();
    repository.git('commit', '--quiet', '--allow-empty', '--message', 'start');
    repository.git('worktree', 'add', '--quiet', '../linked');
    repository.git('config', 'extensions.worktreeConfig', 'true');
    const linked = openRepository(join(repository.top, '../linked'), repository.env);
    linked.git('config', '--worktree', 'core.hooksPath', join(repository.top, '../own'));
    expect(await install(linked)).toContain(join(repository.top, '../own'));
    expectWired(linked);
    expect(commit(repository, LEAK)).toMatchObject({ code: 0 });
  });
});

describe('a repository inside another', () => {
  it('a submodule has its own, for pushes too', async () => {
    const library = createRepository();
    library.git('commit', '--quiet', '--allow-empty', '--message', 'start');
    const repository = createRepository();
    repository.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', library.top, 'library');
    const inside = openRepository(join(repository.top, 'library'), repository.env);
    expect(await install(inside)).toContain(join(repository.top, '.git/modules/library/hooks'));
    expect(readdirSync(join(repository.top, '.git/hooks'))).not.toContain('pre-commit');
    inside.git('remote', 'remove', 'origin');
    addRemote(inside);
    expectPushWired(inside);
    expectWired(inside);
  });

  it('a repository that was moved keeps working', async () => {
    const repository = createRepository();
    await install(repository);
    const moved = join(createFolder(), 'elsewhere');
    renameSync(repository.top, moved);
    expectWired(openRepository(moved, repository.env));
  });
});

describe('where nobody commits, or nothing can be written', () => {
  it.each(['true', '1', 'woodpecker'])('install --if-possible does nothing in CI and says so: CI=%s', async (CI) => {
    const repository = createRepository();
    const before = listing(repository.top);
    const { code, stdout, stderr } = await repository.guardian(['install', '--if-possible'], { env: { CI } });
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout: expect.stringMatching(/^code-guardian: not installed: [^\n]*CI[^\n]*\n$/),
      stderr: '',
    });
    expect(listing(repository.top)).toEqual(before);
  });

  it.each(['', 'false'])('CI=%j is none', async (CI) => {
    const repository = createRepository();
    await repository.guardian(['install', '--if-possible'], { env: { CI } });
    expectWired(repository);
  });

  it('plain install installs in CI: whoever asks for it means it', async () => {
    const repository = createRepository();
    expect(await repository.guardian(['install'], { env: { CI: 'true' } })).toMatchObject({ code: 0 });
    expectWired(repository);
  });

  it.skipIf(!HAS_PERMISSIONS)('a folder that may not be written in is named, and with --if-possible one line says so', () => {
    const repository = createRepository();
    const hooks = join(repository.top, '.git/hooks');
    chmodSync(hooks, 0o555);
    const before = listing(hooks);
    const plain = runUnprivileged(repository, ['install']);
    expect({ code: plain.code, stdout: plain.stdout }).toEqual({ code: 2, stdout: '' });
    expect(plain.stderr).toMatch(/EACCES.*\.git\/hooks[^\n]*\n {2}Make the folder writable/);
    const tolerant = runUnprivileged(repository, ['install', '--if-possible']);
    expect({ code: tolerant.code, stderr: tolerant.stderr }).toEqual({ code: 0, stderr: '' });
    expect(tolerant.stdout).toMatch(/^code-guardian: not installed: [^\n]+\n$/);
    expect(listing(hooks)).toEqual(before);
  });
});

describe('a server', () => {
  function server({ initArgs = ['--bare'] } = {}): { readonly bare: TestRepository; readonly clone: TestRepository } {
    const bare = createRepository({ initArgs, top: join(createFolder(), 'server.git') });
    const clone = createRepository();
    clone.git('remote', 'add', 'origin', bare.top);
    return { bare, clone };
  }

  it('gets pre-receive and nothing else, which refuses a push and takes the next', async () => {
    const { bare, clone } = server();
    const before = listing(bare.top);
    expect(await install(bare, '--server')).toMatch(/^Installed in .*: pre-receive\n$/);
    expect(await install(bare, '--server')).toMatch(/^Already installed in .*: pre-receive\n$/);
    expectPushWired(clone);
    expect(HOOKS.some((hook) => existsSync(join(bare.top, 'hooks', hook)))).toBe(false);
    expect(await uninstall(bare)).toContain('Removed from');
    expect(listing(join(bare.top, 'hooks'))).toEqual(before.filter((line) => line.startsWith('hooks/')).map((line) => line.slice(6)));
  });

  it('keeps the hook that is there, which is told the same and decides first', async () => {
    const { bare, clone } = server();
    const seen = join(createFolder(), 'seen');
    const path = join(bare.top, 'hooks/pre-receive');
    writeFileSync(path, `#!/bin/sh\ncat >'${seen}'\ntest ! -e '${seen}.no'\n`, { mode: 0o750 });
    expect(await install(bare, '--server')).toContain('runs first');
    expectPushWired(clone);
    expect(readFileSync(seen, 'utf8')).toMatch(/^[\da-f]{40} [\da-f]{40} refs\/heads\/main\n$/);
    writeFileSync(`${seen}.no`, '');
    expect(clone.tryGit(['push', 'origin', 'HEAD:refs/heads/other'])).toMatchObject({ code: 1 });
    await uninstall(bare, '--server');
    expect(readFileSync(path, 'utf8')).toContain(seen);
  });

  it('is wired only where it is said to be one', async () => {
    const { bare } = server();
    const plain = await bare.guardian(['install']);
    expect(plain).toMatchObject({ code: 2, stderr: expect.stringMatching(/bare repository.*\n {2}.*install --server/) });
    expect(await bare.guardian(['install', '--server', '--hook', 'pre-commit'])).toMatchObject({ code: 2 });
    expect(await createRepository().guardian(['install', '--hook', 'pre-receive'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--server'),
    });
    expect(existsSync(join(bare.top, 'hooks/pre-receive'))).toBe(false);
  });

  it('honours core.hooksPath, and may have a work tree', async () => {
    const { bare, clone } = server({ initArgs: [] });
    bare.git('config', 'receive.denyCurrentBranch', 'updateInstead');
    bare.git('config', 'core.hooksPath', join(bare.top, '../hooks'));
    await install(bare, '--server');
    expect(readdirSync(join(bare.top, '../hooks'))).toEqual(['pre-receive']);
    expectPushWired(clone);
    await uninstall(bare);
    expect(existsSync(join(bare.top, '../hooks'))).toBe(false);
  });
});

describe('a hook that calls us by hand', () => {
  it('is left as it is, and nothing is looked at twice', async () => {
    const repository = createRepository();
    addCommand(repository);
    writeHook(repository, '#!/bin/sh\nPATH="node_modules/.bin:$PATH" code-guardian hook pre-commit\n');
    expect(await install(repository)).toContain('Already installed by hand in .git/hooks: pre-commit\n');
    const { code, stdout, stderr } = commit(repository, LEAK);
    expect(code).toBe(1);
    expect((stdout + stderr).split('stripe-key ·').length - 1).toBe(1);
    expectBlocked(commit(repository, LEAK));
  });
});
