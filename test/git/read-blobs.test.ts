import { truncateSync, writeFileSync, chmodSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openGit } from '../../src/git/client.ts';
import { type BlobAnswer, type BlobRequest, readBlobs } from '../../src/git/read-blobs.ts';
import { readIndexFiles } from '../../src/git/read-index-files.ts';
import { createRepository, type TestRepository } from '../support/repository.ts';

async function read(
  repository: TestRepository,
  requests: readonly BlobRequest[],
  limit: { maxFileSize?: number; total?: number; top?: string | null } = {},
) {
  const answers: BlobAnswer[] = [];
  const limits = {
    maxFileSize: limit.maxFileSize ?? 1e6,
    budget: { left: limit.total ?? 1e9 },
    refuse: () => null,
    isOver: () => false,
    pause: async () => undefined,
  };
  const top = limit.top === undefined ? repository.top : limit.top;
  await readBlobs(openGit(repository.top, repository.env), top, requests, limits, (index, answer) => {
    expect(answers[index]).toBeUndefined();
    answers[index] = answer;
  });
  return answers;
}

function stage(repository: TestRepository, path: string, content: string): BlobRequest {
  repository.write(path, content);
  repository.git('add', '--force', path);
  return { id: repository.git('rev-parse', `:${path}`).trim(), mode: '100644', pathBytes: Buffer.from(path) };
}

const textOf = (answer: BlobAnswer | undefined): string =>
  answer?.kind === 'content' ? answer.bytes.toString() : (answer?.kind ?? 'none');

describe('blobs', () => {
  it('are the work tree where its bytes prove to be them, and the object store where not', async () => {
    const repository = createRepository();
    const [same, masked] = [stage(repository, 'same', 'content\n'), stage(repository, 'masked', 'secret\n')];
    repository.write('masked', '******\n');
    expect((await read(repository, [same, masked])).map(textOf)).toEqual(['content\n', 'secret\n']);
    expect((await read(repository, [same, masked], { top: null })).map(textOf)).toEqual(['content\n', 'secret\n']);
  });

  it('are the same from the work tree and from the object store, for any bytes', async () => {
    const repository = createRepository();
    const requests = fc.sample(fc.uint8Array({ maxLength: 3000 }), { numRuns: 25, seed: 1 }).map((bytes, i) => {
      const path = `file${i}`;
      writeFileSync(join(repository.top, path), bytes);
      repository.git('add', path);
      return { id: repository.git('rev-parse', `:${path}`).trim(), mode: '100644', pathBytes: Buffer.from(path) };
    });
    const quick = await read(repository, requests);
    expect(quick.map(({ kind }) => kind)).toEqual(requests.map(() => 'content'));
    expect(quick).toEqual(await read(repository, requests, { top: null }));
  });

  it('are given once a request, also where two files are one blob', async () => {
    const repository = createRepository();
    const [a, b] = [stage(repository, 'a', 'x\n'), stage(repository, 'b', 'x\n')];
    expect((await read(repository, [a, b], { top: null })).map(textOf)).toEqual(['x\n', 'x\n']);
  });

  it('over a limit are named and not read', async () => {
    const repository = createRepository();
    const [big, small] = [stage(repository, 'big', 'x'.repeat(1000)), stage(repository, 'small', 'y')];
    expect(await read(repository, [big, small], { maxFileSize: 999 })).toMatchObject([
      { kind: 'too-large', size: 1000 },
      { kind: 'content' },
    ]);
    expect(await read(repository, [big, small], { total: 10, top: null })).toMatchObject([{ kind: 'too-large' }, { kind: 'content' }]);
  });

  it.each([
    ['missing', (file: string) => writeFileSync(file, '', { flag: 'w' })],
    ['cut', (file: string) => truncateSync(file, 20)],
  ])('that are %s are unreadable, and the others are still read', async (_name, damage) => {
    const repository = createRepository();
    const [bad, good] = [stage(repository, 'bad', 'x\n'.repeat(500)), stage(repository, 'good', 'y\n')];
    repository.write('bad', 'changed\n');
    const file = join(repository.top, '.git/objects', bad.id.slice(0, 2), bad.id.slice(2));
    chmodSync(file, 0o644);
    damage(file);
    const answers = await read(repository, [bad, good], { top: null });
    expect(answers.map(textOf)).toEqual(['unreadable', 'y\n']);
  });

  it('of the index are found by name', async () => {
    const repository = createRepository();
    stage(repository, 'one.json', '{}');
    stage(repository, 'sub folder/two', 'II');
    const files = await readIndexFiles(openGit(repository.top, repository.env), ['none', 'one.json', 'sub folder/two', 'none either']);
    expect([...files].map(([path, bytes]) => [path, bytes.toString()])).toEqual([
      ['one.json', '{}'],
      ['sub folder/two', 'II'],
    ]);
  });
});
