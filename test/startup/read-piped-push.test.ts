import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { openGit } from '../../src/git/client.ts';
import { readNewCommits } from '../../src/git/read-new-commits.ts';
import { parsePushPipe, renderPushPipeCommands } from '../../src/startup/read-piped-push.ts';
import { parseRemotes, readRemotes } from '../../src/git/remotes.ts';
import { createRepository, type TestRepository } from '../support/repository.ts';

const NONE = '0'.repeat(40);
const GIVE_INPUT = 'give_input() { [ -z "$input" ] || printf "%s\\n" "$input"; }';

/** What the shim would send. */
function ask({ top, env }: TestRepository, told: string, remote = 'origin', url = 'url'): string {
  const script = `input=$(cat)\n${GIVE_INPUT}\n${renderPushPipeCommands()}`;
  return spawnSync('sh', ['-c', script, 'sh', remote, url], { cwd: top, env, input: told, maxBuffer: 1 << 28 }).stdout.toString();
}

/** Five commits, of which the remote has two; a value of the config that looks like our own marks. */
function pushing(): { readonly repository: TestRepository; readonly idOf: (name: string) => string } {
  const repository = createRepository();
  for (let i = 1; i <= 5; i++) repository.git('commit', '--quiet', '--allow-empty', '--message', `commit ${i}`);
  repository.git('remote', 'add', 'origin', 'url');
  repository.git('update-ref', 'refs/remotes/origin/main', 'HEAD~3');
  repository.git('config', 'odd.value', 'first line\nexit000\nlast');
  return { repository, idOf: (name) => repository.git('rev-parse', name).trim() };
}

describe('what the shell asked for a push', () => {
  it('is what is asked through the client', async () => {
    const { repository, idOf } = pushing();
    const told = `refs/heads/main ${idOf('HEAD')} refs/heads/main ${idOf('HEAD~3')}\n`;
    const git = openGit(repository.top, repository.env);
    const { told: first, answers } = parsePushPipe(ask(repository, told));
    expect(first).toBe(told);
    expect(answers.commits).toEqual(
      await readNewCommits(git, { tips: [idOf('HEAD')], old: [idOf('HEAD~3')], known: ['--remotes=origin'] }),
    );
    expect(answers.commits).toEqual([idOf('HEAD~2'), idOf('HEAD~1'), idOf('HEAD')]);
    expect(parseRemotes(answers.config!)).toEqual(await readRemotes(git));
    expect(answers.config).toContain('odd.value\nfirst line\nexit000\nlast\0');
  });

  it.each([
    ['a name with spaces', (id: string) => `HEAD@{1 second ago} ${id} refs/heads/main ${NONE}`],
    ['a new branch', (id: string) => `refs/heads/new ${id} refs/heads/new ${NONE}`],
    ['an old tip that is not here', (id: string) => `refs/heads/main ${id} refs/heads/main ${'1'.repeat(40)}`],
    [
      'a deletion beside it',
      (id: string) => `(delete) ${NONE} refs/heads/old ${'1'.repeat(40)}\nrefs/heads/main ${id} refs/heads/main ${NONE}`,
    ],
  ])('knows %s', (_, write) => {
    const { repository, idOf } = pushing();
    const told = `${write(idOf('HEAD'))}\n`;
    expect(parsePushPipe(ask(repository, told))).toMatchObject({
      told,
      answers: { commits: [idOf('HEAD~2'), idOf('HEAD~1'), idOf('HEAD')] },
    });
  });

  it('holds no commits where the remote has no name, or git has failed', () => {
    const { repository, idOf } = pushing();
    const told = `refs/heads/main ${idOf('HEAD')} refs/heads/main ${NONE}\n`;
    expect(parsePushPipe(ask(repository, told, 'url', 'url'))).toMatchObject({ told, answers: { commits: null } });
    const broken = { ...repository, env: { ...repository.env, GIT_DIR: '/nowhere' } };
    expect(parsePushPipe(ask(broken, told))).toMatchObject({ told, answers: { commits: null } });
  });

  it('is nothing where nothing was told', () => {
    const { repository } = pushing();
    expect(parsePushPipe(ask(repository, ''))).toMatchObject({ told: '', answers: { commits: [] } });
  });
});

describe('an answer that is cut off', () => {
  it('anywhere is not believed, and what git told is kept', () => {
    const { repository, idOf } = pushing();
    const told = `refs/heads/main ${idOf('HEAD')} refs/heads/main ${NONE}\n`;
    const whole = ask(repository, told);
    for (let length = told.length; length < whole.length; length++) {
      const parsed = parsePushPipe(whole.slice(0, length));
      expect(parsed.told.startsWith(told)).toBe(true);
      expect(parsed.answers.commits).toBe(null);
    }
    expect(parsePushPipe(whole).answers.commits).toHaveLength(3);
  });

  it('of a config with many dots takes no time to see', () => {
    const config = Array.from({ length: 200 }, (_, i) => `a.b.c.d.e.f${i}\n1.2.3.4.5\0`).join('');
    expect(parsePushPipe(`exit000\n${config}exit0`).answers.config).toBe(null);
  });
});
