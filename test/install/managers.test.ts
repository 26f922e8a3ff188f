import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { guestCommand } from '../../src/install/guest-command.ts';
import { managerOf, MANAGERS } from '../../src/install/managers/all.ts';
import { LEFTHOOK } from '../../src/install/managers/lefthook.ts';
import { LINT_STAGED } from '../../src/install/managers/lint-staged.ts';
import type { Manager } from '../../src/install/managers/manager.ts';
import { OVERCOMMIT } from '../../src/install/managers/overcommit.ts';
import { PRE_COMMIT } from '../../src/install/managers/pre-commit.ts';
import { SIMPLE_GIT_HOOKS } from '../../src/install/managers/simple-git-hooks.ts';

function commandsFor(hooks: readonly string[], isLocal = false) {
  return new Map(hooks.map((hook) => [hook, guestCommand(hook, isLocal)]));
}

/** The text with our commands, which goes again to the byte. */
function added(manager: Manager, text: string, { file = manager.usualFile, hooks = manager.hooks, isLocal = false } = {}): string {
  const edited = manager.add(text, file, commandsFor(hooks, isLocal));
  if (edited === null) throw new Error('nothing is added');
  expect(manager.remove(edited, file)).toBe(text);
  return edited;
}

describe('lefthook', () => {
  it('gets a command at each hook, beside those of the user', () => {
    const edited = added(LEFTHOOK, 'pre-commit:\n  commands:\n    ours: { run: x }\n', { hooks: ['pre-commit', 'pre-push', 'commit-msg'] });
    expect(parse(edited)).toEqual({
      'pre-commit': { commands: { ours: { run: 'x' }, 'code-guardian': { run: 'code-guardian hook pre-commit' } } },
      'pre-push': { commands: { 'code-guardian': { run: 'code-guardian hook pre-push {0}', use_stdin: true } } },
      'commit-msg': { commands: { 'code-guardian': { run: 'code-guardian hook commit-msg {0}' } } },
    });
  });

  it('is told where npm puts us', () => {
    expect(added(LEFTHOOK, '', { isLocal: true })).toContain('run: PATH="node_modules/.bin:$PATH" code-guardian hook pre-commit\n');
  });
});

describe('pre-commit', () => {
  it('gets a hook for each of its stages', () => {
    const config = parse(added(PRE_COMMIT, 'repos:\n- repo: https://x\n  rev: v1\n')) as { repos: { repo: string; hooks: unknown[] }[] };
    expect(config.repos.map(({ repo }) => repo)).toEqual(['local', 'https://x']);
    expect(config.repos[0]!.hooks).toMatchObject([
      { id: 'code-guardian', entry: 'code-guardian hook pre-commit', stages: ['pre-commit'], pass_filenames: false, always_run: true },
      { id: 'code-guardian-merge', stages: ['pre-merge-commit'], pass_filenames: false },
      { id: 'code-guardian-message', stages: ['commit-msg'], always_run: true },
      { id: 'code-guardian-push', stages: ['pre-push'], pass_filenames: false },
    ]);
    expect(config.repos[0]!.hooks[2]).not.toHaveProperty('pass_filenames');
  });

  it('knows us by the ids of our own hooks too, at the stages that they have', () => {
    const calls = (hook: string, hooks: string, repo = 'https://x/code-guardian'): unknown =>
      PRE_COMMIT.partFor(parse(`repos: [{ repo: ${repo}, rev: v1, hooks: [${hooks}] }]\n`), hook);
    for (const hook of ['pre-commit', 'pre-merge-commit', 'pre-push']) {
      expect(calls(hook, '{ id: code-guardian }')).toEqual([`code-guardian hook ${hook}`]);
    }
    expect(calls('commit-msg', '{ id: code-guardian }, { id: code-guardian-message }')).toEqual([
      undefined,
      'code-guardian hook commit-msg',
    ]);
    expect(calls('pre-push', '{ id: code-guardian, stages: [pre-commit] }')).toEqual([undefined]);
    expect(calls('pre-push', '{ id: code-guardian, entry: code-guardian hook pre-commit }', 'local')).toEqual([
      'code-guardian hook pre-commit',
    ]);
    expect(calls('pre-push', '{ id: other }')).toEqual([undefined]);
  });

  it('has the published hooks with these ids and stages', () => {
    const published = parse(readFileSync(new URL('../../.pre-commit-hooks.yaml', import.meta.url), 'utf8')) as {
      id: string;
      stages: string[];
    }[];
    for (const { id, stages } of published) {
      for (const stage of PRE_COMMIT.hooks) {
        const [call] = PRE_COMMIT.partFor({ repos: [{ repo: 'x', hooks: [{ id }] }] }, stage) as [unknown];
        expect(call !== undefined).toBe(stages.includes(stage));
      }
    }
  });
});

describe('overcommit', () => {
  it('gets a hook in each section, beside those of the user', () => {
    const edited = added(OVERCOMMIT, '# ours\nPreCommit:\n  ALL:\n    quiet: true\n', { isLocal: true });
    expect(parse(edited)).toMatchObject({
      PreCommit: {
        ALL: { quiet: true },
        CodeGuardian: { enabled: true, command: ['node_modules/.bin/code-guardian', 'hook', 'pre-commit'] },
      },
      CommitMsg: { CodeGuardian: { enabled: true, command: ['node_modules/.bin/code-guardian', 'hook', 'commit-msg'] } },
      PrePush: { CodeGuardian: { enabled: true, command: ['node_modules/.bin/code-guardian', 'hook', 'pre-push'] } },
    });
  });
});

describe('simple-git-hooks', () => {
  it.each([false, true])('gets a command at each hook, before those of the user (local: %s)', (isLocal) => {
    const text = '{\n  "name": "x",\n  "simple-git-hooks": {\n    "pre-commit": "npx lint",\n    "pre-push": "npm test"\n  }\n}\n';
    const { 'simple-git-hooks': hooks } = JSON.parse(added(SIMPLE_GIT_HOOKS, text, { isLocal })) as Record<string, Record<string, string>>;
    expect(hooks!['pre-commit']).toMatch(/code-guardian hook pre-commit && npx lint$/);
    expect(hooks!['pre-push']).toMatch(/^t=\$\(mktemp\) .* code-guardian hook pre-push "\$@" <&3 && npm test$/);
    expect(hooks!['commit-msg']).toMatch(/code-guardian hook commit-msg "\$@"$/);
  });

  it('keeps a file of its own too, and writes into no program', () => {
    expect(added(SIMPLE_GIT_HOOKS, '{}', { file: '.simple-git-hooks.json', hooks: ['pre-commit'] })).toBe(
      '{"pre-commit": "code-guardian hook pre-commit"}',
    );
    expect(SIMPLE_GIT_HOOKS.add('module.exports = {}', '.simple-git-hooks.cjs', commandsFor(['pre-commit']))).toBeNull();
  });
});

describe('lint-staged', () => {
  it.each([
    ['package.json', '{ "lint-staged": { "*.js": "eslint" } }', '"*": "code-guardian hook pre-commit"'],
    ['package.json', '{ "lint-staged": { "*": "prettier" } }', '"**/*": "code-guardian hook pre-commit"'],
    ['.lintstagedrc', '"*.js": eslint\n', "'*': code-guardian hook pre-commit\n"],
    ['.lintstagedrc', '{}', '{"*": "code-guardian hook pre-commit"}'],
  ])('gets a task for all files in %s: %s', (file, text, task) => {
    expect(added(LINT_STAGED, text, { file })).toContain(task);
  });

  it('writes into no program', () => {
    expect(LINT_STAGED.add('export default {}', 'lint-staged.config.js', commandsFor(['pre-commit']))).toBeNull();
  });
});

describe('every manager', () => {
  it.each([
    ['call_lefthook run "pre-commit" "$@"', 'lefthook'],
    ['# File generated by pre-commit: https://pre-commit.com', 'pre-commit'],
    ['# File generated by prek: https://github.com/j178/prek', 'prek'],
    ["require 'overcommit'", 'overcommit'],
    ['if [ "$SKIP_SIMPLE_GIT_HOOKS" = "1" ]; then exit 0; fi\nnpx lint-staged', 'simple-git-hooks'],
    ['npx lint-staged', 'lint-staged'],
    ['npm test', undefined],
  ])('is known by its hooks: %j', (text, name) => {
    expect(managerOf(`#!/bin/sh\n${text}\n`)?.name).toBe(name);
  });

  it.each(MANAGERS)('$name has a snippet that is what it would write', (manager) => {
    const commands = commandsFor(manager.hooks);
    const empty = manager.usualFile === 'package.json' ? `{ "${manager.member}": {} }` : '';
    const edited = manager.add(empty, manager.usualFile, commands)!;
    expect(parse(manager.snippet(manager.usualFile, commands))).toEqual(parse(edited));
  });
});
