import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openGit } from '../../src/git/client.ts';
import { readLastMove, readRecordsBetween } from '../../src/git/read-last-commit.ts';
import { createRepository, type TestRepository } from '../support/repository.ts';

const openClient = ({ top, env }: TestRepository) => openGit(top, env);

function commit(repository: TestRepository, content: string, ...args: readonly string[]): string {
  repository.write('a.txt', content);
  repository.git('add', '--all');
  repository.git('commit', '--quiet', '--message', 'x: y', ...args);
  return repository.git('rev-parse', 'HEAD').trim();
}

describe('the last move of HEAD', () => {
  it('says what git did, and from where', async () => {
    const repository = createRepository();
    const git = openClient(repository);
    const first = commit(repository, '1\n');
    expect(await readLastMove(git)).toEqual({ id: first, action: 'commit (initial)', before: null });
    const second = commit(repository, '2\n');
    expect(await readLastMove(git)).toEqual({ id: second, action: 'commit', before: first });
    const amended = commit(repository, '3\n', '--amend');
    expect(await readLastMove(git)).toEqual({ id: amended, action: 'commit (amend)', before: second });
    repository.git('revert', '--no-edit', 'HEAD');
    expect(await readLastMove(git)).toMatchObject({ action: 'revert', before: amended });
  });

  it('is not known without a reflog, and says the same whatever the config wants shown', async () => {
    const repository = createRepository();
    repository.git('config', 'log.showSignature', 'true');
    repository.git('config', 'format.pretty', 'raw');
    const id = commit(repository, '1\n');
    expect(await readLastMove(openClient(repository))).toEqual({ id, action: 'commit (initial)', before: null });
    rmSync(join(repository.top, '.git/logs'), { recursive: true });
    expect(await readLastMove(openClient(repository))).toBeNull();
  });
});

describe('what a commit has that another has not', () => {
  it.each([['sha1'], ['sha256']])('is read by its records: %s', async (format) => {
    const repository = createRepository({ initArgs: [`--object-format=${format}`] });
    const git = openClient(repository);
    const first = commit(repository, '1\n');
    const records = await readRecordsBetween(git, null, first);
    expect(records.map(({ status, pathBytes }) => [status, pathBytes.toString()])).toEqual([['A', 'a.txt']]);
    repository.git('mv', 'a.txt', 'b.txt');
    const second = commit(repository, '2\n');
    expect((await readRecordsBetween(git, first, second)).map(({ status }) => status)).toEqual(['M', 'A']);
    expect(await readRecordsBetween(git, first, first)).toEqual([]);
    expect(await readRecordsBetween(git, null, first)).toEqual(records);
  });
});
