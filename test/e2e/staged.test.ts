import { chmodSync, existsSync, readFileSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { addHooks } from '../support/installation.ts';
import { BIN, createRepository, openRepository, type Ran, type TestRepository } from '../support/repository.ts';
import { privateKey, stripeKey } from '../support/secrets.ts';

const KEY = stripeKey();
const LEAK = `const key = "${KEY}";\n`;
const CLEAN = 'const key = process.env.KEY;\n';

/** Our own shim asks git beforehand; what other hook managers call asks through the door. */
type Way = 'shim' | 'guest';
let way: Way = 'shim';

function hooked(options: Parameters<typeof createRepository>[0] = {}): TestRepository {
  const repository = createRepository(options);
  if (way === 'shim') {
    addHooks(repository);
  } else {
    repository.write('.git/hooks/pre-commit', `#!/bin/sh\nexec '${process.execPath}' '${BIN}' hook pre-commit\n`);
    chmodSync(join(repository.top, '.git/hooks/pre-commit'), 0o755);
  }
  return repository;
}

/** A repository with a first commit of some files. */
function started(files: Record<string, string | Buffer> = { 'a.js': 'one\n' }): TestRepository {
  const repository = hooked();
  for (const [path, content] of Object.entries(files)) repository.write(path, content);
  repository.git('add', '--all');
  repository.git('commit', '--quiet', '--no-verify', '--message', 'start');
  return repository;
}

function commit(repository: TestRepository, ...args: readonly string[]): Ran {
  return repository.tryGit(['commit', '--message', 'change', ...args]);
}

function expectBlocked(ran: Ran, rule = 'stripe-key'): void {
  expect(ran.stdout + ran.stderr).toContain(rule);
  expect(ran.code).toBe(1);
  expect(ran.stdout + ran.stderr).not.toContain(KEY);
}

function expectPassed(ran: Ran): void {
  expect(ran.stdout + ran.stderr).not.toContain('blocked');
  expect(ran.code).toBe(0);
}

/** Each situation: makes the change with some content in it, and commits it. */
const SITUATIONS: Record<string, (content: string) => Ran> = {
  'new file'(content) {
    const repository = started();
    repository.write('b.js', content);
    repository.git('add', 'b.js');
    return commit(repository);
  },
  'commit -am'(content) {
    const repository = started();
    repository.write('a.js', `one\n${content}`);
    return commit(repository, '--all');
  },
  'commit PATH'(content) {
    const repository = started({ 'a.js': 'one\n', 'b.js': 'two\n' });
    repository.write('a.js', `one\n${content}`);
    return commit(repository, 'a.js');
  },
  'add -p, with the rest left in the work tree'(content) {
    const repository = started({ 'a.js': '1\n2\n3\n4\n5\n6\n7\n8\n9\n' });
    repository.write('a.js', `${content}1\n2\n3\n4\n5\n6\n7\n8\n9\nlast\n`);
    repository.tryGit(['add', '--patch'], { input: 'y\nn\n' });
    return commit(repository);
  },
  'an amended commit'(content) {
    const repository = started();
    repository.write('a.js', `one\n${content}`);
    repository.git('add', '--all');
    return commit(repository, '--amend');
  },
  'the first commit'(content) {
    const repository = hooked();
    repository.write('a.js', content);
    repository.git('add', '--all');
    return commit(repository);
  },
  'a rename with an edit'(content) {
    const repository = started({ 'a.js': 'line\n'.repeat(40) });
    repository.git('mv', 'a.js', 'b.js');
    repository.write('b.js', `${'line\n'.repeat(40)}${content}`);
    repository.git('add', '--all');
    return commit(repository);
  },
  'attribute -diff'(content) {
    const repository = started({ '.gitattributes': '*.js -diff\n', 'a.js': 'one\n' });
    repository.write('a.js', `one\n${content}`);
    return commit(repository, '--all');
  },
  'attribute binary'(content) {
    const repository = started({ '.gitattributes': '*.js binary\n', 'a.js': 'one\n' });
    repository.write('a.js', `one\n${content}`);
    return commit(repository, '--all');
  },
  'a textconv driver'(content) {
    const repository = started({ '.gitattributes': '*.js diff=hide\n', 'a.js': 'one\n' });
    repository.git('config', 'diff.hide.textconv', 'echo nothing #');
    repository.write('a.js', `one\n${content}`);
    return commit(repository, '--all');
  },
  'a diff driver whose xfuncname is broken'(content) {
    const repository = started({ '.gitattributes': '*.js diff=odd\n', 'a.js': 'one\n' });
    repository.git('config', 'diff.odd.xfuncname', '(');
    repository.write('a.js', `one\n${content}`);
    return commit(repository, '--all');
  },
  'diff settings that hide and colour'(content) {
    const repository = started();
    for (const [key, value] of Object.entries({
      'color.ui': 'always',
      'diff.external': 'true',
      'diff.noprefix': 'true',
      'diff.relative': 'true',
      'diff.orderFile': join(repository.top, 'order'),
      'diff.interHunkContext': '9',
      'core.bigFileThreshold': '1',
      'core.quotePath': 'true',
    })) {
      repository.git('config', key, value);
    }
    repository.write('order', 'b.js\n');
    repository.write('sub/ü b.js', content);
    repository.git('add', '--all');
    return repository.tryGit(['commit', '--quiet', '--message', 'change'], {
      env: { GIT_DIFF_OPTS: '--unified=9', GIT_EXTERNAL_DIFF: 'true' },
      cwd: join(repository.top, 'sub'),
    });
  },
  'a linked worktree'(content) {
    const repository = started();
    const top = join(repository.top, '..', 'linked tree');
    repository.git('worktree', 'add', '--quiet', '-b', 'side', top);
    const linked = openRepository(top, repository.env);
    linked.write('a.js', `one\n${content}`);
    return commit(linked, '--all');
  },
  'a SHA-256 repository'(content) {
    const repository = hooked({ initArgs: ['--object-format=sha256'] });
    repository.write('a.js', 'one\n');
    repository.git('add', '--all');
    expectPassed(commit(repository));
    repository.write('a.js', `one\n${content}`);
    return commit(repository, '--all');
  },
  'UTF-16 with a byte-order mark'(content) {
    const repository = started();
    repository.write('a.txt', Buffer.concat([Buffer.of(0xff, 0xfe), Buffer.from(content, 'utf16le')]));
    repository.git('add', '--all');
    return commit(repository);
  },
  'UTF-16 big-endian without a mark'(content) {
    const repository = started();
    repository.write('a.txt', Buffer.from(content, 'utf16le').swap16());
    repository.git('add', '--all');
    return commit(repository);
  },
  'NUL bytes'(content) {
    const repository = started();
    repository.write('a.bin', Buffer.concat([Buffer.of(0, 1, 2, 0), Buffer.from(content), Buffer.of(0)]));
    repository.git('add', '--all');
    return commit(repository);
  },
  'staged, then masked in place with size and time kept'(content) {
    const repository = started();
    repository.git('config', 'core.checkStat', 'minimal');
    repository.git('config', 'core.trustctime', 'false');
    const file = join(repository.top, 'a.js');
    repository.write('a.js', `one\n${content}`);
    const then = new Date(Date.now() - 60_000);
    utimesSync(file, then, then);
    repository.git('add', 'a.js');
    const { size } = statSync(file);
    writeFileSync(file, `one\n${'*'.repeat(size - 5)}\n`);
    utimesSync(file, then, then);
    return commit(repository);
  },
  'one of two changed lines masked on the disk, so that git calls it unchanged'(content) {
    const old = `const key = ${'0'.repeat(content.length - 13)}\n`;
    const repository = started({ 'a.js': `one\n${old}three\n` });
    repository.git('config', 'core.checkStat', 'minimal');
    repository.git('config', 'core.trustctime', 'false');
    const file = join(repository.top, 'a.js');
    const then = new Date(Date.now() - 60_000);
    repository.write('a.js', `one\n${content}3hree\n`);
    utimesSync(file, then, then);
    repository.git('add', 'a.js');
    writeFileSync(file, `one\n${old}3hree\n`);
    utimesSync(file, then, then);
    expect(repository.git('diff', '--cached')).not.toContain(content.trim());
    return commit(repository);
  },
  'staged, then deleted from the work tree'(content) {
    const repository = started();
    repository.write('b.js', content);
    repository.git('add', 'b.js');
    repository.git('rm', '--quiet', '--cached', 'a.js');
    repository.tryGit(['clean', '-fdq']);
    expect(existsSync(join(repository.top, 'b.js'))).toBe(true);
    writeFileSync(join(repository.top, 'b.js'), '');
    return commit(repository);
  },
  'a symlink that becomes a file'(content) {
    const repository = started();
    symlinkSync('a.js', join(repository.top, 'link.js'));
    repository.git('add', '--all');
    repository.git('commit', '--quiet', '--no-verify', '--message', 'link');
    repository.git('rm', '--quiet', '--cached', 'link.js');
    repository.tryGit(['clean', '-fdq']);
    repository.git('rm', '--quiet', '--ignore-unmatch', 'link.js');
    repository.write('link.js', content);
    repository.git('add', '--all');
    return commit(repository);
  },
  'a file called HEAD and a name that looks like an option'(content) {
    const repository = started({ HEAD: 'x\n' });
    repository.write('--cached', content);
    repository.git('add', '--all');
    return commit(repository);
  },
  'git replace on the old blob and the new'(content) {
    const repository = started();
    repository.write('a.js', `one\n${content}`);
    repository.git('add', 'a.js');
    const [staged, clean] = [repository.git('rev-parse', ':a.js').trim(), repository.git('rev-parse', 'HEAD:a.js').trim()];
    repository.git('replace', staged, clean);
    writeFileSync(join(repository.top, 'a.js'), 'one\n');
    return commit(repository);
  },
};

describe.each<Way>(['shim', 'guest'])('a planted secret is blocked, and its clean twin passes: through a %s', (through) => {
  beforeEach(() => {
    way = through;
    onTestFinished(() => void (way = 'shim'));
  });

  it.each(Object.keys(SITUATIONS))('%s', (name) => {
    expectBlocked(SITUATIONS[name]!(LEAK));
    expectPassed(SITUATIONS[name]!(CLEAN));
  });
});

describe('a private key over many lines', () => {
  it('is blocked where only its last line is new', () => {
    const key = privateKey();
    const lines = key.split('\n');
    const repository = started({ 'key.txt': `${lines.slice(0, -1).join('\n')}\n` });
    repository.write('key.txt', `${key}\n`);
    expectBlocked(commit(repository, '--all'), 'private-key');
  });
});

describe('what is there already', () => {
  it('is not reported when other lines change', () => {
    const repository = started({ 'a.js': LEAK });
    repository.write('a.js', `${LEAK}const other = 1;\n`);
    expectPassed(commit(repository, '--all'));
  });

  it.each([
    ['moved within its file', (r: TestRepository) => r.write('a.js', `const one = 1;\n${LEAK}`)],
    ['renamed', (r: TestRepository) => void r.git('mv', 'a.js', 'b.js')],
    [
      'moved to another file',
      (r: TestRepository) => {
        r.write('a.js', 'const one = 1;\n');
        r.write('b.js', LEAK);
      },
    ],
  ])('warns when it is %s', async (_name, move) => {
    const repository = started({ 'a.js': `${LEAK}const one = 1;\n` });
    move(repository);
    repository.git('add', '--all');
    const report = JSON.parse((await repository.guardian(['scan', '--staged', '--format', 'json'])).stdout) as {
      verdict: string;
      findings: { moved: boolean; outcome: string }[];
    };
    expect(report).toMatchObject({ verdict: 'warned', findings: [{ moved: true, outcome: 'warn' }] });
    expectPassed(commit(repository));
  });

  it('blocks a copy', () => {
    const repository = started({ 'a.js': LEAK });
    repository.write('b.js', LEAK);
    repository.git('add', '--all');
    expectBlocked(commit(repository));
  });
});

describe('what the scan leaves behind', () => {
  it('is nothing: index, work tree and stash stay as they were', async () => {
    const repository = started();
    repository.write('a.js', `one\n${LEAK}`);
    repository.git('add', 'a.js');
    const state = () =>
      [
        readFileSync(join(repository.top, '.git/index')).toString('base64'),
        repository.git('stash', 'list'),
        repository.git('status', '--porcelain'),
      ].join('\n');
    const before = state();
    expectBlocked(await repository.guardian(['scan', '--staged']));
    expect(state()).toBe(before);
  });
});
