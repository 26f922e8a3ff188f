import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openGit } from '../../src/git/client.ts';
import { readCommitChanges, readCommitIds, readStagedChanges, readTrackedFiles } from '../../src/git/read-changes.ts';
import { createFolder, createRepository, type TestRepository } from '../support/repository.ts';

const openClient = ({ top, env }: TestRepository) => openGit(top, env);

function started(): TestRepository {
  const repository = createRepository();
  repository.write('a.txt', '1\n2\n3\n');
  repository.git('add', '--all');
  repository.git('commit', '--quiet', '--message', 'start');
  return repository;
}

describe('what is staged', () => {
  it('is read with its lines, and names are bytes', async () => {
    const repository = started();
    repository.write('a.txt', '1\nnew\n3\nlast');
    const odd = Buffer.from('odd\u00ff"\n name', 'latin1');
    writeFileSync(Buffer.concat([Buffer.from(`${repository.top}/`), odd]), 'x\n');
    repository.git('add', '--all');
    const changes = await readStagedChanges(openClient(repository));
    expect(changes.map(({ record, added }) => [record.status, added === 'all' ? added : [...added.ranges]])).toEqual([
      ['M', [2, 1, 4, 1]],
      ['A', 'all'],
    ]);
    expect(changes[1]!.record.pathBytes).toEqual(odd);
  });

  it('is nothing in an empty commit, and on an unborn branch all of the index', async () => {
    const repository = createRepository();
    expect(await readStagedChanges(openClient(repository))).toEqual([]);
    repository.write('a.txt', '1\n');
    repository.git('add', '--all');
    expect(await readStagedChanges(openClient(repository))).toMatchObject([{ added: 'all' }]);
  });

  it('is added whole where git cannot make the patch', async () => {
    const repository = started();
    repository.write('.gitattributes', '*.txt diff=odd\n');
    repository.git('config', 'diff.odd.xfuncname', '(');
    repository.write('a.txt', '1\n2\n3\n4\n');
    repository.git('add', '--all');
    const changes = await readStagedChanges(openClient(repository));
    expect(changes.map(({ record, added }) => [record.pathBytes.toString(), added])).toEqual([
      ['.gitattributes', 'all'],
      ['a.txt', 'all'],
    ]);
  });

  it('fails outside a repository, with a broken index and without git', async () => {
    const folder = createFolder();
    await expect(readStagedChanges(openGit(folder, { PATH: process.env['PATH'] }))).rejects.toMatchObject({ code: 'NOT_A_REPOSITORY' });
    const repository = started();
    writeFileSync(join(repository.top, '.git/index'), 'garbage');
    await expect(readStagedChanges(openClient(repository))).rejects.toMatchObject({ code: 'GIT_FAILED' });
    await expect(readStagedChanges(openGit(repository.top, { PATH: folder }))).rejects.toMatchObject({
      code: 'GIT_FAILED',
      message: 'git: command not found',
    });
  });
});

describe('the commits of a range', () => {
  it('are read one by one: root, ordinary and merge', async () => {
    const repository = started();
    repository.git('checkout', '--quiet', '-b', 'side');
    repository.write('b.txt', 'side\n');
    repository.git('add', '--all');
    repository.git('commit', '--quiet', '--message', 'side');
    repository.git('checkout', '--quiet', 'main');
    repository.write('a.txt', '1\n2\n3\nmain\n');
    repository.git('commit', '--quiet', '--all', '--message', 'main');
    repository.git('merge', '--quiet', '--no-commit', '--no-ff', 'side');
    repository.write('b.txt', 'side\nby the merge\n');
    repository.git('add', '--all');
    repository.git('commit', '--quiet', '--message', 'merge');

    const git = openClient(repository);
    const ids = await readCommitIds(git, { kind: 'history' });
    expect(ids).toHaveLength(4);
    const changes = await readCommitChanges(git, ids);
    const seen = changes.map(({ record, added, commit }) => [
      ids.indexOf(commit!),
      record.pathBytes.toString(),
      added === 'all' ? added : [...added.ranges],
    ]);
    expect(seen).toHaveLength(4);
    expect(seen).toContainEqual([0, 'a.txt', 'all']);
    expect(seen).toContainEqual([expect.any(Number), 'a.txt', [4, 1]]);
    expect(seen).toContainEqual([3, 'b.txt', [2, 1]]);
  });

  it('are none in an empty range, and a usage error where git knows no such range', async () => {
    const git = openClient(started());
    expect(await readCommitIds(git, { kind: 'range', range: 'HEAD..HEAD' })).toEqual([]);
    await expect(readCommitIds(git, { kind: 'range', range: 'nowhere..HEAD' })).rejects.toMatchObject({ code: 'USAGE' });
    await expect(readCommitIds(git, { kind: 'range', range: '--output=x' })).rejects.toMatchObject({ code: 'USAGE' });
  });
});

describe('tracked files', () => {
  it('are the index, not the disk', async () => {
    const repository = started();
    repository.write('untracked.txt', 'x\n');
    const files = await readTrackedFiles(openClient(repository));
    expect(files.map(({ record }) => record.pathBytes.toString())).toEqual(['a.txt']);
  });
});
