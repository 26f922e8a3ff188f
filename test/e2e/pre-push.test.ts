import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { addHooks } from '../support/installation.ts';
import { cloneOf, createPair, pairOf, type PushPair, writeHook } from '../support/push.ts';
import { BIN, createRepository, openRepository, type Ran } from '../support/repository.ts';
import { letters, stripeKey } from '../support/secrets.ts';
import { HAS_PERMISSIONS, runUnprivileged } from '../support/unprivileged.ts';

const KEY = stripeKey();
const LEAK = `const key = "${KEY}";\n`;
const CLEAN = 'const key = process.env.KEY;\n';

/** Our own shim, or the line that other hook managers run. */
type Way = 'shim' | 'guest';
let way: Way = 'guest';

function hook(pair: PushPair): void {
  if (way === 'guest') return writeHook(join(pair.git('rev-parse', '--absolute-git-dir').trim(), 'hooks'), 'pre-push');
  addHooks(pair, ['pre-push']);
}

/** A pair whose first commit is on both sides. */
function started(options: Parameters<typeof createPair>[0] = {}): PushPair {
  const pair = createPair({ ...options, isStarted: true });
  hook(pair);
  return pair;
}

function said({ stdout, stderr }: Ran): string {
  return stdout + stderr;
}

function expectBlocked(ran: Ran, rule = 'stripe-key'): void {
  expect(said(ran)).toContain(rule);
  expect(ran.code).toBe(1);
  expect(said(ran)).not.toContain(KEY);
}

function expectPassed(ran: Ran): void {
  expect(said(ran)).not.toContain('blocked');
  expect(said(ran)).toContain('code-guardian: ');
  expect(ran.code).toBe(0);
}

/** Each situation: makes a push that brings some content, and tries it. */
const SITUATIONS: Record<string, (content: string) => Ran> = {
  'an update of a branch'(content) {
    const pair = started();
    pair.commit({ 'b.js': content });
    return pair.push('origin', 'main');
  },
  'a file that is changed in part'(content) {
    const pair = started();
    pair.commit({ 'a.js': `one\n${content}` });
    return pair.push();
  },
  'a new branch'(content) {
    const pair = started();
    pair.git('switch', '--quiet', '--create', 'topic');
    pair.commit({ 'b.js': content });
    return pair.push('origin', 'topic');
  },
  'the first push to an empty server, with log.showRoot=false'(content) {
    const pair = createPair();
    hook(pair);
    pair.git('config', 'log.showRoot', 'false');
    pair.commit({ 'a.js': content });
    return pair.push('origin', 'main');
  },
  'a secret that a later commit takes out again'(content) {
    const pair = started();
    pair.commit({ 'b.js': content });
    pair.commit({ 'b.js': 'nothing\n' });
    return pair.push('origin', 'main');
  },
  'a file that a later commit deletes'(content) {
    const pair = started();
    pair.commit({ 'b.js': content });
    pair.git('rm', '--quiet', 'b.js');
    pair.commit({});
    return pair.push('origin', 'main');
  },
  'a branch that is not checked out'(content) {
    const pair = started();
    pair.git('switch', '--quiet', '--create', 'topic');
    pair.commit({ 'b.js': content });
    pair.git('switch', '--quiet', 'main');
    return pair.push('origin', 'topic');
  },
  'the second of two refs'(content) {
    const pair = started();
    pair.commit({ 'b.js': 'two\n' });
    pair.git('switch', '--quiet', '--create', 'topic');
    pair.commit({ 'c.js': content });
    return pair.push('origin', 'main', 'topic');
  },
  'beside a deletion'(content) {
    const pair = started();
    pair.git('push', '--quiet', '--no-verify', 'origin', 'main:gone');
    pair.commit({ 'b.js': content });
    return pair.push('origin', ':gone', 'main');
  },
  '--all'(content) {
    const pair = started();
    pair.git('switch', '--quiet', '--create', 'topic');
    pair.commit({ 'b.js': content });
    pair.git('switch', '--quiet', 'main');
    return pair.push('--all', 'origin');
  },
  '--mirror'(content) {
    const pair = started();
    pair.git('switch', '--quiet', '--create', 'topic');
    pair.commit({ 'b.js': content });
    pair.git('update-ref', 'refs/odd/place', 'topic');
    pair.git('switch', '--quiet', 'main');
    pair.git('branch', '--quiet', '--delete', '--force', 'topic');
    return pair.push('--mirror', 'origin');
  },
  'a branch that is fetched under another name'(content) {
    const pair = started();
    pair.git('config', 'remote.origin.fetch', '+refs/heads/*:refs/elsewhere/*');
    pair.git('update-ref', '-d', 'refs/remotes/origin/main');
    pair.commit({ 'b.js': content });
    return pair.push('origin', 'main');
  },
  'a tag on a new commit'(content) {
    const pair = started();
    pair.commit({ 'b.js': content });
    pair.git('tag', 'v1');
    return pair.push('origin', 'v1');
  },
  'an annotated tag on a new commit'(content) {
    const pair = started();
    pair.commit({ 'b.js': content });
    pair.git('tag', '--annotate', '--message', 'release', 'v1');
    return pair.push('origin', 'v1');
  },
  'the message of a tag'(content) {
    const pair = started();
    pair.git('tag', '--annotate', '--message', content, 'v1');
    return pair.push('origin', 'v1');
  },
  'the message of a tag behind a tag'(content) {
    const pair = started();
    pair.git('tag', '--annotate', '--message', content, 'inner');
    pair.git('tag', '--annotate', '--message', 'outer', 'outer', 'inner');
    return pair.push('origin', 'outer');
  },
  'a tag on a file'(content) {
    const pair = started();
    const blob = pair.tryGit(['hash-object', '-w', '--stdin'], { input: content }).stdout.trim();
    pair.git('tag', 'file', blob);
    return pair.push('origin', 'file');
  },
  'an annotated tag on a file'(content) {
    const pair = started();
    const blob = pair.tryGit(['hash-object', '-w', '--stdin'], { input: content }).stdout.trim();
    pair.git('tag', '--annotate', '--message', 'a file', 'file', blob);
    return pair.push('origin', 'file');
  },
  'a tag on a tree'(content) {
    const pair = started();
    pair.write('deep/er/b.js', content);
    pair.git('add', '--all');
    pair.git('tag', 'tree', pair.git('write-tree').trim());
    return pair.push('origin', 'tree');
  },
  'an annotated tag on a tree'(content) {
    const pair = started();
    pair.write('b.js', content);
    pair.git('add', '--all');
    pair.git('tag', '--annotate', '--message', 'a tree', 'tree', pair.git('write-tree').trim());
    return pair.push('origin', 'tree');
  },
  notes(content) {
    const pair = started();
    pair.git('notes', 'add', '--message', content);
    return pair.push('origin', 'refs/notes/commits');
  },
  'a message of a commit'(content) {
    const pair = started();
    pair.commit({ 'b.js': 'two\n' }, `subject\n\n${content}`);
    return pair.push('origin', 'main');
  },
  'a message of a commit without changes'(content) {
    const pair = started();
    pair.commit({}, content);
    return pair.push('origin', 'main');
  },
  'force over a tip that is not here'(content) {
    const pair = started();
    const other = cloneOf(pair);
    other.commit({ 'c.js': 'theirs\n' });
    other.git('push', '--quiet', 'origin', 'main');
    pair.commit({ 'b.js': content });
    return pair.push('--force', 'origin', 'main');
  },
  'force over a tip that is here'(content) {
    const pair = started();
    pair.git('switch', '--quiet', '--orphan', 'fresh');
    pair.commit({ 'b.js': content });
    return pair.push('--force', 'origin', 'fresh:main');
  },
  'a hand-made line in a merge'(content) {
    const pair = started();
    pair.git('switch', '--quiet', '--create', 'side');
    pair.commit({ 's.js': 'side\n' });
    pair.git('switch', '--quiet', 'main');
    pair.commit({ 'm.js': 'main\n' });
    pair.git('merge', '--quiet', '--no-commit', 'side');
    pair.commit({ 's.js': `side\n${content}` });
    return pair.push('origin', 'main');
  },
  'a commit of a branch that was merged'(content) {
    const pair = started();
    pair.git('switch', '--quiet', '--create', 'side');
    pair.commit({ 's.js': content });
    pair.git('switch', '--quiet', 'main');
    pair.commit({ 'm.js': 'main\n' });
    pair.git('merge', '--quiet', '--message', 'merge', 'side');
    return pair.push('origin', 'main');
  },
  'a picked commit'(content) {
    const pair = started();
    pair.git('switch', '--quiet', '--create', 'side');
    pair.commit({ 's.js': content });
    pair.git('switch', '--quiet', 'main');
    pair.git('cherry-pick', 'side');
    return pair.push('origin', 'main');
  },
  'to a URL'(content) {
    const pair = started();
    const elsewhere = createRepository({ initArgs: ['--bare'], top: join(dirname(pair.top), 'elsewhere.git') });
    pair.commit({ 'b.js': content });
    return pair.push(elsewhere.top, 'main');
  },
  'to the URL of a remote'(content) {
    const pair = started();
    pair.commit({ 'b.js': content });
    return pair.push(pair.server.top, 'main');
  },
  'to another place than it is fetched from'(content) {
    const pair = createPair();
    pair.commit({ 'a.js': content });
    pair.git('push', '--quiet', 'origin', 'main');
    const elsewhere = createRepository({ initArgs: ['--bare'], top: join(dirname(pair.top), 'elsewhere.git') });
    pair.git('remote', 'set-url', '--push', 'origin', elsewhere.top);
    hook(pair);
    return pair.push('origin', 'main');
  },
  'to a remote beside one that lies in its name'(content) {
    const pair = started();
    const fork = createRepository({ initArgs: ['--bare'], top: join(dirname(pair.top), 'fork.git') });
    // `git remote add` of newer gits refuses such a name; the config takes it.
    pair.git('config', 'remote.origin/fork.url', fork.top);
    pair.git('config', 'remote.origin/fork.fetch', '+refs/heads/*:refs/remotes/origin/fork/*');
    pair.commit({ 'b.js': content });
    pair.git('push', '--quiet', '--no-verify', 'origin/fork', 'main');
    return pair.push('origin', 'main');
  },
  'a commit that another remote has'(content) {
    const pair = started();
    const fork = createRepository({ initArgs: ['--bare'], top: join(dirname(pair.top), 'fork.git') });
    pair.git('remote', 'add', 'fork', fork.top);
    pair.commit({ 'b.js': content });
    pair.git('push', '--quiet', '--no-verify', 'fork', 'main');
    return pair.push('origin', 'main');
  },
  'a source with spaces'(content) {
    const pair = createPair();
    hook(pair);
    pair.commit({ 'a.js': content });
    return pair.push('origin', 'HEAD@{1 second ago}:refs/heads/main');
  },
  'a source that is an id'(content) {
    const pair = started();
    return pair.push('origin', `${pair.commit({ 'b.js': content })}:refs/heads/by-id`);
  },
  'SHA-256'(content) {
    const pair = started({ initArgs: ['--object-format=sha256'] });
    pair.commit({ 'b.js': content });
    return pair.push('origin', 'main', 'main:again');
  },
  'a linked worktree'(content) {
    const pair = started();
    const top = join(dirname(pair.top), 'linked');
    pair.git('worktree', 'add', '--quiet', '-b', 'linked', top);
    const linked = pairOf(openRepository(top, pair.env), pair.server);
    linked.commit({ 'b.js': content });
    return linked.push('origin', 'linked');
  },
  'a shallow clone'(content) {
    const pair = started();
    pair.commit({ 'a.js': 'two\n' });
    pair.git('push', '--quiet', '--no-verify', 'origin', 'main');
    const clone = cloneOf(pair, '--depth', '1');
    hook(clone);
    clone.commit({ 'b.js': content });
    return clone.push('origin', 'main');
  },
  'a bare repository'(content) {
    const pair = started();
    pair.commit({ 'b.js': content });
    const top = join(dirname(pair.top), 'mirror.git');
    pair.git('clone', '--quiet', '--bare', pair.top, top);
    const mirror = pairOf(openRepository(top, pair.env), pair.server);
    mirror.git('remote', 'set-url', 'origin', pair.server.top);
    writeHook(join(top, 'hooks'), 'pre-push');
    return mirror.push('origin', 'main');
  },
  'a name that is not UTF-8'(content) {
    const pair = started();
    const blob = pair.tryGit(['hash-object', '-w', '--stdin'], { input: content }).stdout.trim();
    pair.git('config', 'core.protectNTFS', 'false');
    const index = Buffer.concat([Buffer.from(`100644 ${blob}\t`), Buffer.of(0x66, 0xff, 0x2e, 0x6a, 0x73), Buffer.from('\0')]);
    pair.tryGit(['update-index', '-z', '--index-info'], { input: index as unknown as string });
    pair.git('commit', '--quiet', '--no-verify', '--message', 'odd');
    return pair.push('origin', 'main');
  },
  'a diff driver that is broken'(content) {
    const pair = started();
    pair.commit({ '.gitattributes': '*.js diff=odd\n' });
    pair.git('config', 'diff.odd.xfuncname', '(');
    pair.commit({ 'a.js': `one\n${content}` });
    return pair.push('origin', 'main');
  },
  'attributes and settings that hide lines'(content) {
    const pair = started();
    pair.commit({ '.gitattributes': '*.js binary diff=hide\n' });
    for (const [key, value] of Object.entries({
      'diff.hide.textconv': 'echo nothing #',
      'diff.hide.command': 'true',
      'diff.external': 'true',
      'color.ui': 'always',
      'diff.noprefix': 'true',
      'diff.renames': 'copies',
      'core.quotePath': 'true',
    })) {
      pair.git('config', key, value);
    }
    pair.commit({ 'a.js': `one\n${content}` });
    return pair.push('origin', 'main');
  },
  'a clean commit that git replace puts in its place'(content) {
    const pair = started();
    const bad = pair.commit({ 'b.js': content });
    pair.git('reset', '--quiet', '--hard', 'HEAD~');
    const good = pair.commit({ 'b.js': 'good\n' });
    pair.git('replace', bad, good);
    return pair.push('origin', `${bad}:refs/heads/topic`);
  },
};

describe('a push', () => {
  it.each(Object.entries(SITUATIONS))('%s', (_, situation) => {
    expectBlocked(situation(LEAK));
    expectPassed(situation(CLEAN));
  });
});

/** What differs for a shell script between git and us: how much there is to read, spaces in it, where it is called. */
const BY_SHIM: readonly (keyof typeof SITUATIONS)[] = [
  'the second of two refs',
  'a source with spaces',
  'a linked worktree',
  'to a URL',
  'SHA-256',
];

describe('a push, through our own shim', () => {
  it.each(BY_SHIM)('%s', (name) => {
    way = 'shim';
    try {
      expectBlocked(SITUATIONS[name]!(LEAK));
      expectPassed(SITUATIONS[name]!(CLEAN));
    } finally {
      way = 'guest';
    }
  });
});

describe('what the other side has already', () => {
  it('is not looked at again', () => {
    const pair = createPair();
    pair.commit({ 'a.js': LEAK });
    pair.git('push', '--quiet', 'origin', 'main');
    hook(pair);
    pair.commit({ 'b.js': CLEAN });
    const ran = pair.push('origin', 'main', 'main:again');
    expectPassed(ran);
    expect(said(ran)).toContain('1 commit clean');
  });

  it('is not, on a line beside a new one', () => {
    const pair = createPair();
    pair.commit({ 'a.js': LEAK });
    pair.git('push', '--quiet', 'origin', 'main');
    hook(pair);
    pair.commit({ 'a.js': `${LEAK}more\n` });
    expectPassed(pair.push('origin', 'main'));
  });

  it.each<[string, (pair: PushPair) => Ran, string]>([
    ['a deletion', (pair) => pair.push('origin', ':main'), 'nothing to scan'],
    ['nothing new', (pair) => pair.push('origin', 'main:refs/heads/other'), 'nothing to scan'],
    [
      'a tag on it',
      (pair) => {
        pair.git('tag', 'v1');
        return pair.push('origin', 'v1');
      },
      'nothing to scan',
    ],
    ['a merge of it', (pair) => pair.push('origin', 'main'), ''],
  ])('%s passes', (_, act, words) => {
    const pair = started();
    pair.server.git('config', 'receive.denyDeleteCurrent', 'ignore');
    const ran = act(pair);
    expect(ran.code).toBe(0);
    expect(said(ran)).toContain(words);
  });
});

/** Runs the hook as git would, and gives its report. */
function report(pair: PushPair, lines: string, { env = {}, args = ['origin', pair.server.top] as readonly string[] } = {}) {
  const ran = pair.spawnGuardian(['hook', 'pre-push', ...args, '--format', 'json'], { input: lines, env });
  return { ...ran, document: JSON.parse(ran.stdout) as Record<string, never> & Document };
}

interface Document {
  readonly verdict: string;
  readonly refs: readonly { ref: string; oldId: string | null; newId: string | null; verdict: string }[];
  readonly commits: { total: number; known: number; unscanned: number };
  readonly coverage: { files: { expected: number; scanned: number } };
  readonly findings: readonly { path: string; commit: string; rule: string; outcome: string }[];
}

const lineOf = (pair: PushPair, name = 'main', to = `refs/heads/${name}`, old = '0'.repeat(40)): string =>
  `refs/heads/${name} ${pair.id(name)} ${to} ${old}\n`;

describe('what git tells', () => {
  it.each([
    ['nothing', ''],
    ['an empty line', '\n'],
  ])('%s: there is nothing to scan', (_, input) => {
    const pair = started();
    expect(pair.spawnGuardian(['hook', 'pre-push', 'origin', 'url'], { input })).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('nothing to scan'),
    });
  });

  it.each([
    ['a bad line', 'one two three\n', /"one two three" on standard input is not a ref line from git/],
    ['an object that is not there', `main ${'c'.repeat(40)} refs/heads/main ${'0'.repeat(40)}\n`, /git has no object "c{40}"/],
  ])('%s is one clear error', (_, input, words) => {
    const pair = started();
    const ran = pair.spawnGuardian(['hook', 'pre-push', 'origin', 'url'], { input });
    expect(ran).toMatchObject({ code: 2, stdout: '' });
    expect(ran.stderr).toMatch(words);
    expect(ran.stderr.trim().split('\n')).toHaveLength(2);
  });

  it('may be a terminal: there is nothing to wait for', ({ skip }) => {
    const pair = started();
    // It gives a command a terminal of its own.
    const program = 'script';
    const command = `'${process.execPath}' '${BIN}' hook pre-push origin url; echo "ended with $?"`;
    const ran = spawnSync(program, ['-qec', command, '/dev/null'], { cwd: pair.top, env: pair.env, encoding: 'utf8', timeout: 20_000 });
    if (ran.error !== undefined && (ran.error as NodeJS.ErrnoException).code === 'ENOENT') skip();
    expect(ran.stdout).toContain('code-guardian: nothing to');
    expect(ran.stdout).toContain('ended with 0');
  });

  it('may be more than a pipe holds, and nobody need read it', () => {
    const pair = started();
    const id = pair.id('main');
    for (let i = 0; i < 2000; i++) writeFileSync(join(pair.top, '.git', 'refs', 'heads', `branch${i}`), `${id}\n`);
    for (const env of [{ CODE_GUARDIAN: '0' }, {}]) {
      const ran = pair.tryGit(['push', '--dry-run', '--all', 'origin'], { env });
      expect(ran.code).toBe(0);
      expect(said(ran)).not.toMatch(/broken pipe|EPIPE/i);
    }
  });
});

describe('what the pre-commit framework tells', () => {
  const variables = (pair: PushPair, more: Record<string, string> = {}) => ({
    PRE_COMMIT_REMOTE_NAME: 'origin',
    PRE_COMMIT_REMOTE_URL: pair.server.top,
    PRE_COMMIT_LOCAL_BRANCH: 'refs/heads/main',
    PRE_COMMIT_REMOTE_BRANCH: 'refs/heads/main',
    ...more,
  });

  it.each<[string, (pair: PushPair) => Record<string, string>]>([
    ['two commits', (pair) => ({ PRE_COMMIT_FROM_REF: pair.id('HEAD~2'), PRE_COMMIT_TO_REF: pair.id('HEAD') })],
    ['a branch of which all is new', () => ({})],
  ])('%s: it is looked at, and said that this is weaker', (_, more) => {
    const pair = started();
    pair.commit({ 'b.js': LEAK });
    pair.commit({ 'b.js': 'gone\n' });
    const ran = pair.spawnGuardian(['hook', 'pre-push'], { env: variables(pair, more(pair)) });
    expectBlocked(ran);
    expect(ran.stdout).toMatch(/names only the first ref/);
  });

  it('is not needed where git itself tells', () => {
    const pair = started();
    pair.commit({ 'b.js': CLEAN });
    const ran = pair.spawnGuardian(['hook', 'pre-push', 'origin', pair.server.top], { env: variables(pair), input: lineOf(pair) });
    expectPassed(ran);
    expect(ran.stdout).not.toContain('weaker');
  });

  it('a branch that is not there is an error', () => {
    const pair = started();
    const ran = pair.spawnGuardian(['hook', 'pre-push'], { env: variables(pair, { PRE_COMMIT_LOCAL_BRANCH: 'refs/heads/none' }) });
    expect(ran).toMatchObject({ code: 2, stderr: expect.stringContaining('refs/heads/none') });
  });
});

describe('the way out', () => {
  /** The words, with the places of line breaks taken out. */
  const words = (ran: Ran): string => said(ran).replace(/\s+/g, ' ');

  it('of the last commit is to amend it', () => {
    const pair = started();
    const id = pair.commit({ 'b.js': LEAK }).slice(0, 10);
    const ran = pair.push('origin', 'main');
    expect(words(ran)).toContain(
      `Nothing was pushed. ${id} is the last commit of main: remove it, then \`git commit --all --amend --no-edit\`.`,
    );
  });

  it('of an earlier one is a fixup, and it works', () => {
    const pair = started();
    const id = pair.commit({ 'b.js': LEAK }).slice(0, 10);
    pair.commit({ 'c.js': 'three\n' });
    const ran = pair.push('origin', 'main');
    expect(words(ran)).toContain(
      `${id} has 1 commit on top: remove it, \`git commit --all --fixup=${id}\`, then \`git rebase --interactive --autosquash ${id}~\`.`,
    );
    pair.write('b.js', CLEAN);
    pair.git('commit', '--quiet', '--all', `--fixup=${id}`);
    expect(pair.tryGit(['rebase', '--interactive', '--autosquash', `${id}~`], { env: { GIT_EDITOR: ':' } }).code).toBe(0);
    expectPassed(pair.push('origin', 'main'));
  });

  it('of the first commit there is knows that it has none below', () => {
    const pair = createPair();
    hook(pair);
    const id = pair.commit({ 'b.js': LEAK }).slice(0, 10);
    pair.commit({ 'c.js': 'three\n' });
    expect(words(pair.push('origin', 'main'))).toContain(
      `\`git commit --all --fixup=${id}\`, then \`git rebase --interactive --autosquash --root\`.`,
    );
  });

  it('where the file has changed since is to stop there', () => {
    const pair = started();
    const id = pair.commit({ 'b.js': LEAK }).slice(0, 10);
    pair.commit({ 'b.js': 'gone\n' });
    const ran = pair.push('origin', 'main');
    expect(words(ran)).toContain(`the file has changed since: \`git rebase --interactive ${id}~\`, mark it \`edit\``);
  });

  it('below a merge keeps the merge', () => {
    const pair = started();
    pair.commit({ 'b.js': LEAK });
    pair.git('switch', '--quiet', '--create', 'side', 'origin/main');
    pair.commit({ 's.js': 'side\n' });
    pair.git('switch', '--quiet', 'main');
    pair.git('merge', '--quiet', '--no-verify', '--message', 'merge', 'side');
    expect(words(pair.push('origin', 'main'))).toContain('git rebase --interactive --rebase-merges --autosquash');
  });

  it('on another branch begins with going there', () => {
    const pair = started();
    pair.git('switch', '--quiet', '--create', 'topic');
    const id = pair.commit({ 'b.js': LEAK }).slice(0, 10);
    pair.git('switch', '--quiet', 'main');
    expect(words(pair.push('origin', 'topic'))).toContain(`${id} is the last commit of topic: \`git switch topic\`, remove it`);
  });

  it('of a message is to write another', () => {
    const pair = started();
    const id = pair.commit({ 'b.js': CLEAN }, LEAK).slice(0, 10);
    expect(words(pair.push('origin', 'main'))).toContain(
      `${id} is the last commit of main: \`git commit --amend\` and change the message.`,
    );
    pair.commit({ 'c.js': CLEAN });
    expect(words(pair.push('origin', 'main'))).toContain(`\`git rebase --interactive ${id}~\`, mark it \`reword\` and change the message.`);
  });

  it('of a tag is to make it anew', () => {
    const pair = started();
    pair.git('tag', '--annotate', '--message', LEAK, 'v1');
    expect(words(pair.push('origin', 'v1'))).toContain('recreate it with `git tag --force --annotate v1 v1^{}`');
  });

  it('of many commits is one command', () => {
    const pair = started();
    const ids = [1, 2, 3, 4].map((i) => pair.commit({ [`f${i}.js`]: `const key = "${stripeKey(String(i))}";\n` }).slice(0, 10));
    const ran = pair.push('origin', 'main');
    expect(words(ran)).toContain(`4 commits have findings`);
    expect(words(ran)).toContain(`\`git filter-repo --replace-text FILE --refs ${ids[0]}~..main\``);
    expect(said(ran).split('\n').length).toBeLessThan(35);
  });

  it('of what another remote has is to rotate it', () => {
    const pair = started();
    const fork = createRepository({ initArgs: ['--bare'], top: join(dirname(pair.top), 'fork.git') });
    pair.git('remote', 'add', 'fork', fork.top);
    const id = pair.commit({ 'b.js': LEAK }).slice(0, 10);
    expect(words(pair.push('origin', 'main'))).not.toContain('so it is out');
    pair.git('push', '--quiet', '--no-verify', 'fork', 'main');
    pair.git('remote', 'set-head', 'fork', 'main');
    expect(words(pair.push('origin', 'main'))).toContain(`${id} is on fork/main already, so it is public: rotate the secret`);
  });

  it('of several refs names those that hold it', () => {
    const pair = started();
    pair.commit({ 'b.js': CLEAN });
    pair.git('switch', '--quiet', '--create', 'topic');
    pair.commit({ 'c.js': LEAK });
    pair.git('switch', '--quiet', '--create', 'more');
    pair.commit({ 'd.js': CLEAN });
    const ran = pair.push('origin', 'main', 'topic', 'more');
    expect(said(ran)).toContain('✖ topic  blocked\n✖ more  blocked\n✓ main\n');
    const lines = ['main', 'topic', 'more'].map((name) => lineOf(pair, name)).join('');
    expect(report(pair, lines).document.refs).toEqual([
      { ref: 'refs/heads/main', oldId: null, newId: pair.id('main'), verdict: 'clean' },
      { ref: 'refs/heads/topic', oldId: null, newId: pair.id('topic'), verdict: 'blocked' },
      { ref: 'refs/heads/more', oldId: null, newId: pair.id('more'), verdict: 'blocked' },
    ]);
  });
});

describe('what was scanned before', () => {
  const folderOf = (pair: PushPair): string => join(pair.top, '.git', 'code-guardian');
  const records = (pair: PushPair): string[] =>
    existsSync(folderOf(pair)) ? readdirSync(folderOf(pair)).filter((name) => name.startsWith('scanned-')) : [];
  const scannedIn = (pair: PushPair, more: Parameters<typeof report>[2] = {}): [known: number, total: number, files: number] => {
    const { commits, coverage } = report(pair, lineOf(pair), more).document;
    return [commits.known, commits.total, coverage.files.scanned];
  };

  it('is not scanned again', () => {
    const pair = started();
    for (let i = 0; i < 5; i++) pair.commit({ [`f${i}.js`]: CLEAN });
    expect(scannedIn(pair)).toEqual([0, 5, 10]);
    expect(scannedIn(pair)).toEqual([5, 5, 0]);
    pair.commit({ 'last.js': CLEAN });
    expect(scannedIn(pair)).toEqual([5, 6, 2]);
    const ran = pair.push('origin', 'main');
    expect(said(ran)).toContain('6 commits clean, all scanned before');
  });

  it('is not, in commits that were made anew of the same contents', () => {
    const pair = started();
    for (let i = 0; i < 3; i++) pair.commit({ [`f${i}.js`]: CLEAN });
    scannedIn(pair);
    pair.git('commit', '--quiet', '--no-verify', '--amend', '--message', 'another message');
    // The message is new.
    expect(scannedIn(pair)).toEqual([2, 3, 1]);
  });

  it.each<[string, (pair: PushPair) => Parameters<typeof report>[2]]>([
    [
      'by another config',
      (pair) => {
        pair.write('.code-guardianrc.yaml', 'failOn: low\n');
        return {};
      },
    ],
    ['by another overlay', () => ({ env: { CODE_GUARDIAN_FAIL_ON: 'low' } })],
    ['by fewer rules', () => ({ args: ['origin', 'url', '--rule', 'jwt'] })],
    ['with rules left out', () => ({ env: { CODE_GUARDIAN_SKIP: 'jwt' } })],
  ])('is, %s', (_, change) => {
    const pair = started();
    pair.commit({ 'b.js': CLEAN });
    scannedIn(pair);
    expect(scannedIn(pair)[0]).toBe(1);
    expect(scannedIn(pair, change(pair))[0]).toBe(0);
  });

  it('is, where a rule of the config may find something now', () => {
    const pair = started();
    pair.commit({ 'b.js': `acme_${letters(16, 'acme')}\n` });
    expectPassed(pair.push('--dry-run', 'origin', 'main'));
    pair.write(
      '.code-guardianrc.yaml',
      'customRules: [{ id: acme-key, keywords: [acme_], pattern: "acme_[A-Za-z0-9]{16}", message: Acme key, severity: critical }]\n',
    );
    expectBlocked(pair.push('--dry-run', 'origin', 'main'), 'acme-key');
  });

  it('is, at another path where another rule holds', () => {
    const pair = started();
    pair.write('.code-guardianrc.yaml', 'overrides: [{ files: ["test/**"], rules: { stripe-key: off, generic-secret: off } }]\n');
    pair.commit({ 'test/a.js': LEAK });
    expectPassed(pair.push('--dry-run', 'origin', 'main'));
    pair.git('mv', 'test/a.js', 'b.js');
    pair.commit({});
    expectBlocked(pair.push('--dry-run', 'origin', 'main'));
  });

  it('is, where only some of its lines were new then', () => {
    const pair = createPair();
    pair.commit({ 'a.js': LEAK });
    pair.git('push', '--quiet', 'origin', 'main');
    hook(pair);
    pair.commit({ 'a.js': `${LEAK}more\n` });
    expectPassed(pair.push('--dry-run', 'origin', 'main'));
    for (const [branch, first] of [
      ['fresh', `${LEAK}more\n`],
      ['changed', 'other\n'],
    ] as const) {
      pair.git('switch', '--quiet', '--orphan', branch);
      pair.commit({ 'a.js': first });
      pair.commit({ 'a.js': `${LEAK}more\n` });
      expectBlocked(pair.push('--dry-run', 'origin', branch));
    }
  });

  it.each([
    ['a finding that blocks', LEAK],
    ['a finding that warns', 'console.log(1);\n'],
    ['a finding that is suppressed', LEAK.replace('\n', ' // code-guardian:ignore stripe-key -- a test\n')],
  ])('does not hold %s', (_, content) => {
    const pair = started();
    pair.commit({ 'b.js': content });
    expect(scannedIn(pair)[0]).toBe(0);
    expect(scannedIn(pair)).toEqual([0, 1, 2]);
  });

  it('does not hold what could not be scanned', () => {
    const pair = started();
    pair.write('.code-guardianrc.yaml', 'performance: { maxFileSize: 100 }\nonIncomplete: warn\n');
    pair.commit({ 'b.txt': 'x'.repeat(200) });
    expect(report(pair, lineOf(pair)).document.verdict).toBe('incomplete');
    const { verdict, commits } = report(pair, lineOf(pair)).document;
    expect([verdict, commits.known, commits.unscanned]).toEqual(['incomplete', 0, 1]);
  });

  it('holds nothing after a rule that failed', () => {
    const pair = started();
    pair.write(
      '.code-guardianrc.yaml',
      'onIncomplete: warn\nperformance: { ruleTimeout: 1ms }\n' +
        'customRules: [{ id: slow, keywords: [aaa], pattern: "(a|aa)+!", message: Slow, severity: low }]\n',
    );
    pair.commit({ 'b.txt': `${'a'.repeat(60)}\n` });
    expect(report(pair, lineOf(pair)).document.verdict).toBe('incomplete');
    expect(records(pair)).toEqual([]);
  });

  it('is believed only where it is whole', () => {
    const pair = started();
    for (let i = 0; i < 3; i++) pair.commit({ [`f${i}.js`]: CLEAN });
    scannedIn(pair);
    const file = join(folderOf(pair), records(pair)[0]!);
    const bytes = readFileSync(file);
    bytes[bytes.length - 1]! ^= 1;
    writeFileSync(file, bytes);
    const ran = report(pair, lineOf(pair));
    expect([ran.code, ran.stderr, ran.document.commits.known]).toEqual([0, '', 0]);
    expect(scannedIn(pair)[0]).toBe(3);
  });

  it('is shared by worktrees', () => {
    const pair = started();
    pair.commit({ 'b.js': CLEAN });
    scannedIn(pair);
    const top = join(dirname(pair.top), 'linked');
    pair.git('worktree', 'add', '--quiet', '-b', 'linked', top);
    const ran = pair.tryGit(['push', '--dry-run', 'origin', 'linked'], { cwd: top });
    expect(said(ran)).toContain('1 commit clean, all scanned before');
  });

  it('survives pushes side by side', async () => {
    const pair = started();
    for (let i = 0; i < 30; i++) pair.commit({ [`f${i}.js`]: CLEAN });
    const run = (name: string): Promise<number | null> =>
      new Promise((resolve) => {
        const child = spawn(process.execPath, [BIN, 'hook', 'pre-push', 'origin', 'url'], { cwd: pair.top, env: pair.env, stdio: 'pipe' });
        child.on('close', resolve);
        child.stdin.end(`refs/heads/main ${pair.id(name)} refs/heads/main ${'0'.repeat(40)}\n`);
      });
    expect(await Promise.all(['main', 'main~5', 'main~10', 'main~15'].map(run))).toEqual([0, 0, 0, 0]);
    scannedIn(pair);
    expect(scannedIn(pair)).toEqual([30, 30, 0]);
    expect(readdirSync(folderOf(pair)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it.skipIf(!HAS_PERMISSIONS)('need not be kept', () => {
    const pair = started();
    pair.commit({ 'b.js': CLEAN });
    chmodSync(join(pair.top, '.git'), 0o555);
    const args = ['hook', 'pre-push', 'origin', pair.server.top, '--format', 'json'];
    const { code, stdout } = runUnprivileged(pair, args, { input: lineOf(pair) });
    expect(JSON.parse(stdout)).toMatchObject({ verdict: 'clean', errors: [] });
    expect(code).toBe(0);
    expect(existsSync(folderOf(pair))).toBe(false);
  });
});

describe('commits that were made without the hooks', () => {
  const note = (pair: PushPair, ids: readonly string[], gitDir = join(pair.top, '.git')): string => {
    mkdirSync(join(gitDir, 'code-guardian'), { recursive: true });
    const file = join(gitDir, 'code-guardian', 'bypassed');
    writeFileSync(file, ids.map((id) => `${id}\n`).join(''));
    return file;
  };

  it('are mentioned once, and taken out of the notes', () => {
    const pair = started();
    const ids = [1, 2, 3].map((i) => pair.commit({ [`f${i}.js`]: CLEAN }));
    const other = 'e'.repeat(40);
    const file = note(pair, [ids[0]!, other, ids[2]!]);
    expect(said(pair.push('origin', 'main'))).toContain('2 of 3 commits were made without the hooks; they have been scanned now');
    expect(readFileSync(file, 'utf8')).toBe(`${other}\n`);
    expect(said(pair.push('origin', 'main:again'))).not.toContain('without the hooks');
  });

  it('are noted in the git directory of their worktree', () => {
    const pair = started();
    const top = join(dirname(pair.top), 'linked');
    pair.git('worktree', 'add', '--quiet', '-b', 'linked', top);
    const id = pairOf(openRepository(top, pair.env), pair.server).commit({ 'b.js': CLEAN });
    const file = note(pair, [id], join(pair.top, '.git', 'worktrees', 'linked'));
    expect(said(pair.push('origin', 'linked'))).toContain('1 of 1 commit was made without the hooks; it has been scanned now');
    expect(existsSync(file)).toBe(false);
  });

  it('stay noted while they may not leave', () => {
    const pair = started();
    const id = pair.commit({ 'b.js': LEAK });
    const file = note(pair, [id]);
    const ran = pair.push('origin', 'main');
    expectBlocked(ran);
    expect(said(ran)).toContain('1 of 1 commit was made without the hooks');
    expect(readFileSync(file, 'utf8')).toBe(`${id}\n`);
  });

  it('are not said to have been scanned where they were not', () => {
    const pair = started();
    const id = pair.commit({ 'b.js': CLEAN });
    const file = note(pair, [id]);
    const ran = pair.tryGit(['push', 'origin', 'main'], { env: { CODE_GUARDIAN_PERFORMANCE_TIMEOUT: '1ms' } });
    expect(ran.code).not.toBe(0);
    expect(said(ran)).not.toContain('without the hooks');
    expect(readFileSync(file, 'utf8')).toBe(`${id}\n`);
  });

  it('noted by something else are left alone', () => {
    const pair = started();
    pair.commit({ 'b.js': CLEAN });
    const file = note(pair, ['not an id', '']);
    expectPassed(pair.push('origin', 'main'));
    expect(readFileSync(file, 'utf8')).toBe('not an id\n\n');
    rmSync(file);
  });
});

describe('the time of a push', () => {
  it('that is over leaves it incomplete, and says so', () => {
    const pair = started();
    for (let i = 0; i < 5; i++) pair.commit({ [`f${i}.js`]: CLEAN });
    const more = { env: { CODE_GUARDIAN_PERFORMANCE_TIMEOUT: '1ms' } };
    const ran = pair.spawnGuardian(['hook', 'pre-push', 'origin', pair.server.top], { input: lineOf(pair), ...more });
    expect(ran.code).toBe(2);
    expect(ran.stdout).toContain('TIMEOUT');
    expect(ran.stdout).toContain('timed out ');
    expect(ran.stdout).toContain('so the push was stopped');
    expect(report(pair, lineOf(pair), more).document.refs[0]!.verdict).toBe('incomplete');
    expect(report(pair, lineOf(pair)).document).toMatchObject({ verdict: 'clean', commits: { total: 5, known: 0 } });
  });
});

it('stops after as many findings as it was told to, and calls nothing clean then', () => {
  const pair = started();
  for (const i of [1, 2, 3]) pair.commit({ [`f${i}.js`]: `const key = "${stripeKey(String(i))}";\n` });
  pair.write('.code-guardianrc.yaml', 'bail: 1\n');
  const { verdict, findings, commits } = report(pair, lineOf(pair)).document;
  expect([verdict, findings.length, commits.total]).toEqual(['blocked', 1, 3]);
  rmSync(join(pair.top, '.code-guardianrc.yaml'));
  expect(report(pair, lineOf(pair)).document.commits.known).toBe(0);
});

it('writes no value anywhere: not in its report, its logs nor its record', () => {
  const pair = started();
  pair.commit({ 'b.js': LEAK }, `with ${KEY} in it`);
  const ran = pair.spawnGuardian(
    ['hook', 'pre-push', 'origin', 'url', '--format', 'json', '--log-level', 'trace', '--log-format', 'json'],
    {
      input: lineOf(pair),
    },
  );
  expect(ran.code).toBe(1);
  const folder = join(pair.top, '.git', 'code-guardian');
  const files = existsSync(folder) ? readdirSync(folder).map((name) => readFileSync(join(folder, name), 'latin1')) : [];
  for (const text of [ran.stdout, ran.stderr, ...files]) expect(text).not.toContain(KEY);
});
