import { describe, expect, it } from 'vitest';
import { type GitClient, openGit } from '../../src/git/client.ts';
import { readCommitRecords } from '../../src/git/read-commit-records.ts';
import type { BlobLimits } from '../../src/git/read-blobs.ts';
import { type Message, readMessages } from '../../src/git/read-messages.ts';
import { readNewCommits, readNewGraph } from '../../src/git/read-new-commits.ts';
import { readTips } from '../../src/git/read-tips.ts';
import { createRepository, type TestRepository } from '../support/repository.ts';

interface Situation extends TestRepository {
  readonly client: GitClient;
  /** Commits a file; gives the id. */
  readonly commit: (path: string, content: string, message?: string) => string;
  readonly id: (name: string) => string;
}

function situation(initArgs: readonly string[] = []): Situation {
  const repository = createRepository({ initArgs });
  const id = (name: string): string => repository.git('rev-parse', name).trim();
  return {
    ...repository,
    client: openGit(repository.top, repository.env),
    id,
    commit(path, content, message = `change ${path}`) {
      repository.write(path, content);
      repository.git('add', '--all');
      repository.git('commit', '--quiet', '--message', message);
      return id('HEAD');
    },
  };
}

const LISTS: Record<string, readonly string[]> = { 'SHA-1': [], 'SHA-256': ['--object-format=sha256'] };

describe.each(Object.entries(LISTS))('new commits, %s', (_, initArgs) => {
  it('are those that no known ref leads to, oldest first', async () => {
    const { client, commit, git } = situation(initArgs);
    const [one, two, three] = [commit('a', '1'), commit('a', '2'), commit('a', '3')];
    git('update-ref', 'refs/remotes/origin/main', one);
    const known = ['--remotes=origin'];
    expect(await readNewCommits(client, { tips: [three], old: [], known })).toEqual([two, three]);
    expect(await readNewCommits(client, { tips: [three], old: [two], known })).toEqual([three]);
    expect(await readNewCommits(client, { tips: [three], old: [], known: [] })).toEqual([one, two, three]);
    expect(await readNewCommits(client, { tips: [one], old: [], known })).toEqual([]);
    expect(await readNewCommits(client, { tips: [], old: [two], known })).toEqual([]);
  });

  it('pass over an old tip that is not here', async () => {
    const { client, commit } = situation(initArgs);
    const one = commit('a', '1');
    expect(await readNewCommits(client, { tips: [one], old: ['b'.repeat(one.length)], known: [] })).toEqual([one]);
  });

  it('of an old tip that is a tag are those that it does not lead to', async () => {
    const { client, commit, git, id } = situation(initArgs);
    commit('a', '1');
    git('tag', '--annotate', '--message', 'tag', 'v1');
    const two = commit('a', '2');
    expect(await readNewCommits(client, { tips: [two], old: [id('v1')], known: [] })).toEqual([two]);
  });

  it('are none behind a file or a tree', async () => {
    const { client, commit, id } = situation(initArgs);
    const one = commit('a', '1');
    expect(await readNewCommits(client, { tips: [id('HEAD:a'), id('HEAD^{tree}')], old: [], known: [] })).toEqual([]);
    expect(await readNewCommits(client, { tips: [id('HEAD:a'), one], old: [], known: [] })).toEqual([one]);
  });

  it('have parents', async () => {
    const { client, commit, git, id } = situation(initArgs);
    const one = commit('a', '1');
    git('switch', '--quiet', '--create', 'side');
    const side = commit('b', '1');
    git('switch', '--quiet', 'main');
    const two = commit('a', '2');
    git('merge', '--quiet', '--message', 'merge', 'side');
    const graph = await readNewGraph(client, { tips: [id('main')], old: [one], known: [] });
    expect(Object.fromEntries(graph)).toEqual({ [side]: [one], [two]: [one], [id('main')]: [two, side] });
    expect([...graph.keys()].at(-1)).toBe(id('main'));
  });
});

describe('tips', () => {
  it('are told by what they lead to, with every tag on the way', async () => {
    const { client, commit, git, id } = situation();
    const one = commit('a', '1');
    git('tag', '--annotate', '--message', 'inner', 'inner');
    git('tag', '--annotate', '--message', 'outer', 'outer', 'inner');
    git('tag', '--annotate', '--message', 'on a file', 'file', 'HEAD:a');
    git('tag', 'tree', 'HEAD^{tree}');
    const names = [one, id('outer'), id('file'), id('tree'), id('HEAD:a')];
    expect(Object.fromEntries(await readTips(client, names))).toEqual({
      [one]: { id: one, tags: [], target: { id: one, type: 'commit' } },
      [id('outer')]: { id: id('outer'), tags: [id('outer'), id('inner')], target: { id: one, type: 'commit' } },
      [id('file')]: { id: id('file'), tags: [id('file')], target: { id: id('HEAD:a'), type: 'blob' } },
      [id('tree')]: { id: id('tree'), tags: [], target: { id: id('tree'), type: 'tree' } },
      [id('HEAD:a')]: { id: id('HEAD:a'), tags: [], target: { id: id('HEAD:a'), type: 'blob' } },
    });
  });

  it('may be named', async () => {
    const { client, commit } = situation();
    const one = commit('a', '1');
    expect((await readTips(client, ['refs/heads/main'])).get('refs/heads/main')).toMatchObject({ id: one, tags: [] });
  });

  it.each([
    ['an id that is not here', 'c'.repeat(40)],
    ['a name that is none', 'refs/heads/none'],
    ['an empty name', ''],
  ])('%s is an error, and never nothing to look at', async (_, name) => {
    const { client, commit } = situation();
    const one = commit('a', '1');
    await expect(readTips(client, [one, name])).rejects.toMatchObject({ code: 'INPUT_INVALID' });
  });
});

describe('records of commits', () => {
  it('say what each changes, and stop at a commit when there are enough', async () => {
    const { client, commit } = situation();
    const commits = [commit('a', '1'), commit('b', '1'), commit('a', '2')];
    const all = await readCommitRecords(client, commits, 1000);
    expect(all.read).toBe(3);
    expect(all.changes.map(({ commit: id, record: { status }, added }) => [id, status, added])).toEqual([
      [commits[0], 'A', 'all'],
      [commits[1], 'A', 'all'],
      [commits[2], 'M', 'all'],
    ]);
  });

  it('go on where they were stopped, over commits without changes too', async () => {
    const { client, commit, git, id } = situation();
    const commits: string[] = [];
    for (let i = 0; i < 40; i++) {
      commits.push(commit(`f${i}`, String(i)));
      git('commit', '--quiet', '--allow-empty', '--message', 'empty');
      commits.push(id('HEAD'));
    }
    const seen: string[] = [];
    let left = commits;
    let rounds = 0;
    while (left.length > 0) {
      const { changes, read } = await readCommitRecords(client, left, 1);
      expect(read).toBeGreaterThan(0);
      seen.push(...changes.map(({ record: { pathBytes } }) => pathBytes.toString()));
      left = left.slice(read);
      rounds++;
    }
    expect(seen).toEqual(commits.filter((_, i) => i % 2 === 0).map((_, i) => `f${i}`));
    expect(rounds).toBeLessThanOrEqual(41);
  });
});

describe('messages', () => {
  const read = async (client: GitClient, ids: readonly string[], maxSize = 1000): Promise<Message[]> => {
    const messages: Message[] = [];
    const limits: BlobLimits = {
      maxFileSize: maxSize,
      budget: { left: Infinity },
      refuse: () => null,
      isOver: () => false,
      pause: async () => undefined,
    };
    await readMessages(
      client,
      ids,
      limits,
      (message) => void messages.push({ ...message, text: message.text && Buffer.from(message.text) }),
    );
    return messages;
  };

  it('of commits and tags come without what stands before them', async () => {
    const { client, commit, git, id } = situation();
    const one = commit('a', '1', 'Subject\n\nBody: with a colon\n\nLast');
    git('tag', '--annotate', '--message', 'Release\n\nnotes', 'v1');
    git('commit', '--quiet', '--allow-empty', '--allow-empty-message', '--message', '');
    const messages = await read(client, [one, id('v1'), id('HEAD')]);
    expect(messages.map(({ text }) => text?.toString())).toEqual(['Subject\n\nBody: with a colon\n\nLast\n', 'Release\n\nnotes\n', '']);
  });

  it('that are too large are told by their size alone, and those behind them are read', async () => {
    const { client, commit, id } = situation();
    const large = commit('a', '1', 'x'.repeat(100_000));
    const small = commit('b', '1', 'small');
    const messages = await read(client, [large, small]);
    expect(messages.map(({ text, size }) => [text?.toString() ?? null, size! > 1000])).toEqual([
      [null, true],
      ['small\n', false],
    ]);
    expect(id('HEAD')).toBe(small);
  });

  it('of what is not here are null', async () => {
    const { client, commit } = situation();
    commit('a', '1');
    expect(await read(client, ['d'.repeat(40)])).toEqual([{ id: 'd'.repeat(40), text: null, size: null }]);
  });
});
