import { spawnSync } from 'node:child_process';
import { chmodSync, closeSync, copyFileSync, existsSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type GitClient, openGit } from '../../src/git/client.ts';
import { createFolder, createRepository, type TestRepository } from '../support/repository.ts';

const FOREVER = () => 60_000;

/** A client that waits 50 ms, then 100, … */
function openClient({ top, env }: TestRepository, { maxRetries = 5, timeLeft = FOREVER } = {}): GitClient {
  const client = openGit(top, env);
  client.configure({ maxRetries, retryDelay: 50, timeLeft });
  return client;
}

/** A folder to put before PATH, with a program called git in it. */
function folderWithGit(script: string): string {
  const folder = createFolder();
  writeFileSync(join(folder, 'git'), script);
  chmodSync(join(folder, 'git'), 0o755);
  return folder;
}

function withGit(repository: TestRepository, folder: string): TestRepository {
  return { ...repository, env: { ...repository.env, PATH: `${folder}${delimiter}${repository.env['PATH']}` } };
}

describe('what passes by itself is retried', () => {
  it.each([
    ['the lock of the index', 'index.lock', ['update-index', '--add', 'a.js']],
    ['the lock of the config', 'config.lock', ['config', 'user.name', 'Grace']],
  ])('%s', async (_what, name, args) => {
    const repository = createRepository();
    repository.write('a.js', 'one\n');
    const lock = join(repository.top, '.git', name);
    writeFileSync(lock, '');
    const client = openClient(repository);
    // Once: the next lock is that of the git that goes on.
    const watch = setInterval(() => {
      if (client.retries() === 0) return;
      clearInterval(watch);
      rmSync(lock);
    }, 1);
    await client.read(args).finally(() => clearInterval(watch));
    expect(client.retries()).toBeGreaterThan(0);
    expect(existsSync(lock)).toBe(false);
  });

  it.runIf(process.platform === 'linux')('a git that is being written just now (ETXTBSY)', async () => {
    const repository = createRepository();
    const real = spawnSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).stdout.trim();
    const folder = createFolder();
    copyFileSync(real, join(folder, 'git'));
    chmodSync(join(folder, 'git'), 0o755);
    const writing = openSync(join(folder, 'git'), 'a');
    setTimeout(() => closeSync(writing), 120);
    const client = openClient(withGit(repository, folder));
    expect((await client.read(['version'])).toString()).toContain('git version');
    expect(client.retries()).toBeGreaterThan(0);
  });

  it.runIf(process.platform === 'linux')('no file that can be opened (EMFILE)', async () => {
    const repository = createRepository();
    const client = openClient(repository);
    await client.read(['version']);
    const opened = fillDescriptors();
    setTimeout(() => opened.forEach((descriptor) => closeSync(descriptor)), 120);
    expect((await client.read(['version'])).toString()).toContain('git version');
    expect(client.retries()).toBeGreaterThan(0);
  });

  it('no process to be had, as git itself says it', async () => {
    const repository = createRepository();
    const said = 'error: cannot fork() for cat-file: Resource temporarily unavailable';
    const folder = createFolder();
    const script = `#!/bin/sh\n[ -f '${folder}/once' ] && { echo fine; exit; }\ntouch '${folder}/once'\necho '${said}' >&2\nexit 128\n`;
    const client = openClient(withGit(repository, folderWithGit(script)));
    expect((await client.read(['version'])).toString()).toBe('fine\n');
    expect(client.retries()).toBe(1);
  });
});

/** All that this process may open. */
function fillDescriptors(): number[] {
  const opened: number[] = [];
  for (;;) {
    try {
      opened.push(openSync('/dev/null', 'r'));
    } catch {
      // The last one.
      return opened;
    }
  }
}

describe('it is not retried', () => {
  it('more often than the config says, and then the lock is named', async () => {
    const repository = createRepository();
    writeFileSync(join(repository.top, '.git/config.lock'), '');
    const client = openClient(repository, { maxRetries: 2 });
    await expect(client.read(['config', 'user.name', 'Grace'])).rejects.toMatchObject({
      code: 'GIT_FAILED',
      message: expect.stringMatching(/failed after 2 retries: .*config/),
    });
    expect(client.retries()).toBe(2);
  });

  it('where the config says never, or nothing would become better', async () => {
    const repository = createRepository();
    writeFileSync(join(repository.top, '.git/config.lock'), '');
    const never = openClient(repository, { maxRetries: 0 });
    await expect(never.read(['config', 'user.name', 'Grace'])).rejects.toMatchObject({ code: 'GIT_FAILED' });
    const client = openClient(repository);
    await expect(client.read(['cat-file', 'blob', 'nothing'])).rejects.toMatchObject({ code: 'GIT_FAILED' });
    expect([never.retries(), client.retries()]).toEqual([0, 0]);
  });

  it('where something has been heard already: it would be heard twice', async () => {
    const repository = createRepository();
    const script = `#!/bin/sh\necho half\necho 'fatal: Cannot allocate memory' >&2\nexit 128\n`;
    const client = openClient(withGit(repository, folderWithGit(script)));
    const heard: string[] = [];
    await expect(client.stream(['version'], { onData: (chunk) => void heard.push(chunk.toString()) })).rejects.toMatchObject({
      code: 'GIT_FAILED',
    });
    expect(heard.join('')).toBe('half\n');
    expect(client.retries()).toBe(0);
  });

  it('where no time is left for it', async () => {
    const repository = createRepository();
    writeFileSync(join(repository.top, '.git/config.lock'), '');
    const client = openClient(repository, { timeLeft: () => 10 });
    await expect(client.read(['config', 'user.name', 'Grace'])).rejects.toMatchObject({ code: 'GIT_FAILED' });
    expect(client.retries()).toBe(0);
  });
});

describe('a git that does not end', () => {
  const HANGS = (file: string): string => `#!/bin/sh\necho $$ >'${file}'\nexec sleep 600\n`;

  it('is stopped when the time is over, also where that is said later', async () => {
    const repository = createRepository();
    const file = join(createFolder(), 'pid');
    const client = openClient(withGit(repository, folderWithGit(HANGS(file))));
    setTimeout(() => client.configure({ maxRetries: 0, retryDelay: 0, timeLeft: () => -1 }), 100);
    await expect(client.read(['diff'])).rejects.toMatchObject({
      code: 'TIMEOUT',
      message: expect.stringContaining('git diff was stopped after'),
    });
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(() => process.kill(Number(readFileSync(file, 'utf8')), 0)).toThrow('ESRCH');
  });

  it('holds nobody up who does not hear of its end', async () => {
    const repository = createRepository();
    const file = join(createFolder(), 'pid');
    const client = openClient(withGit(repository, folderWithGit(`#!/bin/sh\ntrap '' INT\n${HANGS(file)}`)), { timeLeft: () => -1 });
    await expect(client.read(['diff'])).rejects.toMatchObject({ code: 'TIMEOUT' });
    // It is still there: nobody waited for it.
    expect(process.kill(Number(readFileSync(file, 'utf8')), 'SIGKILL')).toBe(true);
  });
});
