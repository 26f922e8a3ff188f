import { spawn } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digestChanges } from '../../src/diff/change-digest.ts';
import { openGit } from '../../src/git/client.ts';
import { readRecordsBetween } from '../../src/git/read-last-commit.ts';
import { addHooks } from '../support/installation.ts';
import { createFolder, createRepository, openRepository, type Ran, type TestRepository } from '../support/repository.ts';
import { stripeKey } from '../support/secrets.ts';

const KEY = stripeKey();
const LEAK = `const key = "${KEY}";\n`;
const CLEAN = 'const key = process.env.KEY;\n';
const LINES = '1\n2\n3\n4\n5\n6\n7\n8\n9\n';
/** Every hook says in one line, for programs, what came of it. */
const LOGGED = { CODE_GUARDIAN_LOGGING_FORMAT: 'json' };

/** Folder of a hooked repository with one commit, its remote and its home. Made once: each row has a copy. */
let template = '';
beforeAll(() => {
  template = realpathSync(mkdtempSync(join(tmpdir(), 'code-guardian-')));
  const repository = createRepository({ initArgs: ['--template='], top: join(template, 'repository') });
  repository.git('init', '--quiet', '--bare', '--template=', '--initial-branch=main', '../remote.git');
  repository.git('remote', 'add', 'origin', '../remote.git');
  addCommit(repository, { 'a.js': LINES, 'sub/b.js': 'b\n' });
  repository.git('push', '--quiet', '--set-upstream', 'origin', 'main');
  addHooks(repository);
});
afterAll(() => rmSync(template, { recursive: true, force: true }));

/** A copy of the template, where hooks log and no editor waits. */
function copied(): TestRepository {
  const folder = createFolder();
  cpSync(template, folder, { recursive: true });
  const { env } = createRepository({ initArgs: ['--template='], top: join(folder, 'other') });
  return withPostCommit(openRepository(join(folder, 'repository'), { ...env, ...LOGGED, GIT_EDITOR: 'true' }));
}

/** To a post-commit pre-commit leaves word of what it has seen. This one does nothing with it. */
function withPostCommit(repository: TestRepository): TestRepository {
  const hooks = resolve(repository.top, repository.git('rev-parse', '--git-path', 'hooks').trim());
  writeFileSync(join(hooks, 'post-commit'), '#!/bin/sh\n', { mode: 0o755 });
  return repository;
}

/** Writes files, and commits all there is without the hooks. */
function addCommit(repository: TestRepository, files: Readonly<Record<string, string>>, ...args: readonly string[]): string {
  stage(repository, files);
  repository.git('commit', '--quiet', '--no-verify', '--message', 'x', ...args);
  return headOf(repository);
}

function stage(repository: TestRepository, files: Readonly<Record<string, string>>): void {
  for (const [path, content] of Object.entries(files)) repository.write(path, content);
  repository.git('add', '--all');
}

function commit(repository: TestRepository, ...args: readonly string[]): Ran {
  return repository.tryGit(['commit', '--message', 'change', ...args]);
}

function headOf(repository: TestRepository): string {
  return repository.git('rev-parse', '--verify', 'HEAD').trim();
}

/** A branch `side` with one commit, and one on `main` besides. */
function branched(
  repository: TestRepository,
  theirs: Readonly<Record<string, string>>,
  ours: Readonly<Record<string, string>> = { 'main.js': '1\n' },
): void {
  repository.git('checkout', '--quiet', '-b', 'side');
  addCommit(repository, theirs);
  repository.git('checkout', '--quiet', 'main');
  addCommit(repository, ours);
}

/** The same, with another version of one line on each side. */
function diverged(repository: TestRepository, theirs: Readonly<Record<string, string>> = {}): void {
  branched(repository, { 'a.js': LINES.replace('5', 'theirs'), ...theirs }, { 'a.js': LINES.replace('5', 'ours') });
}

/** Stops at a conflict, which is then resolved with some text. */
function resolveBy(repository: TestRepository, content: string, ...args: readonly string[]): void {
  expect(repository.tryGit(args).code).not.toBe(0);
  stage(repository, { 'a.js': LINES.replace('5\n', content) });
}

type Hook = 'pre-commit' | 'pre-merge-commit' | 'commit-msg';

interface Row {
  /** Brings some text into the repository. The last git command decides. */
  readonly enter: (repository: TestRepository, content: string) => Ran;
  /** The first of our hooks that sees it; null: none, and then the next push does. */
  readonly stoppedBy: Hook | null;
  /** The repository that is committed to, where it is another one. */
  readonly repositoryOf?: (repository: TestRepository) => TestRepository;
}

const linkedTo = (repository: TestRepository): TestRepository =>
  openRepository(join(dirname(repository.top), 'linked tree'), repository.env);
const submoduleOf = (repository: TestRepository): TestRepository => openRepository(join(repository.top, 'module'), repository.env);

const OPERATIONS: Readonly<Record<string, Row>> = {
  commit: {
    stoppedBy: 'pre-commit',
    enter(repository, content) {
      stage(repository, { 'new.js': content });
      return commit(repository);
    },
  },
  'commit -a': {
    stoppedBy: 'pre-commit',
    enter(repository, content) {
      repository.write('a.js', LINES + content);
      return commit(repository, '-a');
    },
  },
  'commit --amend': {
    stoppedBy: 'pre-commit',
    enter(repository, content) {
      addCommit(repository, { 'new.js': 'new\n' });
      stage(repository, { 'a.js': LINES + content });
      return commit(repository, '--amend');
    },
  },
  'commit --allow-empty': {
    stoppedBy: 'commit-msg',
    enter: (repository, content) => repository.tryGit(['commit', '--allow-empty', '--message', content]),
  },
  'commit --fixup': {
    stoppedBy: 'pre-commit',
    enter(repository, content) {
      stage(repository, { 'new.js': content });
      return repository.tryGit(['commit', '--fixup', 'HEAD']);
    },
  },
  'the first commit': {
    stoppedBy: 'pre-commit',
    enter(repository, content) {
      repository.git('update-ref', '-d', 'HEAD');
      stage(repository, { 'new.js': content });
      return commit(repository);
    },
  },
  'commit -n': {
    stoppedBy: null,
    enter(repository, content) {
      stage(repository, { 'new.js': content });
      return commit(repository, '-n');
    },
  },
  'commit with CODE_GUARDIAN=0': {
    stoppedBy: null,
    enter(repository, content) {
      stage(repository, { 'new.js': content });
      return repository.tryGit(['commit', '--message', 'x'], { env: { CODE_GUARDIAN: '0' } });
    },
  },
  'commit-tree and update-ref': {
    stoppedBy: null,
    enter(repository, content) {
      stage(repository, { 'new.js': content });
      const made = repository.git('commit-tree', '-p', 'HEAD', '-m', 'x', repository.git('write-tree').trim()).trim();
      return repository.tryGit(['update-ref', 'HEAD', made]);
    },
  },
  'commit PATH': {
    stoppedBy: 'pre-commit',
    enter(repository, content) {
      stage(repository, { 'other.js': 'other\n' });
      repository.write('a.js', LINES + content);
      return commit(repository, 'a.js');
    },
  },
  'commit --include PATH': {
    stoppedBy: 'pre-commit',
    enter(repository, content) {
      stage(repository, { 'other.js': content });
      repository.write('a.js', `${LINES}more\n`);
      return commit(repository, '--include', 'a.js');
    },
  },
  'commit --patch': {
    stoppedBy: 'pre-commit',
    enter(repository, content) {
      repository.write('a.js', `${content}${LINES}more\n`);
      return repository.tryGit(['commit', '--patch', '--message', 'x'], { input: 'y\nn\n' });
    },
  },
  'commit of what was changed again since it was staged': {
    stoppedBy: 'pre-commit',
    enter(repository, content) {
      stage(repository, { 'new.js': content });
      repository.write('new.js', 'other\n');
      return commit(repository);
    },
  },
  'commit from a sub-folder': {
    stoppedBy: 'pre-commit',
    enter(repository, content) {
      stage(repository, { 'sub/b.js': content, 'new.js': 'new\n' });
      return repository.tryGit(['commit', '--message', 'x'], { cwd: join(repository.top, 'sub') });
    },
  },
  'commit in a linked worktree': {
    stoppedBy: 'pre-commit',
    repositoryOf: linkedTo,
    enter(repository, content) {
      repository.git('worktree', 'add', '--quiet', '-b', 'linked', '../linked tree');
      const linked = linkedTo(repository);
      linked.write('a.js', LINES + content);
      return commit(linked, '-a');
    },
  },
  'commit in a submodule': {
    stoppedBy: 'pre-commit',
    repositoryOf: submoduleOf,
    enter(repository, content) {
      repository.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', '../remote.git', 'module');
      const module = withPostCommit(submoduleOf(repository));
      addHooks(module);
      module.write('a.js', LINES + content);
      return commit(module, '-a');
    },
  },
  'commit with --git-dir and --work-tree': {
    stoppedBy: 'pre-commit',
    enter(repository, content) {
      stage(repository, { 'new.js': content });
      const { top } = repository;
      return repository.tryGit([`--git-dir=${top}/.git`, `--work-tree=${top}`, 'commit', '--message', 'x'], { cwd: dirname(top) });
    },
  },
  'git -c KEY=VALUE commit': {
    stoppedBy: 'pre-commit',
    enter(repository, content) {
      stage(repository, { 'new.js': content });
      return repository.tryGit([
        '-c',
        'diff.external=true',
        '-c',
        'diff.noprefix=true',
        '-c',
        'color.ui=always',
        'commit',
        '--message',
        'x',
      ]);
    },
  },
  merge: {
    stoppedBy: 'pre-merge-commit',
    enter(repository, content) {
      branched(repository, { 'new.js': content });
      return repository.tryGit(['merge', '--no-edit', 'side']);
    },
  },
  'merge with a secret in the message': {
    stoppedBy: 'commit-msg',
    enter(repository, content) {
      branched(repository, { 'new.js': 'new\n' });
      return repository.tryGit(['merge', '--message', content, 'side']);
    },
  },
  'merge --no-ff': {
    stoppedBy: 'pre-merge-commit',
    enter(repository, content) {
      repository.git('checkout', '--quiet', '-b', 'side');
      addCommit(repository, { 'new.js': content });
      repository.git('checkout', '--quiet', 'main');
      return repository.tryGit(['merge', '--no-ff', '--no-edit', 'side']);
    },
  },
  'merge that is a fast-forward': {
    stoppedBy: null,
    enter(repository, content) {
      repository.git('checkout', '--quiet', '-b', 'side');
      addCommit(repository, { 'new.js': content });
      repository.git('checkout', '--quiet', 'main');
      return repository.tryGit(['merge', 'side']);
    },
  },
  'merge --no-verify': {
    stoppedBy: null,
    enter(repository, content) {
      branched(repository, { 'new.js': content });
      return repository.tryGit(['merge', '--no-verify', '--no-edit', 'side']);
    },
  },
  'merge with a conflict, resolved by hand': {
    stoppedBy: 'pre-commit',
    enter(repository, content) {
      diverged(repository);
      resolveBy(repository, content, 'merge', 'side');
      return repository.tryGit(['commit', '--no-edit']);
    },
  },
  'merge with a conflict, and a secret of one side': {
    stoppedBy: null,
    enter(repository, content) {
      diverged(repository, { 'new.js': content });
      resolveBy(repository, 'both\n', 'merge', 'side');
      return repository.tryGit(['commit', '--no-edit']);
    },
  },
  'octopus merge': {
    stoppedBy: 'pre-merge-commit',
    enter(repository, content) {
      branched(repository, { 'new.js': content });
      repository.git('checkout', '--quiet', '-b', 'third', 'main^');
      addCommit(repository, { 'third.js': '3\n' });
      repository.git('checkout', '--quiet', 'main');
      return repository.tryGit(['merge', '--no-edit', 'side', 'third']);
    },
  },
  'merge --squash, then commit': {
    stoppedBy: 'pre-commit',
    enter(repository, content) {
      branched(repository, { 'new.js': content });
      repository.git('merge', '--squash', 'side');
      return repository.tryGit(['commit', '--no-edit']);
    },
  },
  'merge --no-commit, then commit': {
    stoppedBy: 'pre-commit',
    enter(repository, content) {
      branched(repository, { 'new.js': content });
      repository.git('merge', '--no-commit', 'side');
      return repository.tryGit(['commit', '--no-edit']);
    },
  },
  'cherry-pick': {
    stoppedBy: null,
    enter(repository, content) {
      branched(repository, { 'new.js': content });
      return repository.tryGit(['cherry-pick', 'side']);
    },
  },
  'cherry-pick with a conflict, then commit': {
    stoppedBy: 'pre-commit',
    enter(repository, content) {
      diverged(repository, { 'new.js': content });
      resolveBy(repository, 'both\n', 'cherry-pick', 'side');
      return repository.tryGit(['commit', '--no-edit']);
    },
  },
  'cherry-pick with a conflict, --continue': {
    stoppedBy: 'pre-commit',
    enter(repository, content) {
      diverged(repository);
      resolveBy(repository, content, 'cherry-pick', 'side');
      return repository.tryGit(['cherry-pick', '--continue']);
    },
  },
  revert: {
    stoppedBy: null,
    enter(repository, content) {
      addCommit(repository, { 'new.js': content });
      repository.git('rm', '--quiet', 'new.js');
      addCommit(repository, {});
      repository.git('push', '--quiet', '--no-verify', 'origin', 'main');
      return repository.tryGit(['revert', '--no-edit', 'HEAD']);
    },
  },
  'revert with a conflict, --continue': {
    stoppedBy: 'pre-commit',
    enter(repository, content) {
      addCommit(repository, { 'a.js': LINES.replace('5', 'five') });
      addCommit(repository, { 'a.js': LINES.replace('5', 'cinq') });
      resolveBy(repository, content, 'revert', '--no-edit', 'HEAD^');
      return repository.tryGit(['revert', '--continue']);
    },
  },
  rebase: {
    stoppedBy: null,
    enter(repository, content) {
      branched(repository, { 'new.js': content });
      repository.git('checkout', '--quiet', 'side');
      return repository.tryGit(['rebase', 'main']);
    },
  },
  'rebase --apply': {
    stoppedBy: null,
    enter(repository, content) {
      branched(repository, { 'new.js': content });
      repository.git('checkout', '--quiet', 'side');
      return repository.tryGit(['rebase', '--apply', 'main']);
    },
  },
  'rebase with a conflict, --continue': {
    stoppedBy: null,
    enter(repository, content) {
      diverged(repository);
      resolveBy(repository, content, 'rebase', 'side');
      return repository.tryGit(['rebase', '--continue']);
    },
  },
  'rebase with a conflict, then commit': {
    stoppedBy: 'pre-commit',
    enter(repository, content) {
      diverged(repository);
      resolveBy(repository, content, 'rebase', 'side');
      return commit(repository);
    },
  },
  'rebase --interactive, amended at a stop': {
    stoppedBy: 'pre-commit',
    enter(repository, content) {
      addCommit(repository, { 'new.js': 'new\n' });
      repository.tryGit(['rebase', '--interactive', 'HEAD^'], { env: { GIT_SEQUENCE_EDITOR: "sed -i -e 's/^pick/edit/'" } });
      stage(repository, { 'new.js': content });
      return repository.tryGit(['commit', '--amend', '--no-edit']);
    },
  },
  'rebase --interactive with a squash': {
    stoppedBy: null,
    enter(repository, content) {
      addCommit(repository, { 'new.js': 'new\n' });
      addCommit(repository, { 'more.js': content });
      return repository.tryGit(['rebase', '--interactive', 'HEAD~2'], { env: { GIT_SEQUENCE_EDITOR: "sed -i -e '2s/^pick/squash/'" } });
    },
  },
  am: {
    stoppedBy: null,
    enter(repository, content) {
      addCommit(repository, { 'new.js': content });
      const patch = repository.git('format-patch', '--stdout', '-1');
      repository.git('reset', '--quiet', '--hard', 'HEAD^');
      return repository.tryGit(['am'], { input: patch });
    },
  },
};

interface HookRun {
  readonly hook: string;
  readonly verdict: string;
  readonly files: number;
  readonly bytes: number;
}

/** What our hooks logged. */
function runsIn(text: string): HookRun[] {
  return text
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as HookRun & { msg: string })
    .filter(({ msg }) => msg === 'run finished');
}

function push(repository: TestRepository): Ran {
  return repository.tryGit(['push', 'origin', 'HEAD:refs/heads/pushed']);
}

describe('a secret that an operation brings is stopped', () => {
  it.each(Object.entries(OPERATIONS).map(([name, row]) => [name, row.stoppedBy ?? 'pre-push', row] as const))(
    '%s: by %s',
    (_, stopper, row) => {
      const repository = copied();
      const { code, stderr } = row.enter(repository, LEAK);
      const target = (row.repositoryOf ?? ((same) => same))(repository);
      // What hooks write goes there; on stdout `commit --patch` shows the diff.
      expect(stderr).not.toContain(KEY);
      if (row.stoppedBy === null) {
        expect([stderr, code]).toEqual([stderr, 0]);
        expect(runsIn(stderr).filter(({ verdict }) => verdict === 'blocked')).toEqual([]);
        const pushed = push(repository);
        expect(pushed.code).not.toBe(0);
        expect(runsIn(pushed.stderr)).toMatchObject([{ hook: stopper, verdict: 'blocked' }]);
        const found = repository.git('log', '--format=%H', `-S${KEY}`).trim().split('\n')[0]!;
        expect(pushed.stderr + pushed.stdout).toContain(found.slice(0, 10));
        expect(pushed.stderr + pushed.stdout).not.toContain(KEY);
        expect(
          repository.tryGit(['rev-parse', '--verify', 'refs/heads/pushed'], { cwd: join(repository.top, '../remote.git') }).code,
        ).not.toBe(0);
        return;
      }
      expect(code).not.toBe(0);
      expect(stderr).toContain('stripe-key');
      expect(runsIn(stderr).filter(({ verdict }) => verdict === 'blocked')).toMatchObject([{ hook: stopper }]);
      if (target.tryGit(['rev-parse', '--verify', 'HEAD']).code !== 0) return;
      expect(target.git('log', '--format=%H', `-S${KEY}`) + target.git('log', '--format=%H', '--fixed-strings', `--grep=${KEY}`)).toBe('');
    },
  );
});

describe('its clean twin passes, and so does the push', () => {
  it.each(Object.entries(OPERATIONS))('%s', async (name, row) => {
    const repository = copied();
    const target = (row.repositoryOf ?? ((same) => same))(repository);
    const { code, stderr } = row.enter(repository, CLEAN);
    expect([stderr, code]).toEqual([stderr, 0]);
    expect(stderr).not.toMatch(/blocked|incomplete/);
    const seen = runsIn(stderr).filter(({ hook }) => hook === 'pre-commit');
    if (row.stoppedBy === 'pre-commit') expect(seen).toHaveLength(1);
    if (seen.length > 0) await expectAllSeen(target, seen[0]!, name.startsWith('merge with a conflict'));
    const pushed = push(target);
    expect([pushed.stderr, pushed.code]).toEqual([pushed.stderr, 0]);
  });
});

/** The blobs that pre-commit looked at are those of the commit: the same ids at the same names, and as many bytes. */
async function expectAllSeen(repository: TestRepository, { files, bytes }: HookRun, isPartly: boolean): Promise<void> {
  const gitDir = repository.git('rev-parse', '--absolute-git-dir').trim();
  const isFirst = repository.git('log', '-1', '--walk-reflogs', '--format=%gs').startsWith('commit (initial)');
  const before = isFirst ? null : repository.git('rev-parse', 'HEAD@{1}').trim();
  const records = await readRecordsBetween(openGit(repository.top, repository.env), before, headOf(repository));
  expect(readFileSync(join(gitDir, 'code-guardian/seen'), 'utf8')).toBe(digestChanges(records));
  if (isPartly) return;
  const blobs = records.map(({ newBlob }) => newBlob).filter((id) => !/^0+$/.test(id));
  expect(files).toBe(blobs.length);
  expect(bytes).toBe(blobs.reduce((sum, id) => sum + Number(repository.git('cat-file', '-s', id)), 0));
}

/** All that a hook must leave as it is: the index, the work tree with its times, the stash, and where refs point. */
function stateOf({ top }: TestRepository): string {
  const lines: string[] = [];
  const visit = (folder: string): void => {
    for (const name of readdirSync(folder)) {
      const path = join(folder, name);
      const stat = lstatSync(path);
      if (path === join(top, '.git')) continue;
      lines.push(`${path} ${stat.mode} ${stat.mtimeMs} ${stat.isFile() ? readFileSync(path, 'latin1') : ''}`);
      if (stat.isDirectory()) visit(path);
    }
  };
  visit(top);
  for (const name of [
    'index',
    'HEAD',
    'logs/HEAD',
    'refs/heads/main',
    'refs/stash',
    'logs/refs/stash',
    'config',
    'index.lock',
    'MERGE_HEAD',
  ]) {
    const path = join(top, '.git', name);
    lines.push(existsSync(path) ? `${name} ${lstatSync(path).mtimeMs} ${readFileSync(path, 'latin1')}` : `${name} is not there`);
  }
  return lines.join('\n');
}

/** A repository with something stashed, staged, changed again, and not tracked. */
function busy(): TestRepository {
  const repository = copied();
  repository.write('a.js', `${LINES}stashed\n`);
  repository.git('stash');
  stage(repository, { 'a.js': `${LINES}staged\n`, 'new.js': CLEAN.repeat(200) });
  repository.write('a.js', `${LINES}staged\nchanged\n`);
  repository.write('loose.js', 'loose\n');
  return repository;
}

/** The same, in the middle of a merge. */
function merging(): TestRepository {
  const repository = copied();
  repository.write('a.js', `${LINES}stashed\n`);
  repository.git('stash');
  diverged(repository);
  resolveBy(repository, 'both\n', 'merge', 'side');
  repository.write('loose.js', 'loose\n');
  return repository;
}

/** Every hook, as git calls it. */
const CALLS: Readonly<Record<string, { readonly open: () => TestRepository; readonly args?: readonly string[]; readonly input?: string }>> =
  {
    'pre-commit': { open: busy },
    'pre-commit of a merge': { open: merging },
    'pre-merge-commit': { open: busy },
    'commit-msg': { open: busy, args: ['../message'] },
    'prepare-commit-msg': { open: busy, args: ['../message', 'message'] },
    'post-commit': { open: busy },
    'pre-push': { open: busy, args: ['origin', '../remote.git'], input: 'push' },
  };

function openCall(name: string): { repository: TestRepository; run: (limit?: number) => Promise<number | null> } {
  const { open, args = [], input } = CALLS[name]!;
  const hook = name.split(' ')[0]!;
  const repository = open();
  addHooks(repository, [hook]);
  writeFileSync(join(dirname(repository.top), 'message'), 'Use the api_key of the vault\n\n# comment\n');
  const head = headOf(repository);
  const lines = input === undefined ? '' : `refs/heads/main ${head} refs/heads/other ${'0'.repeat(40)}\n`;
  return {
    repository,
    run: (limit) =>
      new Promise((done) => {
        const child = spawn(join(repository.top, '.git/hooks', hook), [...args], {
          cwd: repository.top,
          env: { ...repository.env, GIT_INDEX_FILE: '.git/index' },
          stdio: ['pipe', 'ignore', 'ignore'],
          detached: true,
        });
        child.stdin.on('error', () => undefined).end(lines);
        const timer = limit === undefined ? undefined : setTimeout(() => killGroup(child.pid!), limit);
        child.on('close', (code) => {
          clearTimeout(timer);
          done(code);
        });
      }),
  };
}

/** The shim and all that it started. */
function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'ESRCH') throw thrown;
  }
}

const KILLS = 30;
const LONGEST = 60;

describe('a hook leaves index, work tree, times, stash and refs as they are', () => {
  it.each(Object.keys(CALLS))('%s', async (name) => {
    const { repository, run } = openCall(name);
    const before = stateOf(repository);
    expect(await run()).toBe(0);
    expect(stateOf(repository)).toBe(before);
  });

  it.each(Object.keys(CALLS))(`%s, killed ${KILLS} times at random moments`, async (name) => {
    const { repository, run } = openCall(name);
    const before = stateOf(repository);
    let killed = 0;
    // Now and then a hook is quicker.
    for (let i = 0; killed < KILLS && i < 4 * KILLS; i++) {
      const limit = Math.random() * LONGEST;
      if ((await run(limit)) === null) killed++;
      expect([limit, stateOf(repository)]).toEqual([limit, before]);
    }
    expect(killed).toBe(KILLS);
    expect(await run()).toBe(0);
    repository.git('fsck', '--no-progress');
    expect(repository.tryGit(['commit', '--no-edit', '--message', 'x']).code).toBe(0);
  });
});

describe('a commit whose hook is killed is not made, and can be made again', () => {
  it('killed at random moments', () => {
    const repository = busy();
    const hook = join(repository.top, '.git/hooks/pre-commit');
    renameSync(hook, `${hook}.ours`);
    const head = headOf(repository);
    const before = repository.git('diff', '--cached', '--raw') + repository.git('stash', 'list') + repository.git('status', '--porcelain');
    for (let i = 0; i < 10; i++) {
      const seconds = (Math.random() * 0.03).toFixed(4);
      writeFileSync(hook, `#!/bin/sh\nset -m\n"$0.ours" &\nsleep ${seconds}\nkill -s KILL -- -$!\nwait $!\n`);
      chmodSync(hook, 0o755);
      if (commit(repository).code === 0) repository.git('reset', '--quiet', '--soft', head);
      expect(headOf(repository)).toBe(head);
      expect(repository.git('diff', '--cached', '--raw') + repository.git('stash', 'list') + repository.git('status', '--porcelain')).toBe(
        before,
      );
    }
    renameSync(`${hook}.ours`, hook);
    expect(commit(repository).code).toBe(0);
  });
});
