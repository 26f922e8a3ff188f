import { describe, expect, it } from 'vitest';
import { openGit } from '../../src/git/client.ts';
import { knownRefs, parseRemotes, readRemotes, type Remote, usualRefs } from '../../src/git/remotes.ts';
import { createRepository } from '../support/repository.ts';

const remote = (name: string, ...urls: string[]): Remote => ({ name, urls, pushUrls: [] });

describe('the remotes of a repository', () => {
  it('are read with their URLs, in their order', async () => {
    const { git, top, env } = createRepository();
    git('remote', 'add', 'origin', '../one.git');
    git('remote', 'set-url', '--add', 'origin', '../two.git');
    git('remote', 'set-url', '--add', '--push', 'origin', '../three.git');
    git('remote', 'add', 'a.b/c', 'https://forge.example/x?y=url');
    expect(await readRemotes(openGit(top, env))).toEqual([
      { name: 'origin', urls: ['../one.git', '../two.git'], pushUrls: ['../three.git'] },
      { name: 'a.b/c', urls: ['https://forge.example/x?y=url'], pushUrls: [] },
    ]);
  });

  it('are none where there are none', () => {
    expect(parseRemotes('core.bare\nfalse\0remote.pushdefault\norigin\0remote.x.url\0')).toEqual([{ name: 'x', urls: [''], pushUrls: [] }]);
    expect(parseRemotes('')).toEqual([]);
  });
});

describe('what the other side has, as far as it is known', () => {
  const origin = remote('origin', 'https://forge.example/team/app.git');
  const mirror: Remote = { ...remote('origin', 'https://inside.example/app.git'), pushUrls: ['https://outside.example/app.git'] };
  const twoWays: Remote = { ...origin, pushUrls: ['git@forge.example:team/app.git'] };

  it.each<[string, Remote[], string, string, string[]]>([
    ['the refs of the remote', [origin], 'origin', 'https://forge.example/team/app.git', ['--remotes=origin']],
    ['also where git rewrites its URL', [origin], 'origin', 'git@alias:team/app', ['--remotes=origin']],
    [
      'those of a remote with this URL',
      [origin],
      'https://forge.example/team/app.git',
      'https://forge.example/team/app.git',
      ['--remotes=origin'],
    ],
    ['also over the other protocol', [origin], 'git@forge.example:team/app', 'git@forge.example:team/app', ['--remotes=origin']],
    ['nothing of another repository there', [origin], 'https://forge.example/team/other.git', 'https://forge.example/team/other.git', []],
    ['nothing of another user’s', [remote('o', 'git@box:app')], 'bob@box:app', 'bob@box:app', []],
    ['nothing where the host is another', [origin], 'https://mirror.example/team/app.git', 'https://mirror.example/team/app.git', []],
    ['nothing where it is pushed to another place than it is fetched from', [mirror], 'origin', 'https://outside.example/app.git', []],
    ['all where the two are one', [twoWays], 'origin', 'git@forge.example:team/app.git', ['--remotes=origin']],
    ['of several URLs only those of the first', [remote('origin', '../a', '../b')], 'origin', '../b', []],
    ['the same for the first of them', [remote('origin', '../a', '../b')], 'origin', '../a', ['--remotes=origin']],
    ['nothing of a path that only ends alike', [remote('origin', '../app')], '../app.git', '../app.git', []],
    ['nothing without remotes', [], '/srv/app.git', '/srv/app.git', []],
    [
      'nothing of a remote whose name lies in its own',
      [origin, remote('origin/fork', '../fork')],
      'origin',
      'https://forge.example/team/app.git',
      ['--exclude=origin/fork/*', '--remotes=origin'],
    ],
    ['nothing by a name that is a pattern', [remote('*', '../a')], '*', '../a', []],
  ])('%s', (_, remotes, name, url, expected) => {
    expect(knownRefs(remotes, name, url)).toEqual(expected);
  });

  it('is guessed for a remote that has nothing special about it', () => {
    expect(usualRefs('origin')).toEqual(['--remotes=origin']);
    for (const name of ['*', 'a?', '[x]', 'a\\', '']) expect(usualRefs(name)).toEqual([]);
  });
});
