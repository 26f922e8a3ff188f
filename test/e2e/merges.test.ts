import { statSync, symlinkSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { addHooks } from '../support/installation.ts';
import { createRepository, openRepository, type Ran, type TestRepository } from '../support/repository.ts';
import { stripeKey } from '../support/secrets.ts';

const KEY = stripeKey();
const LEAK = `const key = "${KEY}";\n`;
const CLEAN = 'const key = process.env.KEY;\n';
const OLD = `const old = "${stripeKey('old')}";\n`;
const LINES = '1\n2\n3\n4\n5\n6\n7\n8\n9\n';
const PUBLISHED = 'is on a remote already, so only what the merge itself adds was scanned';

interface Report {
  verdict: string;
  findings: { rule: string; path: string; line: number; moved: boolean; outcome: string }[];
  skipped: { path: string; reason: string }[];
  coverage: Record<'files' | 'hunks' | 'lines' | 'bytes', { expected: number; scanned: number }>;
}

interface Branches {
  /** Files that both branches begin with. */
  readonly base?: Readonly<Record<string, string>>;
  readonly ours?: Readonly<Record<string, string>>;
  readonly theirs?: Readonly<Record<string, string>>;
  readonly initArgs?: readonly string[];
}

/** A hooked repository with the branches `main` and `side`, made without the hooks. */
function branched({ base = { 'a.js': LINES }, ours = {}, theirs = {}, initArgs = [] }: Branches): TestRepository {
  const repository = createRepository({ initArgs });
  addHooks(repository);
  addCommit(repository, base);
  repository.git('checkout', '--quiet', '-b', 'side');
  addCommit(repository, { 'side.js': 'side\n', ...theirs });
  repository.git('checkout', '--quiet', 'main');
  addCommit(repository, { 'main.js': 'main\n', ...ours });
  return repository;
}

function addCommit(repository: TestRepository, files: Readonly<Record<string, string>>): void {
  for (const [path, content] of Object.entries(files)) repository.write(path, content);
  repository.git('add', '--all');
  repository.git('commit', '--quiet', '--no-verify', '--message', 'x');
}

/** Two branches that change the same line, and more lines of the same file each; the merge has stopped. */
function stopped(branches: Branches = {}): TestRepository {
  const repository = branched({
    ...branches,
    ours: { 'a.js': LINES.replace('5', 'ours').replace('1\n', `1\n${OLD}`), ...branches.ours },
    theirs: { 'a.js': LINES.replace('5', 'theirs').replace('9\n', `9\n${OLD}`), 'leak.js': LEAK, ...branches.theirs },
  });
  expect(repository.tryGit(['merge', 'side'])).toMatchObject({ code: 1, stdout: expect.stringContaining('CONFLICT') as unknown });
  return repository;
}

/** The file as both sides have it, with a line put where they differ. */
function resolved(line: string): string {
  return LINES.replace('1\n', `1\n${OLD}`).replace('9\n', `9\n${OLD}`).replace('5\n', line);
}

function stage(repository: TestRepository, files: Readonly<Record<string, string>>): void {
  for (const [path, content] of Object.entries(files)) repository.write(path, content);
  repository.git('add', '--all');
}

function conclude(repository: TestRepository): Ran {
  return repository.tryGit(['commit', '--quiet', '--no-edit']);
}

/** What pre-commit says of what is staged now. */
function look(repository: TestRepository, hook = 'pre-commit'): Report {
  return JSON.parse(repository.spawnGuardian(['hook', hook, '--format', 'json']).stdout) as Report;
}

function expectBlocked({ code, stdout, stderr }: Ran): void {
  expect(stdout + stderr).toContain('stripe-key');
  expect(code).not.toBe(0);
  expect(stdout + stderr).not.toContain(KEY);
}

function expectPassed({ code, stdout, stderr }: Ran): void {
  expect(stdout + stderr).not.toMatch(/blocked|incomplete/);
  expect([stderr, code]).toEqual([stderr, 0]);
}

/** What a hand may write into a merge that stopped at a conflict. */
const BY_HAND: Record<string, (text: string) => Ran> = {
  'the line that conflicted'(text) {
    const repository = stopped();
    stage(repository, { 'a.js': resolved(text) });
    return conclude(repository);
  },
  'another line of the same file'(text) {
    const repository = stopped();
    stage(repository, { 'a.js': resolved('both\n').replace('3\n', `3\n${text}`) });
    return conclude(repository);
  },
  'new file'(text) {
    const repository = stopped();
    stage(repository, { 'a.js': resolved('both\n'), 'new.js': text });
    return conclude(repository);
  },
  'a file that only they changed'(text) {
    const repository = stopped();
    stage(repository, { 'a.js': resolved('both\n'), 'side.js': `side\n${text}` });
    return conclude(repository);
  },
  'a file that nobody else changed'(text) {
    const repository = stopped({ base: { 'a.js': LINES, 'b.js': 'b\n' } });
    stage(repository, { 'a.js': resolved('both\n'), 'b.js': `b\n${text}` });
    return conclude(repository);
  },
  'a file that they had deleted'(text) {
    const repository = branched({ base: { 'a.js': LINES }, ours: { 'a.js': `${LINES}ours\n` } });
    repository.git('checkout', '--quiet', 'side');
    repository.git('rm', '--quiet', 'a.js');
    repository.git('commit', '--quiet', '--no-verify', '--message', 'gone');
    repository.git('checkout', '--quiet', 'main');
    expect(repository.tryGit(['merge', 'side']).code).toBe(1);
    stage(repository, { 'a.js': `${LINES}ours\n${text}` });
    return conclude(repository);
  },
  'a merge that is continued'(text) {
    const repository = stopped();
    stage(repository, { 'a.js': resolved(text) });
    return repository.tryGit(['merge', '--continue'], { env: { GIT_EDITOR: 'true' } });
  },
  'a pull'(text) {
    const repository = stopped();
    repository.git('merge', '--abort');
    expect(repository.tryGit(['pull', '--quiet', '--no-rebase', '.', 'side']).code).toBe(1);
    stage(repository, { 'a.js': resolved(text) });
    return conclude(repository);
  },
  'commit --all'(text) {
    const repository = stopped();
    repository.write('a.js', resolved(text));
    return repository.tryGit(['commit', '--all', '--no-edit']);
  },
  'a linked worktree'(text) {
    const repository = stopped();
    repository.git('merge', '--abort');
    const top = join(dirname(repository.top), 'linked tree');
    repository.git('worktree', 'add', '--quiet', '-b', 'linked', top, 'main');
    const linked = openRepository(top, repository.env);
    expect(linked.tryGit(['merge', 'side']).code).toBe(1);
    stage(linked, { 'a.js': resolved(text) });
    return conclude(linked);
  },
  'a SHA-256 repository'(text) {
    const repository = stopped({ initArgs: ['--object-format=sha256'] });
    stage(repository, { 'a.js': resolved(text) });
    return conclude(repository);
  },
  'a message with another comment character'(text) {
    const repository = branched({ ours: { 'a.js': 'ours\n' }, theirs: { 'a.js': 'theirs\n', 'leak.js': LEAK } });
    repository.git('config', 'core.commentChar', ';');
    expect(repository.tryGit(['merge', 'side']).code).toBe(1);
    stage(repository, { 'a.js': text });
    return conclude(repository);
  },
  'a diff driver that is broken'(text) {
    const repository = branched({
      base: { 'a.js': LINES, '.gitattributes': '*.js diff=odd\n' },
      ours: { 'a.js': 'ours\n' },
      theirs: { 'a.js': 'theirs\n', 'leak.js': LEAK },
    });
    repository.git('config', 'diff.odd.xfuncname', '(');
    expect(repository.tryGit(['merge', 'side']).code).toBe(1);
    stage(repository, { 'a.js': text });
    return conclude(repository);
  },
  'a file that is masked in place, with size and time kept'(text) {
    const repository = stopped();
    repository.git('config', 'core.checkStat', 'minimal');
    repository.git('config', 'core.trustctime', 'false');
    const file = join(repository.top, 'a.js');
    const then = new Date(Date.now() - 60_000);
    writeFileSync(file, text);
    utimesSync(file, then, then);
    repository.git('add', '--all');
    writeFileSync(file, `${'*'.repeat(statSync(file).size - 1)}\n`);
    utimesSync(file, then, then);
    return conclude(repository);
  },
  'a symlink that becomes a file'(text) {
    const repository = stopped({ base: { 'a.js': LINES, 'b.js': 'b\n' } });
    repository.git('merge', '--abort');
    unlinkSync(join(repository.top, 'b.js'));
    symlinkSync('a.js', join(repository.top, 'b.js'));
    addCommit(repository, {});
    expect(repository.tryGit(['merge', 'side']).code).toBe(1);
    unlinkSync(join(repository.top, 'b.js'));
    stage(repository, { 'a.js': resolved('both\n'), 'b.js': text });
    return conclude(repository);
  },
};

describe('a secret that a hand writes into a merge is blocked, and its clean twin passes with all that the sides bring', () => {
  it.each(Object.keys(BY_HAND))('%s', (name) => {
    expectBlocked(BY_HAND[name]!(LEAK));
    expectPassed(BY_HAND[name]!(CLEAN));
  });
});

describe('a merge with conflicts', () => {
  it('counts what is new to both sides, and all of that', async () => {
    const repository = stopped();
    stage(repository, { 'a.js': resolved('one\ntwo\n'), 'new.js': 'n\n' });
    const report = look(repository);
    expect(report).toMatchObject({
      verdict: 'clean',
      coverage: { files: { expected: 2, scanned: 2 }, hunks: { expected: 2, scanned: 2 }, lines: { expected: 3, scanned: 3 } },
    });
    expect(report.coverage.bytes.scanned).toBe(report.coverage.bytes.expected);
    expect(JSON.parse((await repository.guardian(['scan', '--format', 'json'])).stdout)).toMatchObject({ coverage: report.coverage });
  });

  it.each(['--ours', '--theirs'])('has nothing to look at where it is resolved with %s', (side) => {
    const repository = stopped();
    repository.git('checkout', '--quiet', side, 'a.js');
    repository.git('add', '--all');
    expect(look(repository)).toMatchObject({ verdict: 'clean', coverage: { files: { expected: 0, scanned: 0 } } });
    expectPassed(conclude(repository));
  });

  it('is not complete while conflicts are there', () => {
    expect(look(stopped())).toMatchObject({ verdict: 'incomplete', skipped: [{ path: 'a.js', reason: 'unreadable' }] });
  });

  it('is blocked where markers are left', () => {
    const repository = stopped();
    repository.git('add', '--all');
    expect(look(repository)).toMatchObject({ verdict: 'blocked', findings: [{ rule: 'merge-conflict', path: 'a.js' }] });
  });

  it('warns of a secret that a side has elsewhere in the file, and blocks a copy of it', () => {
    const side = LINES.replace('5', 'theirs');
    const moved = stopped({ ours: { 'a.js': LINES.replace('5', 'ours') }, theirs: { 'a.js': `${OLD}${side}` } });
    stage(moved, { 'a.js': `${LINES.replace('5', 'both')}${OLD}` });
    expect(look(moved)).toMatchObject({ verdict: 'warned', findings: [{ path: 'a.js', line: 10, moved: true, outcome: 'warn' }] });

    const copied = stopped({
      base: { 'a.js': `${LINES}${OLD}` },
      ours: { 'a.js': `${LINES.replace('5', 'ours')}${OLD}` },
      theirs: { 'a.js': `${side}${OLD}` },
    });
    stage(copied, { 'a.js': `${OLD}${LINES.replace('5', 'both')}${OLD}` });
    expect(look(copied)).toMatchObject({ verdict: 'blocked', findings: [{ path: 'a.js', line: 1, moved: false }] });
  });

  it('is compared with HEAD alone where it is no merge: cherry-pick and revert', () => {
    const repository = branched({ ours: { 'a.js': 'ours\n' }, theirs: { 'a.js': 'theirs\n', 'leak.js': LEAK } });
    expect(repository.tryGit(['cherry-pick', 'side']).code).toBe(1);
    stage(repository, { 'a.js': 'both\n' });
    expectBlocked(conclude(repository));
    expectBlocked(repository.tryGit(['cherry-pick', '--continue']));
  });
});

/** A branch that is only here, merged by git; `text` comes with it. */
const BY_GIT: Record<string, (text: string) => Ran> = {
  merge: (text) => branched({ theirs: { 'b.js': text } }).tryGit(['merge', '--no-edit', 'side']),
  'merge --no-ff'(text) {
    const repository = branched({ theirs: { 'b.js': text } });
    repository.git('checkout', '--quiet', '-b', 'other', 'main^');
    return repository.tryGit(['merge', '--no-ff', '--no-edit', 'side']);
  },
  'lines of both sides in one file': (text) =>
    branched({ ours: { 'a.js': LINES.replace('1', 'ours') }, theirs: { 'a.js': LINES.replace('9\n', text) } }).tryGit([
      'merge',
      '--no-edit',
      'side',
    ]),
  'merge --no-commit, then commit'(text) {
    const repository = branched({ theirs: { 'b.js': text } });
    repository.git('merge', '--no-commit', 'side');
    return conclude(repository);
  },
  'merge --squash, then commit'(text) {
    const repository = branched({ theirs: { 'b.js': text } });
    repository.git('merge', '--squash', 'side');
    return conclude(repository);
  },
  'a merge that was stopped by the hook, then commit'(text) {
    const repository = branched({ theirs: { 'b.js': text } });
    const merged = repository.tryGit(['merge', '--no-edit', 'side']);
    return merged.code === 0 ? merged : conclude(repository);
  },
  'an octopus'(text) {
    const repository = branched({ theirs: { 'b.js': text } });
    repository.git('checkout', '--quiet', '-b', 'third', 'main^');
    addCommit(repository, { 'third.js': '3\n' });
    repository.git('checkout', '--quiet', 'main');
    return repository.tryGit(['merge', '--no-edit', 'side', 'third']);
  },
  'a branch by its remote-tracking name, ahead of it'(text) {
    const repository = branched({ theirs: { 'b.js': text } });
    repository.git('update-ref', 'refs/remotes/origin/side', 'side^');
    return repository.tryGit(['merge', '--no-edit', 'side']);
  },
};

describe('a secret on a branch that is merged is blocked, and its clean twin passes', () => {
  it.each(Object.keys(BY_GIT))('%s', (name) => {
    expectBlocked(BY_GIT[name]!(LEAK));
    expectPassed(BY_GIT[name]!(CLEAN));
  });
});

describe('a branch that is on a remote', () => {
  function published(): TestRepository {
    const repository = branched({ theirs: { 'b.js': LEAK } });
    repository.git('update-ref', 'refs/remotes/origin/main', 'side');
    return repository;
  }

  it('is merged, and it is said once what was looked at', () => {
    const ran = published().tryGit(['merge', '--no-edit', 'side']);
    expectPassed(ran);
    const said = ran.stderr.replaceAll(/\s+/g, ' ');
    expect(said.split(PUBLISHED)).toHaveLength(2);
    expect(said).toContain('what is merged is on a remote');
  });

  it('is merged too with --no-commit, and what a hand adds is looked at', () => {
    const repository = published();
    repository.git('merge', '--no-commit', 'side');
    expect(look(repository)).toMatchObject({ verdict: 'clean', coverage: { files: { expected: 0, scanned: 0 } } });
    stage(repository, { 'new.js': LEAK });
    expect(look(repository)).toMatchObject({ verdict: 'blocked', findings: [{ path: 'new.js' }], coverage: { files: { expected: 1 } } });
  });

  it('is left out of an octopus, and the others are not', () => {
    const repository = published();
    repository.git('checkout', '--quiet', '-b', 'third', 'main^');
    addCommit(repository, { 'third.js': OLD });
    repository.git('checkout', '--quiet', 'main');
    const { code, stderr } = repository.tryGit(['merge', '--no-edit', 'side', 'third']);
    expect(code).not.toBe(0);
    expect(stderr).toContain('third.js');
    expect(stderr).not.toContain('b.js');
    expect(stderr.replaceAll(/\s+/g, ' ')).toContain(`part of what is merged ${PUBLISHED}`);
  });
});

describe('an octopus with lines of a hand in it', () => {
  it.each([
    ['is blocked', LEAK, 'blocked'],
    ['passes where they are clean', CLEAN, 'clean'],
  ])('%s', (_, text, verdict) => {
    const repository = branched({ theirs: { 'b.js': OLD } });
    repository.git('checkout', '--quiet', '-b', 'third', 'main^');
    addCommit(repository, { 'a.js': `${LINES}third\n`, 'third.js': OLD });
    repository.git('checkout', '--quiet', 'main');
    for (const name of ['side', 'third']) repository.git('update-ref', `refs/remotes/origin/${name}`, name);
    repository.git('merge', '--no-commit', 'side', 'third');
    stage(repository, { 'a.js': `${LINES}third\n${text}` });
    expect(look(repository)).toMatchObject({
      verdict,
      findings: verdict === 'clean' ? [] : [{ path: 'a.js', line: 11 }],
      coverage: { files: { expected: 1, scanned: 1 }, lines: { expected: 1, scanned: 1 } },
    });
  });
});
