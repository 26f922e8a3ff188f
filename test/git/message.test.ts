import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { USUAL_MESSAGE_SETTINGS, withoutComments } from '../../src/diff/commit-message.ts';
import { openGit } from '../../src/git/client.ts';
import { readMessageSettings } from '../../src/git/read-message-settings.ts';
import { createRepository, type TestRepository } from '../support/repository.ts';

const openClient = ({ top, env }: TestRepository) => openGit(top, env);

/** What the person types: lines that look like comments in one config and not in another. */
const TYPED = 'Add it\n\n; semicolon\n text\n-- dashes\nlast\n';
const NUMBERED = `${TYPED}# number\n`;

/** Commits with a commit-msg hook that keeps the file, and compares what git made of it with what we make of it. */
async function compare(
  config: Readonly<Record<string, string>>,
  args: readonly string[],
  typed: string,
): Promise<[git: string, us: string]> {
  const repository = createRepository();
  repository.write('.git/hooks/commit-msg', '#!/bin/sh\ncp "$1" kept\necho "$GIT_EDITOR" > editor\n');
  chmodSync(join(repository.top, '.git/hooks/commit-msg'), 0o755);
  writeFileSync(join(repository.top, '../typed'), typed);
  const editor = 'f() { cat ../typed "$1" > "$1.new" && mv "$1.new" "$1"; }; f';
  const settings = Object.entries(config).flatMap(([key, value]) => ['-c', `${key}=${value}`]);
  repository.write('a.txt', '# in the diff\n; too\n');
  repository.git('add', 'a.txt');
  const ran = repository.tryGit([...settings, 'commit', ...args], { env: { GIT_EDITOR: editor } });
  expect(ran).toMatchObject({ code: 0 });

  const read = (name: string) => readFileSync(join(repository.top, name));
  // As git does: `-c` is told to hooks in a variable.
  const client = openGit(repository.top, {
    ...repository.env,
    GIT_CONFIG_COUNT: String(settings.length / 2),
    ...Object.fromEntries(
      Object.keys(config).flatMap((key, i) => [
        [`GIT_CONFIG_KEY_${i}`, key],
        [`GIT_CONFIG_VALUE_${i}`, config[key]],
      ]),
    ),
  });
  const ours = withoutComments(read('kept'), await readMessageSettings(client), read('editor').toString() !== ':\n');
  const tidied = repository.tryGit(['stripspace'], { input: ours.toString() }).stdout;
  const made = repository.tryGit(['stripspace'], { input: repository.git('log', '-1', '--format=%B') }).stdout;
  return [made, tidied];
}

describe('a message is what git takes from its file', () => {
  const configs: readonly Readonly<Record<string, string>>[] = [
    {},
    { 'core.commentChar': ';' },
    { 'core.commentChar': 'auto' },
    ...['strip', 'whitespace', 'verbatim', 'scissors'].flatMap((cleanup) => [
      { 'commit.cleanup': cleanup },
      { 'commit.cleanup': cleanup, 'core.commentChar': ';', 'commit.verbose': 'true' },
    ]),
    { 'commit.verbose': 'true' },
    { 'commit.verbose': 'true', 'core.commentChar': 'auto' },
  ];
  it.each(configs.map((config) => [JSON.stringify(config), config] as const))('with %s', async (_, config) => {
    for (const args of [
      [],
      ['--verbose'],
      ['--message', TYPED],
      ['--file', '../typed', '--cleanup', config['commit.cleanup'] ?? 'default'],
    ]) {
      const [git, us] = await compare(config, args, config['core.commentChar'] === 'auto' ? TYPED : NUMBERED);
      expect([args, us]).toEqual([args, git]);
    }
  });

  it('with a template whose lines begin like comments, and a character that git chooses', async () => {
    const template = join(createRepository().top, 'template');
    writeFileSync(template, 'Title\n# heading\n; x\n');
    const [git, us] = await compare({ 'core.commentChar': 'auto', 'commit.template': template }, ['--verbose'], 'Add\n');
    expect(us).toBe(git);
    expect(us).toContain('# heading');
  });
});

describe('settings for messages', () => {
  it('are the usual ones where the config says nothing', async () => {
    expect(await readMessageSettings(openClient(createRepository()))).toEqual(USUAL_MESSAGE_SETTINGS);
  });

  it('are those that come last', async () => {
    const repository = createRepository();
    const file = join(repository.top, '.git/config');
    writeFileSync(
      file,
      `${readFileSync(file, 'utf8')}[core]\n commentChar = ;\n commentString = "//"\n[commit]\n cleanup = strip\n verbose\n`,
    );
    expect(await readMessageSettings(openClient(repository))).toEqual({ comment: '//', cleanup: 'strip', isVerbose: true });
    repository.git('config', 'commit.verbose', 'off');
    repository.git('config', '--add', 'core.commentChar', 'auto');
    expect(await readMessageSettings(openClient(repository))).toEqual({ comment: 'auto', cleanup: 'strip', isVerbose: false });
  });
});
