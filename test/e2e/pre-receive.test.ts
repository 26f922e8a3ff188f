import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cloneOf, createPair, type PushPair, writeHook } from '../support/push.ts';
import { BIN, createFolder, openRepository, preloaded, type Ran } from '../support/repository.ts';
import { letters, stripeKey } from '../support/secrets.ts';

const KEY = stripeKey();
const LEAK = `const key = "${KEY}";\n`;
const CLEAN = 'const key = process.env.KEY;\n';

/** A pair whose first commit is on both sides, and a server that looks at what comes. */
function started(options: Parameters<typeof createPair>[0] = {}): PushPair {
  const pair = createPair({ ...options, isStarted: true });
  writeHook(join(pair.server.top, 'hooks'), 'pre-receive');
  return pair;
}

function said({ stdout, stderr }: Ran): string {
  return stdout + stderr;
}

function expectBlocked(ran: Ran, rule = 'stripe-key'): void {
  expect(said(ran)).toContain(rule);
  expect(said(ran)).toContain('pre-receive hook declined');
  expect(ran.code).not.toBe(0);
  expect(said(ran)).not.toContain(KEY);
}

function expectPassed(ran: Ran): void {
  expect(said(ran)).not.toContain('declined');
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
    return pair.push('origin', 'main');
  },
  'a second entry of one name in a tree'(content) {
    const pair = started();
    const blobOf = (text: string): string => pair.tryGit(['hash-object', '-w', '--stdin'], { input: text }).stdout.trim();
    const entries = [`one\n${content}`, 'one\ntwo\n'].map((text) => `100644 blob ${blobOf(text)}\ta.js\n`);
    const tree = pair.tryGit(['mktree'], { input: entries.join('') }).stdout.trim();
    pair.git('update-ref', 'refs/heads/main', pair.git('commit-tree', tree, '-p', 'HEAD', '-m', 'twice').trim());
    return pair.push('origin', 'main');
  },
  'the first push to an empty repository'(content) {
    const pair = createPair();
    writeHook(join(pair.server.top, 'hooks'), 'pre-receive');
    pair.commit({ 'a.js': content });
    return pair.push('origin', 'main');
  },
  'a secret that a later commit takes out again'(content) {
    const pair = started();
    pair.commit({ 'b.js': content });
    pair.commit({ 'b.js': 'nothing\n' });
    return pair.push('origin', 'main');
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
    pair.server.git('branch', 'gone', 'main');
    pair.commit({ 'b.js': content });
    return pair.push('origin', ':gone', 'main');
  },
  '--mirror'(content) {
    const pair = started();
    pair.commit({ 'b.js': content });
    pair.git('update-ref', 'refs/odd/place', 'main');
    pair.git('reset', '--quiet', '--hard', 'HEAD~');
    return pair.push('--mirror', 'origin');
  },
  'a forced update'(content) {
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
  'a tag on a file'(content) {
    const pair = started();
    pair.git('tag', 'file', pair.tryGit(['hash-object', '-w', '--stdin'], { input: content }).stdout.trim());
    return pair.push('origin', 'file');
  },
  'a tag on a tree'(content) {
    const pair = started();
    pair.write('deep/b.js', content);
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
    pair.commit({}, `subject\n\n${content}`);
    return pair.push('origin', 'main');
  },
  'SHA-256'(content) {
    const pair = started({ initArgs: ['--object-format=sha256'] });
    pair.commit({ 'b.js': content });
    return pair.push('origin', 'main', 'main:again');
  },
  'from a shallow clone'(content) {
    const pair = started();
    const clone = cloneOf(pair, '--depth', '1');
    clone.commit({ 'b.js': content });
    return clone.push('origin', 'main');
  },
  'to a repository with a work tree'(content) {
    const pair = createPair();
    pair.commit({ 'a.js': 'one\n' });
    const top = join(dirname(pair.top), 'served');
    pair.git('clone', '--quiet', pair.top, top);
    const served = openRepository(top, pair.env);
    writeHook(join(top, '.git', 'hooks'), 'pre-receive');
    // Its own config lies in the git directory: a file of the work tree is somebody's content.
    served.write('.code-guardianrc.yaml', 'rules: { stripe-key: off }\n');
    pair.commit({ 'b.js': content });
    return pair.push(top, 'main:refs/heads/incoming');
  },
  'many small objects, that git unpacks'(content) {
    const pair = started();
    pair.server.git('config', 'receive.unpackLimit', '10000');
    pair.commit({ 'b.js': content, ...Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`f${i}.js`, `${i}\n`])) });
    return pair.push('origin', 'main');
  },
  'a pack, that git keeps'(content) {
    const pair = started();
    pair.server.git('config', 'receive.unpackLimit', '1');
    pair.commit({ 'b.js': content });
    return pair.push('origin', 'main');
  },
  'a clean file that a pushed replace ref puts in its place'(content) {
    const pair = started();
    pair.commit({ 'b.js': content });
    const good = pair.tryGit(['hash-object', '-w', '--stdin'], { input: 'good\n' }).stdout.trim();
    pair.git('replace', pair.id('HEAD:b.js'), good);
    pair.git('push', '--quiet', 'origin', 'refs/replace/*:refs/replace/*');
    return pair.push('origin', 'main');
  },
};

describe('a push that arrives', () => {
  it.each(Object.entries(SITUATIONS))('%s', (_, situation) => {
    expectBlocked(situation(LEAK));
    expectPassed(situation(CLEAN));
  });
});

describe('what is there already', () => {
  it('is not looked at again', () => {
    const pair = createPair();
    pair.commit({ 'a.js': LEAK });
    pair.git('push', '--quiet', 'origin', 'main');
    writeHook(join(pair.server.top, 'hooks'), 'pre-receive');
    pair.commit({ 'b.js': CLEAN });
    const ran = pair.push('origin', 'main', 'main:again');
    expectPassed(ran);
    expect(said(ran)).toContain('1 commit clean');
  });

  it('a push that only deletes has nothing to scan', () => {
    const pair = started();
    pair.server.git('branch', 'gone', 'main');
    const ran = pair.push('origin', ':gone');
    expectPassed(ran);
    expect(said(ran)).toContain('nothing to scan');
  });

  it('is what the refs say, and not what the pusher says', () => {
    const pair = started();
    const bad = pair.commit({ 'b.js': LEAK });
    const later = pair.commit({ 'c.js': CLEAN });
    // As if the objects had come with the push: no ref leads to them.
    pair.server.git('fetch', '--quiet', pair.top, 'main');
    const input = `${bad} ${later} refs/heads/a\n${'0'.repeat(40)} ${bad} refs/heads/b\n`;
    const ran = openRepository(pair.server.top, { ...pair.env, GIT_DIR: '.' }).spawnGuardian(['hook', 'pre-receive'], { input });
    expect(ran).toMatchObject({ code: 1, stdout: expect.stringContaining('stripe-key') });
  });
});

describe('bad input', () => {
  it.each([
    ['a line of pre-push', `refs/heads/main ${'a'.repeat(40)} refs/heads/main ${'b'.repeat(40)}\n`, /not a ref line from git/],
    ['an object that is not there', `${'0'.repeat(40)} ${'c'.repeat(40)} refs/heads/main\n`, /git has no object/],
  ])('%s is one clear error', (_, input, words) => {
    const pair = started();
    const ran = pair.server.spawnGuardian(['hook', 'pre-receive'], { input });
    expect(ran).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(words) });
  });
});

describe('each ref', () => {
  it('has a line of its own, where there are several', () => {
    const pair = started();
    pair.server.git('branch', 'gone', 'main');
    pair.commit({ 'b.js': CLEAN });
    pair.git('switch', '--quiet', '--create', 'topic');
    pair.commit({ 'c.js': LEAK });
    const lines = (ran: Ran): string[] =>
      said(ran)
        .split('\n')
        .map((line) => line.replace('remote: ', '').trimEnd());
    const ran = pair.push('origin', 'main', 'topic', ':gone');
    expectBlocked(ran);
    expect(lines(ran)).toEqual(expect.arrayContaining(['✖ topic  blocked', '✓ main', '✓ gone  deleted']));
    pair.git('reset', '--quiet', '--hard', 'main');
    const passed = pair.push('origin', 'main', 'topic', ':gone');
    expectPassed(passed);
    expect(lines(passed)).toEqual(expect.arrayContaining(['✓ main', '✓ topic', '✓ gone  deleted']));
  });

  it('has its verdict in the report for programs', () => {
    const pair = started();
    const json = join(createFolder(), 'report.json');
    writeHook(join(pair.server.top, 'hooks'), 'pre-receive', `--report json='${json}'`);
    const old = pair.id('HEAD');
    pair.commit({ 'b.js': CLEAN });
    pair.git('branch', 'topic');
    pair.git('switch', '--quiet', 'topic');
    pair.commit({ 'c.js': LEAK });
    pair.git('tag', '--annotate', '--message', LEAK, 'v1', 'main');
    pair.push('origin', 'main', 'topic', 'v1');
    expect(JSON.parse(readFileSync(json, 'utf8'))).toMatchObject({
      verdict: 'blocked',
      run: { target: 'receive', hook: 'pre-receive' },
      commits: { total: 2, known: 0, unscanned: 0 },
      refs: [
        { ref: 'refs/heads/main', oldId: old, newId: pair.id('main'), verdict: 'clean' },
        { ref: 'refs/heads/topic', oldId: null, newId: pair.id('topic'), verdict: 'blocked' },
        { ref: 'refs/tags/v1', oldId: null, newId: pair.id('v1'), verdict: 'blocked' },
      ],
    });
  });
});

describe('the policy', () => {
  const OFF = 'rules: { stripe-key: off, generic-secret: off }\n';

  it('is the config in the repository’s own folder', () => {
    const pair = started();
    pair.commit({ 'b.js': LEAK });
    writeFileSync(join(pair.server.top, '.code-guardianrc.yaml'), OFF);
    expectPassed(pair.push('origin', 'main'));
  });

  it('is the config of the user that serves', () => {
    const pair = started();
    const folder = join(pair.env['XDG_CONFIG_HOME']!, 'code-guardian');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'config.yaml'), OFF);
    pair.commit({ 'b.js': LEAK });
    expectPassed(pair.push('origin', 'main'));
  });

  it('is the environment of the server', () => {
    const pair = started();
    pair.commit({ 'b.js': LEAK });
    // The server is this machine: git hands the environment on.
    const ran = pair.tryGit(['push', 'origin', 'main'], { env: { CODE_GUARDIAN_FAIL_FAST: 'false' } });
    expect(said(ran)).toContain('passed with 1 warning');
    expect(ran.code).toBe(0);
  });

  it.each<[string, Record<string, string>]>([
    ['a config', { '.code-guardianrc.yaml': OFF }],
    ['a config that ignores all', { '.code-guardianrc.json': '{ "ignore": { "paths": ["**"] } }' }],
    ['a config in .config', { '.config/code-guardianrc.yaml': OFF }],
    ['a package.json', { 'package.json': '{ "code-guardian": { "failFast": false } }' }],
    ['attributes', { '.gitattributes': '* -diff binary\n' }],
  ])('is not what is pushed: %s', (_, files) => {
    const pair = started();
    pair.commit(files);
    expectPassed(pair.push('origin', 'main'));
    pair.commit({ 'b.js': LEAK, 'a.js': `one\n${LEAK}` });
    expectBlocked(pair.push('origin', 'main'));
  });

  it('is not a baseline that is pushed, but one that lies there', async () => {
    const pair = started();
    pair.commit({ 'b.js': LEAK });
    expect(await pair.guardian(['baseline', 'create', '--reason', 'a test'])).toMatchObject({ code: 0 });
    const baseline = readFileSync(join(pair.top, '.code-guardian-baseline.json'));
    pair.commit({});
    expectBlocked(pair.push('origin', 'main'));
    writeFileSync(join(pair.server.top, '.code-guardian-baseline.json'), baseline);
    const ran = pair.push('origin', 'main');
    expect(said(ran)).toContain('1 suppressed');
    expect(ran.code).toBe(0);
  });

  it('holds a config that is broken against every push', () => {
    const pair = started();
    writeFileSync(join(pair.server.top, '.code-guardianrc.yaml'), 'failOn: hig\n');
    pair.commit({ 'b.js': CLEAN });
    const ran = pair.push('origin', 'main');
    expect(said(ran)).toContain('did you mean high?');
    expect(said(ran)).toContain('declined');
  });
});

describe('the time', () => {
  it('that is over refuses the push, and says so', () => {
    const pair = started();
    pair.commit({ 'b.js': CLEAN });
    const ran = pair.tryGit(['push', 'origin', 'main'], { env: { CODE_GUARDIAN_PERFORMANCE_TIMEOUT: '1ms' } });
    expect(said(ran)).toContain('timed out ');
    expect(said(ran)).toContain('Push fewer commits at a time');
    expect(said(ran)).toContain('so the push was stopped');
    expect(said(ran)).toContain('declined');
  });

  it('that is over lets it pass where the server’s policy says so', () => {
    const pair = started();
    writeFileSync(join(pair.server.top, '.code-guardianrc.yaml'), 'onIncomplete: warn\nperformance: { timeout: 1ms }\n');
    pair.commit({ 'b.js': CLEAN });
    const ran = pair.push('origin', 'main');
    expect(said(ran)).toContain('let through by');
    expect(ran.code).toBe(0);
  });

  it('is enough for a push that is large, and memory does not grow with it', () => {
    const pair = started();
    const rss = join(createFolder(), 'rss');
    const probe = join(dirname(rss), 'probe.cjs');
    writeFileSync(
      probe,
      `process.on('exit', () => require('fs').writeFileSync(${JSON.stringify(rss)}, String(process.resourceUsage().maxRSS)));`,
    );
    writeHook(join(pair.server.top, 'hooks'), 'pre-receive');
    const text = Array.from({ length: 20_000 }, (_, i) => `line ${i} ${letters(20, String(i % 500))}\n`).join('');
    for (let c = 0; c < 4; c++) {
      pair.commit(Object.fromEntries(Array.from({ length: 25 }, (_, i) => [`f${c}-${i}.txt`, `${c} ${i}\n${text}`])));
    }
    const ran = pair.tryGit(['push', 'origin', 'main'], {
      env: { ...preloaded(probe), CODE_GUARDIAN_PERFORMANCE_TIMEOUT: '60s' },
    });
    expectPassed(ran);
    // 64 MB of text came.
    expect(Number(readFileSync(rss, 'utf8')) / 1024).toBeLessThan(200);
  });
});

describe('git push -o code-guardian.skip=REASON', () => {
  const OPTION = 'code-guardian.skip=a false alarm';

  function open(policy: string | null): PushPair {
    const pair = started();
    pair.server.git('config', 'receive.advertisePushOptions', 'true');
    if (policy !== null) writeFileSync(join(pair.server.top, '.code-guardianrc.yaml'), policy);
    pair.commit({ 'b.js': LEAK });
    return pair;
  }

  it.each<[string, string | null]>([
    ['without a policy', null],
    ['where the policy says no', 'security: { allowPushSkip: false }\n'],
  ])('%s is refused with one line', (_, policy) => {
    const ran = open(policy).push('-o', OPTION, 'origin', 'main');
    expectBlocked(ran);
    expect(said(ran).match(/code-guardian\.skip/g)).toHaveLength(1);
    expect(said(ran).replace(/\s+(?:remote:\s+)?/g, ' ')).toContain('has no effect: the policy of this server does not allow it');
  });

  it('cannot be allowed by what is pushed', () => {
    const pair = open(null);
    pair.commit({ '.code-guardianrc.yaml': 'security: { allowPushSkip: true }\n' });
    expectBlocked(pair.push('-o', OPTION, 'origin', 'main'));
  });

  it('is heard where the policy says yes: it is printed and logged', () => {
    const pair = open('security: { allowPushSkip: true }\n');
    const log = join(createFolder(), 'log');
    expectBlocked(pair.push('origin', 'main'));
    expect(said(pair.push('origin', 'main'))).toContain('-o code-guardian.skip="reason"');
    const ran = pair.tryGit(['push', '-o', OPTION, 'origin', 'main'], { env: { CODE_GUARDIAN_LOGGING_FILE: log } });
    expect(ran.code).toBe(0);
    expect(said(ran)).toContain('⚠ not scanned because of the push option code-guardian.skip: a false alarm');
    const lines = readFileSync(log, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines).toContainEqual(
      expect.objectContaining({ level: 'warn', msg: 'push not scanned', reason: 'a false alarm', hook: 'pre-receive' }),
    );
    expect(existsSync(join(pair.server.top, 'code-guardian'))).toBe(false);
  });

  it('calls nothing clean', () => {
    const pair = open('security: { allowPushSkip: true }\n');
    const json = join(createFolder(), 'report.json');
    writeHook(join(pair.server.top, 'hooks'), 'pre-receive', `--report json='${json}'`);
    expect(pair.push('-o', OPTION, 'origin', 'main').code).toBe(0);
    expect(JSON.parse(readFileSync(json, 'utf8'))).toMatchObject({
      verdict: 'incomplete',
      skipReason: 'a false alarm',
      refs: [{ ref: 'refs/heads/main', verdict: 'incomplete' }],
    });
  });

  it.each(['code-guardian.skip', 'code-guardian.skip=', 'code-guardian.skip=   '])('needs a reason: %j', (option) => {
    const ran = open('security: { allowPushSkip: true }\n').push('-o', option, 'origin', 'main');
    expectBlocked(ran);
    expect(said(ran)).toContain('it needs a reason');
  });

  it('has no say over required rules', () => {
    const pair = open('security: { allowPushSkip: true, required: [stripe-key] }\n');
    expectBlocked(pair.push('-o', OPTION, 'origin', 'main'));
    pair.git('reset', '--quiet', '--hard', 'HEAD~');
    pair.commit({ '.env': 'A=1\n' });
    expectBlocked(pair.push('origin', 'main'), 'forbidden-file');
    const ran = pair.push('-o', OPTION, 'origin', 'main');
    expectPassed(ran);
    expect(said(ran)).toContain('only required rules were run');
  });

  it('cannot forge lines', () => {
    const pair = open('security: { allowPushSkip: true }\n');
    const ran = pair.push('-o', `code-guardian.skip=x\u001b[2J\u202e${'y'.repeat(1000)}`, 'origin', 'main');
    expect(ran.code).toBe(0);
    expect(said(ran)).not.toMatch(/\u001b\[2J|\u202e/);
    expect(said(ran)).not.toContain('y'.repeat(300));
  });
});

/** Everything in a folder: names, modes and contents. */
function snapshot(folder: string): Record<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return Object.fromEntries(
    entries.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      const content = entry.isFile() ? createHash('sha1').update(readFileSync(path)).digest('hex') : '';
      const { mode, mtimeMs } = lstatSync(path);
      return [relative(folder, path), `${mode} ${entry.isFile() ? mtimeMs : ''} ${content}`];
    }),
  );
}

describe('the repository of the server', () => {
  it.each<[string, (pair: PushPair) => Ran]>([
    [
      'a push that is refused',
      (pair) => {
        pair.commit({ 'b.js': LEAK });
        return pair.push('origin', 'main');
      },
    ],
    [
      'a push that is incomplete',
      (pair) => {
        pair.commit({ 'b.js': CLEAN });
        return pair.tryGit(['push', 'origin', 'main'], { env: { CODE_GUARDIAN_PERFORMANCE_TIMEOUT: '1ms' } });
      },
    ],
    [
      'the hook by itself, over what would pass',
      (pair) => {
        const { GIT_DIR: _, ...env } = pair.env;
        const ran = openRepository(pair.server.top, { ...env, GIT_DIR: '.' }).spawnGuardian(['hook', 'pre-receive'], {
          input: `${'0'.repeat(40)} ${pair.id('HEAD')} refs/heads/x\n`,
        });
        expect(ran.stdout).toContain('clean');
        return { ...ran, code: 1 };
      },
    ],
  ])('is as it was before after %s', (_, act) => {
    const pair = started();
    if (_.startsWith('the hook')) {
      pair.commit({ 'b.js': CLEAN });
      pair.server.git('fetch', '--quiet', pair.top, 'main');
    }
    const before = snapshot(pair.server.top);
    expect(act(pair).code).not.toBe(0);
    expect(snapshot(pair.server.top)).toEqual(before);
  });

  it('has only what git writes after a push that passes', () => {
    const pair = started();
    pair.commit({ 'b.js': `${CLEAN}console.log(1);\n` });
    const before = Object.keys(snapshot(pair.server.top));
    expect(pair.push('origin', 'main').code).toBe(0);
    const fresh = Object.keys(snapshot(pair.server.top)).filter((path) => !before.includes(path));
    expect(fresh.filter((path) => !/^(?:objects|refs)\//.test(path))).toEqual([]);
  });
});

describe('programs that a config or attributes name', () => {
  /** Writes its own name when it is run. */
  function canary(folder: string): (name: string) => string {
    return (name) => {
      const file = join(folder, `run-${name.replace(/\W/g, '-')}`);
      writeFileSync(file, `#!/bin/sh\necho ${name} >>'${join(folder, 'ran')}'\ncat "$@" 2>/dev/null\nexit 0\n`, { mode: 0o755 });
      // Git gives most of them to a shell.
      return file.includes(' ') ? `'${file}'` : file;
    };
  }

  it.each(['of the server', 'of the pushing side'])('are not run: those %s', (side) => {
    const pair = started();
    const folder = createFolder();
    const program = canary(folder);
    const victim = side === 'of the server' ? pair.server : pair;
    if (side !== 'of the server') writeHook(join(pair.top, '.git', 'hooks'), 'pre-push');
    const keys = [
      'diff.external',
      'diff.evil.command',
      'diff.evil.textconv',
      'core.fsmonitor',
      'core.pager',
      'pager.diff-tree',
      'pager.rev-list',
    ];
    const more = ['pager.cat-file', 'core.editor', 'gpg.program', 'credential.helper', 'core.askPass', 'merge.evil.driver'];
    const filters = ['filter.evil.smudge', 'filter.evil.clean', 'filter.evil.process'];
    const attributes = '* diff=evil filter=evil merge=evil\n';
    // The pushing side cannot make its commits with these.
    const id = pair.commit({ 'a.js': `one\n${LEAK}`, 'b.js': LEAK, '.gitattributes': attributes });
    for (const key of [...keys, ...more, ...filters]) victim.git('config', key, program(key));
    const git = side === 'of the server' ? pair.server.top : join(pair.top, '.git');
    mkdirSync(join(git, 'info'), { recursive: true });
    appendFileSync(join(git, 'info', 'attributes'), attributes);
    victim.git('config', 'core.attributesFile', join(git, 'info', 'attributes'));
    victim.git('config', 'diff.orderFile', join(folder, 'none'));
    const ran = pair.push('origin', `${id}:refs/heads/main`);
    expect(said(ran)).toContain('stripe-key');
    expect(ran.code).not.toBe(0);
    expect(existsSync(join(folder, 'ran')) ? readFileSync(join(folder, 'ran'), 'utf8') : '').toBe('');
  });

  it('would be seen if they were', () => {
    const pair = started();
    const folder = createFolder();
    pair.commit({ 'a.js': 'two\n' });
    pair.git('config', 'diff.external', canary(folder)('diff.external'));
    pair.git('diff', 'HEAD~', 'HEAD');
    expect(readFileSync(join(folder, 'ran'), 'utf8')).toBe('diff.external\n');
  });
});

it('tells the pusher what to do, in lines that fit behind “remote: ”', () => {
  const pair = started();
  const id = pair.commit({ 'b.js': LEAK }).slice(0, 10);
  pair.commit({ 'c.js': CLEAN });
  const ran = pair.push('origin', 'main');
  const words = said(ran).replace(/\s+(?:remote:\s+)?/g, ' ');
  expect(words).toContain(`The push was rejected. ${id} has 1 commit on top: remove it, \`git commit --all --fixup=${id}\``);
  expect(words).not.toContain('baseline update');
  const widest = Math.max(
    ...said(ran)
      .split('\n')
      .filter((line) => !line.includes('https://') && !line.includes(pair.server.top))
      .map((line) => line.trimEnd().length),
  );
  expect(widest).toBeLessThanOrEqual(80);
});

it('is told of the server’s switch', () => {
  const pair = started();
  pair.commit({ 'b.js': LEAK });
  const ran = pair.tryGit(['push', 'origin', 'main'], { env: { CODE_GUARDIAN: '0' } });
  expect(ran.code).toBe(0);
  expect(said(ran)).toContain('switched off by CODE_GUARDIAN=0');
});

it('runs where there is no home', () => {
  const pair = started();
  pair.commit({ 'b.js': LEAK });
  const hook = join(pair.server.top, 'hooks', 'pre-receive');
  writeFileSync(hook, `#!/bin/sh\nunset HOME XDG_CONFIG_HOME\nexec '${process.execPath}' '${BIN}' hook pre-receive "$@"\n`);
  expectBlocked(pair.push('origin', 'main'));
});
