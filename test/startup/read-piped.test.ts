import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openGit } from '../../src/git/client.ts';
import { readStagedChanges } from '../../src/git/read-changes.ts';
import { readIndexFiles } from '../../src/git/read-index-files.ts';
import { PIPE_PROTOCOL, readPiped, renderPipeCommands } from '../../src/startup/read-piped.ts';
import { createFolder, createRepository, type TestRepository } from '../support/repository.ts';

const PATHS = ['package.json', '.code-guardianrc', 'odd/exit000.json'];

/** What the shim would send. */
function ask({ top, env }: TestRepository, paths = PATHS): Buffer {
  return spawnSync('sh', ['-c', renderPipeCommands(paths)], { cwd: top, env, maxBuffer: 1 << 28 }).stdout;
}

function read(answer: Buffer, paths = PATHS) {
  const path = join(createFolder(), 'answer');
  writeFileSync(path, answer);
  const descriptor = openSync(path, 'r');
  onTestFinished(() => closeSync(descriptor));
  return readPiped(descriptor, paths);
}

/** Something of everything: changed, added, removed, a name that is odd, text that looks like our own marks. */
function staged(): TestRepository {
  const repository = createRepository();
  repository.write('a.txt', '1\n2\n3\n');
  repository.write('gone.txt', 'x\n');
  repository.git('add', '--all');
  repository.git('commit', '--quiet', '--message', 'start');
  repository.git('rm', '--quiet', 'gone.txt');
  repository.write('package.json', '{"name":"x"}\n');
  repository.write('odd/exit000.json', 'no line end, exit000\nexit000');
  repository.write('a.txt', '1\nnew\n3\nexit000\nlast');
  writeFileSync(Buffer.concat([Buffer.from(`${repository.top}/`), Buffer.from('odd\u00ff name', 'latin1')]), 'y\n');
  repository.write('big.txt', 'line\n'.repeat(50_000));
  repository.git('add', '--all');
  return repository;
}

describe('answers that the shell fetched', () => {
  it('are those that are given through the client', async () => {
    const repository = staged();
    const piped = read(ask(repository))!;
    const git = openGit(repository.top, repository.env);
    expect(piped.changes).toEqual(await readStagedChanges(git));
    expect(piped.changes.length).toBeGreaterThan(4);
    expect(piped.files).toEqual(await readIndexFiles(git, PATHS));
    expect([...piped.files.keys()]).toEqual(['package.json', 'odd/exit000.json']);
  });

  it('hold whatever the configuration and the environment say', async () => {
    const repository = staged();
    const plain = read(ask(repository))!;
    for (const [key, value] of [
      ['color.ui', 'always'],
      ['diff.noprefix', 'true'],
      ['diff.external', 'true'],
      ['core.quotePath', 'true'],
    ])
      repository.git('config', key!, value!);
    const env = { ...repository.env, GIT_DIFF_OPTS: '-u9', GIT_EXTERNAL_DIFF: 'true', GIT_TRACE: '1' };
    expect(read(ask({ ...repository, env }))).toEqual(plain);
  });

  it('may be empty: nothing is staged, or all on an unborn branch', () => {
    const repository = createRepository();
    expect(read(ask(repository))).toEqual({ changes: [], files: new Map() });
    repository.write('package.json', '{}');
    repository.git('add', '--all');
    expect(read(ask(repository))).toMatchObject({ changes: [{ added: 'all' }] });
  });

  it('are none where they break off, wherever that is', () => {
    const answer = ask(staged());
    const whole = read(answer);
    expect(whole).not.toBeNull();
    const step = Math.max(1, Math.floor(answer.length / 60));
    for (let length = 0; length < answer.length; length += length < 200 ? 7 : step) {
      const part = read(answer.subarray(0, length));
      // All records may have come and none need a patch; then the rest is not needed. It never says less.
      if (part !== null) expect(part).toEqual(whole);
    }
    expect(read(answer.subarray(0, answer.length - 1))).toBeNull();
  });

  it('are none where git failed, or anything else speaks', () => {
    const { top, env } = createRepository();
    expect(read(ask({ top: join(top, '..'), env } as TestRepository))).toBeNull();
    for (const text of [
      '',
      'exit000\n',
      'fatal: no\nexit128\n',
      `${'x missing\n'.repeat(PATHS.length)}exit000\nnonsense`,
      '\0\u00ff'.repeat(999),
    ])
      expect(read(Buffer.from(text, 'latin1'))).toBeNull();
    const failed = `${'x missing\n'.repeat(PATHS.length)}exit000\nexit128\n`;
    expect(read(Buffer.from(failed))).toBeNull();
    expect(read(Buffer.from(failed.replace('exit128', 'exit000')))).toEqual({ changes: [], files: new Map() });
  });

  it('are none where nothing can be read', () => {
    const descriptor = openSync(createFolder(), 'r');
    onTestFinished(() => closeSync(descriptor));
    expect(readPiped(descriptor, PATHS)).toBeNull();
  });
});

describe('the protocol', () => {
  it('has a new number whenever the commands change', () => {
    const hash = createHash('sha256').update(renderPipeCommands(PATHS)).digest('hex').slice(0, 16);
    expect({ [PIPE_PROTOCOL]: hash }).toEqual({ 1: '46c8a16a7c1ec8e4' });
  });
});
