import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  addRemote,
  commit,
  commitUnseen,
  expectBlocked,
  expectPushWired,
  install,
  installed,
  LEAK,
  pathWithoutNode,
  uninstall,
  userHook,
  writeHook,
} from '../support/installation.ts';
import { createFolder, createRepository, openRepository, type TestRepository } from '../support/repository.ts';

const PUSH = { name: 'pre-push' };
const MESSAGE = { name: 'commit-msg' };

/** A hook that writes down what git told it. */
function recorder(file: string): string {
  return `#!/bin/sh\nprintf '%s\\n' "$*" >'${file}.arguments'\ncat >'${file}.input'\n`;
}

function pushed(repository: TestRepository): TestRepository {
  addRemote(repository);
  commitUnseen(repository, 'start\n', 'start.txt');
  return repository;
}

describe('pre-push', () => {
  it('blocks a push with a secret and passes one without', () => {
    const repository = installed();
    addRemote(repository);
    expectPushWired(repository);
  });

  it('gives the hook that was there the same bytes and arguments, and looks as well', async () => {
    const repository = pushed(createRepository());
    const [alone, chained] = [join(createFolder(), 'alone'), join(createFolder(), 'chained')];
    writeHook(repository, recorder(alone), PUSH);
    repository.git('push', '--quiet', '--dry-run', 'origin', 'HEAD', 'HEAD:refs/heads/second');
    writeHook(repository, recorder(chained), PUSH);
    await install(repository);
    repository.git('push', '--quiet', '--dry-run', 'origin', 'HEAD', 'HEAD:refs/heads/second');
    for (const what of ['input', 'arguments']) {
      expect(readFileSync(`${chained}.${what}`)).toEqual(readFileSync(`${alone}.${what}`));
    }
    expect(readFileSync(`${chained}.input`, 'utf8').split('\n')).toHaveLength(3);
    commitUnseen(repository, LEAK);
    expectBlocked(repository.tryGit(['push', 'origin', 'HEAD']));
  });

  it('is stopped by the hook that was there, and nothing is scanned', async () => {
    const repository = pushed(createRepository());
    writeHook(repository, userHook('push hook', 3), PUSH);
    await install(repository);
    commitUnseen(repository, LEAK);
    const { code, stdout, stderr } = repository.tryGit(['push', 'origin', 'HEAD']);
    expect(code).toBe(1);
    expect(stdout + stderr).toContain('ran push hook');
    expect(stdout + stderr).not.toContain('stripe-key');
  });

  it.each([
    ['reads nothing', userHook('push hook')],
    ['reads all', '#!/bin/sh\nwc -c\n'],
    ['reads a line', '#!/bin/sh\nread line\n'],
  ])('takes more than 64 KiB of refs, with a hook that %s', async (_, content) => {
    const repository = pushed(createRepository());
    writeHook(repository, content, PUSH);
    await install(repository);
    const id = repository.git('rev-parse', 'HEAD').trim();
    const names = Array.from({ length: 1200 }, (_, i) => `refs/heads/${'long/'.repeat(8)}${i}`);
    repository.tryGit(['update-ref', '--stdin'], { input: names.map((name) => `create ${name} ${id}\n`).join('') });
    const clean = repository.tryGit(['push', '--quiet', 'origin', 'refs/heads/*']);
    expect(clean).toMatchObject({ code: 0 });
    if (content.includes('wc')) expect(Number(/\d+/.exec(clean.stdout + clean.stderr)![0])).toBeGreaterThan(1 << 16);
    commitUnseen(repository, LEAK);
    const leak = repository.git('rev-parse', 'HEAD').trim();
    repository.tryGit(['update-ref', '--stdin'], { input: names.map((name) => `update ${name} ${leak}\n`).join('') });
    expectBlocked(repository.tryGit(['push', '--quiet', 'origin', 'refs/heads/*']));
  });

  it('passes where there is nothing to push, and by hand where nothing is told', () => {
    const repository = pushed(installed());
    repository.git('push', '--quiet', 'origin', 'HEAD');
    expect(repository.tryGit(['push', 'origin', 'HEAD'])).toMatchObject({ code: 0 });
    const { status } = spawnSync(join(repository.top, '.git/hooks/pre-push'), ['origin', 'url'], {
      cwd: repository.top,
      env: repository.env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    expect(status).toBe(0);
  });

  it('keeps the hook of git lfs, which gets what it needs', async () => {
    const repository = pushed(createRepository());
    // What `git lfs install` writes, and in place of the program a script that tells what it got.
    writeHook(
      repository,
      '#!/bin/sh\ncommand -v git-lfs >/dev/null 2>&1 || { echo >&2 "no git-lfs"; exit 2; }\ngit lfs pre-push "$@"\n',
      PUSH,
    );
    const bin = createFolder();
    writeFileSync(join(bin, 'git-lfs'), recorder(join(bin, 'lfs')), { mode: 0o755 });
    const env = { PATH: `${bin}:${repository.env['PATH']}` };
    await install(repository);
    expect(repository.tryGit(['push', 'origin', 'HEAD'], { env })).toMatchObject({ code: 0 });
    expect(readFileSync(join(bin, 'lfs.arguments'), 'utf8')).toMatch(/^pre-push origin \//);
    expect(readFileSync(join(bin, 'lfs.input'), 'utf8')).toMatch(/^HEAD [\da-f]{40} refs\/heads\/main 0{40}\n$/);
    expect(repository.tryGit(['push', 'origin', 'HEAD:refs/heads/again'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('no git-lfs'),
    });
    await uninstall(repository);
    expect(readFileSync(join(repository.top, '.git/hooks/pre-push'), 'utf8')).toContain('git lfs pre-push');
  });

  it('works from a linked worktree, one that was made later too', () => {
    const repository = pushed(installed());
    repository.git('worktree', 'add', '--quiet', '../linked');
    expectPushWired(openRepository(join(repository.top, '../linked'), repository.env));
  });

  it('is told by what finds code-guardian in PATH, too', () => {
    const repository = pushed(installed());
    const hook = join(repository.top, '.git/hooks/pre-push');
    writeHook(repository, readFileSync(hook, 'utf8').replace(/^(node|runtime)=.*$/gm, "$1='/gone'"), PUSH);
    const bin = createFolder();
    writeFileSync(join(bin, 'code-guardian'), recorder(join(bin, 'seen')), { mode: 0o755 });
    repository.tryGit(['push', 'origin', 'HEAD'], { env: { PATH: `${bin}:${pathWithoutNode()}` } });
    expect(readFileSync(join(bin, 'seen.arguments'), 'utf8')).toMatch(/^hook pre-push origin \//);
    expect(readFileSync(join(bin, 'seen.input'), 'utf8')).toMatch(/ refs\/heads\/main 0{40}\n$/);
  });

  it('is switched off, and says so', () => {
    const repository = pushed(installed());
    commitUnseen(repository, LEAK);
    const { code, stderr } = repository.tryGit(['push', 'origin', 'HEAD'], { env: { CODE_GUARDIAN: '0' } });
    expect({ code, stderr }).toMatchObject({ code: 0, stderr: expect.stringContaining('switched off by CODE_GUARDIAN=0') });
  });
});

describe('commit-msg', () => {
  it('looks at the message, behind the hook that was there', async () => {
    const repository = createRepository();
    writeHook(repository, '#!/bin/sh\necho "ran $1"\n', MESSAGE);
    await install(repository);
    repository.write('a.js', 'clean\n');
    repository.git('add', '.');
    const leaking = repository.tryGit(['commit', '--message', LEAK]);
    expectBlocked(leaking);
    expect(leaking.stderr).toContain('ran .git/COMMIT_EDITMSG');
    expect(repository.tryGit(['commit', '--message', 'clean'])).toMatchObject({ code: 0 });
  });

  it('sees the message as the hook that was there has left it', async () => {
    const repository = createRepository();
    writeHook(repository, '#!/bin/sh\necho added >>"$1"\n', MESSAGE);
    await install(repository);
    expect(commit(repository, 'clean\n')).toMatchObject({ code: 0 });
    expect(repository.git('log', '-1', '--format=%B')).toContain('added');
  });

  it('is stopped by the hook that was there', async () => {
    const repository = createRepository();
    writeHook(repository, userHook('message hook', 1), MESSAGE);
    await install(repository);
    expect(commit(repository, 'clean\n')).toMatchObject({ code: 1, stderr: expect.stringContaining('ran message hook') });
  });
});

describe('prepare-commit-msg and post-commit', () => {
  it('are installed on request, and run in the order git has them', async () => {
    const repository = createRepository();
    for (const name of ['prepare-commit-msg', 'post-commit']) {
      writeHook(repository, userHook(name), { name });
      expect(await install(repository, '--hook', name)).toContain(`Installed in .git/hooks: ${name}\n`);
    }
    const { code, stderr } = commit(repository, 'clean\n');
    expect(code).toBe(0);
    expect(stderr).toMatch(/ran prepare-commit-msg[^]*ran post-commit/);
    await uninstall(repository);
    expect(existsSync(join(repository.top, '.git/hooks/post-commit.code-guardian-original'))).toBe(false);
    expect(readFileSync(join(repository.top, '.git/hooks/post-commit'), 'utf8')).toBe(userHook('post-commit'));
  });
});
