import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { addHooks } from '../support/installation.ts';
import { createRepository, openRepository, type Ran, type TestRepository } from '../support/repository.ts';
import { letters, stripeKey } from '../support/secrets.ts';

const KEY = stripeKey();
const SECRET = `the key is ${KEY}`;
const PLAIN = 'the key is in the vault';

interface Report {
  verdict: string;
  run: { target: string; hook: string };
  findings: { rule: string; path: string; line: number; column: number }[];
  coverage: Record<'files' | 'lines', { expected: number; scanned: number }>;
  errors: { code: string }[];
}

/** A hooked repository with a first commit, and a change that is staged. */
function staged(): TestRepository {
  const repository = addHooks(createRepository());
  repository.write('a.js', 'one\n');
  repository.git('add', '--all');
  repository.git('commit', '--quiet', '--no-verify', '--message', 'start');
  repository.write('a.js', 'one\ntwo\n');
  repository.git('add', '--all');
  return repository;
}

/** An editor that puts a text above what git wrote. */
function editorFor(repository: TestRepository, text: string): NodeJS.ProcessEnv {
  const typed = join(dirname(repository.top), 'typed');
  writeFileSync(typed, text);
  return { GIT_EDITOR: `f() { cat '${typed}' "$1" > "$1.new" && mv "$1.new" "$1"; }; f` };
}

/** A branch that cannot be merged without a hand. */
function diverged(): TestRepository {
  const repository = staged();
  repository.git('commit', '--quiet', '--no-verify', '--message', 'ours');
  repository.git('checkout', '--quiet', '-b', 'side', 'HEAD^');
  repository.write('b.js', 'b\n');
  repository.git('add', '--all');
  repository.git('commit', '--quiet', '--no-verify', '--message', 'theirs');
  repository.git('checkout', '--quiet', 'main');
  return repository;
}

function expectBlocked({ code, stdout, stderr }: Ran): void {
  expect(stdout + stderr).toContain('stripe-key');
  expect(code).not.toBe(0);
  expect(stdout + stderr).not.toContain(KEY);
}

function expectPassed({ code, stdout, stderr }: Ran): void {
  expect(stdout + stderr).not.toContain('blocked');
  expect([stderr, code]).toEqual([stderr, 0]);
}

/** Each way a text gets into a message. */
const SITUATIONS: Record<string, (text: string) => Ran> = {
  '-m': (text) => staged().tryGit(['commit', '--message', text]),
  'the second -m': (text) => staged().tryGit(['commit', '--message', 'Add it', '--message', text]),
  'a line like a comment with -m': (text) => staged().tryGit(['commit', '--message', `Add it\n\n# ${text}`]),
  'a line below what looks like scissors, with -m': (text) =>
    staged().tryGit(['commit', '--message', `Add it\n\n# ${'-'.repeat(24)} >8 ${'-'.repeat(24)}\n# more\n${text}`]),
  '-F': (text) => staged().tryGit(['commit', '--file', '-'], { input: `Add it\n\n${text}\n` }),
  'an editor'(text) {
    const repository = staged();
    return repository.tryGit(['commit'], { env: editorFor(repository, `Add it\n\n${text}\n`) });
  },
  'an editor with the diff below'(text) {
    const repository = staged();
    return repository.tryGit(['commit', '--verbose'], { env: editorFor(repository, `Add it\n\n${text}\n`) });
  },
  'a line like a comment in an editor, with another comment character'(text) {
    const repository = staged();
    repository.git('config', 'core.commentChar', ';');
    return repository.tryGit(['commit'], { env: editorFor(repository, `Add it\n\n# ${text}\n`) });
  },
  'a line like a comment in an editor, with cleanup=scissors'(text) {
    const repository = staged();
    repository.git('config', 'commit.cleanup', 'scissors');
    return repository.tryGit(['commit'], { env: editorFor(repository, `Add it\n\n# ${text}\n`) });
  },
  'a template'(text) {
    const repository = staged();
    const template = join(dirname(repository.top), 'template');
    writeFileSync(template, `${text}\n`);
    repository.git('config', 'commit.template', template);
    return repository.tryGit(['commit'], { env: editorFor(repository, 'Add it\n\n') });
  },
  '--amend'(text) {
    const repository = staged();
    return repository.tryGit(['commit', '--amend', '--message', text]);
  },
  '--fixup of a subject': (text) => {
    const repository = staged();
    repository.git('commit', '--quiet', '--no-verify', '--message', text);
    return repository.tryGit(['commit', '--allow-empty', '--fixup', 'HEAD']);
  },
  '--squash'(text) {
    const repository = staged();
    return repository.tryGit(['commit', '--squash', 'HEAD', '--message', text]);
  },
  'a merge': (text) => diverged().tryGit(['merge', '--no-ff', '--message', text, 'side']),
  'a linked worktree'(text) {
    const repository = staged();
    const top = join(dirname(repository.top), 'linked tree');
    repository.git('worktree', 'add', '--quiet', '-b', 'side', top);
    return openRepository(top, repository.env).tryGit(['commit', '--allow-empty', '--message', text]);
  },
  'rebase --interactive, reworded'(text) {
    const repository = staged();
    repository.git('commit', '--quiet', '--no-verify', '--message', 'second');
    const env = { ...editorFor(repository, `Add it\n\n${text}\n`), GIT_SEQUENCE_EDITOR: "sed -i -e 's/^pick/reword/'" };
    const ran = repository.tryGit(['rebase', '--interactive', 'HEAD^'], { env });
    return { ...ran, code: repository.git('log', '-1', '--format=%B').includes('Add it') ? 0 : 1 };
  },
  'Latin-1'(text) {
    const repository = staged();
    repository.git('config', 'i18n.commitEncoding', 'ISO-8859-1');
    const message = join(dirname(repository.top), 'message');
    writeFileSync(message, Buffer.from(`Caf\xe9 \xff\n\n${text} \xe9\n`, 'latin1'));
    return repository.tryGit(['commit', '--file', message]);
  },
};

describe('a secret in a message is blocked, and its plain twin passes', () => {
  it.each(Object.keys(SITUATIONS))('%s', (name) => {
    expectBlocked(SITUATIONS[name]!(SECRET));
    expectPassed(SITUATIONS[name]!(PLAIN));
  });
});

describe('what is no part of the message', () => {
  it.each<[string, Readonly<Record<string, string>>, string]>([
    ['a comment', {}, `Add it\n# ${SECRET}\n`],
    ['a comment that begins as the config says', { 'core.commentChar': ';' }, `Add it\n; ${SECRET}\n`],
    ['a comment that begins as git chose', { 'core.commentChar': 'auto' }, `Add it\n# ${SECRET}\n`],
  ])('%s passes', (_, config, text) => {
    const repository = staged();
    for (const [key, value] of Object.entries(config)) repository.git('config', key, value);
    expectPassed(repository.tryGit(['commit'], { env: editorFor(repository, text) }));
    expect(repository.git('log', '-1', '--format=%B')).not.toContain(KEY);
  });

  it('the diff below the scissors passes: a secret may be removed', () => {
    for (const args of [
      ['commit', '--verbose'],
      ['-c', 'commit.verbose=2', 'commit'],
      ['commit', '--verbose', '--cleanup=scissors'],
    ]) {
      const repository = staged();
      repository.write('b.js', `const key = "${KEY}";\n`);
      repository.git('add', '--all');
      repository.git('commit', '--quiet', '--no-verify', '--message', 'leak');
      repository.git('rm', '--quiet', 'b.js');
      expectPassed(repository.tryGit(args, { env: editorFor(repository, 'Remove it\n') }));
    }
  });

  it.each([
    ['an empty message', 'Aborting commit', ''],
    ['a message of comments', 'Aborting commit', '# nothing\n'],
  ])('%s is for git to judge', (_, said, text) => {
    const repository = staged();
    const { code, stderr } = repository.tryGit(['commit', '--cleanup=strip', '--file', '-'], { input: text });
    expect(code).toBe(1);
    expect(stderr).toContain(said);
    expect(stderr).not.toMatch(/blocked|incomplete/);
  });
});

describe('what is said', () => {
  it('is one line for a commit that is clean', () => {
    const { stdout, stderr } = staged().tryGit(['commit', '--quiet', '--message', PLAIN]);
    expect(stdout).toBe('');
    expect(stderr.match(/code-guardian/g)).toHaveLength(1);
  });

  it('names the line of the file', () => {
    const repository = staged();
    const { stderr } = repository.tryGit(['commit'], { env: editorFor(repository, `Add it\n# a comment\n\n${SECRET}\n`) });
    expect(stderr).toContain('commit message:4:12');
  });

  it('is a document for programs, clean or not', () => {
    const repository = staged();
    const scan = (text: string | Buffer): Report & { code: number | null } => {
      repository.write('message', text);
      const { code, stdout } = repository.spawnGuardian(['hook', 'commit-msg', '--format', 'json', 'message']);
      return { ...(JSON.parse(stdout) as Report), code };
    };
    expect(scan(`${PLAIN}\n# comment\n`)).toMatchObject({
      code: 0,
      verdict: 'clean',
      run: { target: 'message', hook: 'commit-msg' },
      coverage: { files: { expected: 1, scanned: 1 }, lines: { expected: 2, scanned: 2 } },
    });
    expect(scan(`\n\n${SECRET}\n`)).toMatchObject({ code: 1, findings: [{ rule: 'stripe-key', path: 'commit message', line: 3 }] });
    expect(scan('')).toMatchObject({ code: 0, verdict: 'clean' });
  });

  it('is nothing by hand, where all is well', () => {
    const repository = staged();
    repository.write('message', PLAIN);
    expect(repository.spawnGuardian(['hook', 'commit-msg', 'message'])).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  it.each<[string, readonly string[], RegExp]>([
    ['no file is named', [], /needs the message file/],
    ['the file is not there', ['nowhere'], /ENOENT.*nowhere/],
    ['it is a folder', ['.git'], /EISDIR/],
  ])('is one error where %s', (_, args, said) => {
    const { code, stdout, stderr } = staged().spawnGuardian(['hook', 'commit-msg', ...args]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(said);
    expect(stderr.trim().split('\n')).toHaveLength(2);
  });

  it('is a document too where the file is not there', () => {
    const { code, stdout } = staged().spawnGuardian(['hook', 'commit-msg', '--format', 'json', 'nowhere']);
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ verdict: 'incomplete', errors: [{ code: 'FILE_SYSTEM' }] });
  });
});

describe('the policy', () => {
  const acme = ['acme', letters(24, 'acme')].join('_');
  const OWN = JSON.stringify({
    rules: { 'stripe-key': 'off' },
    customRules: [{ id: 'acme-key', keywords: ['acme_'], pattern: 'acme_[a-zA-Z0-9]{24}', severity: 'high', message: 'a key' }],
  });
  const CONFIG = '.code-guardianrc.json';

  it('is the staged one, not that of the work tree', () => {
    const repository = staged();
    repository.write(CONFIG, OWN);
    repository.git('add', '--all');
    repository.git('commit', '--quiet', '--no-verify', '--message', 'policy');
    repository.write(CONFIG, '{}');
    expect(repository.tryGit(['commit', '--allow-empty', '--message', `uses ${acme}`])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('acme-key') as unknown,
    });
    expectPassed(repository.tryGit(['commit', '--allow-empty', '--message', SECRET]));

    const other = staged();
    other.write(CONFIG, OWN);
    expectBlocked(other.tryGit(['commit', '--message', SECRET]));
  });

  it('is the one before a commit that weakens it', () => {
    const repository = staged();
    repository.write(CONFIG, OWN);
    repository.git('add', '--all');
    expectBlocked(repository.tryGit(['commit', '--message', SECRET]));
    expectPassed(repository.tryGit(['commit', '--message', 'policy']));
    expectPassed(repository.tryGit(['commit', '--allow-empty', '--message', SECRET]));
  });

  it('is that of the commit, where only some files are committed', () => {
    const repository = staged();
    repository.git('commit', '--quiet', '--message', 'second');
    repository.write(CONFIG, JSON.stringify({ customRules: (JSON.parse(OWN) as { customRules: unknown }).customRules }));
    repository.git('add', '--all');
    repository.write('a.js', 'three\n');
    expect(repository.tryGit(['commit', '--message', `uses ${acme}`, CONFIG]).code).toBe(1);
    expectPassed(repository.tryGit(['commit', '--message', `uses ${acme}`, 'a.js']));
  });

  it('lets pass what a comment in the message says is meant', () => {
    expectPassed(staged().tryGit(['commit', '--message', `Add it\n\n${SECRET} code-guardian:ignore stripe-key -- revoked`]));
  });

  it('lets pass what the staged baseline accepts', async () => {
    const repository = staged();
    repository.write('b.js', `const key = "${KEY}";\n`);
    repository.git('add', '--all');
    expect(await repository.guardian(['baseline', 'create', '--reason', 'revoked'])).toMatchObject({ code: 0 });
    repository.git('add', '--all');
    const baseline = readFileSync(join(repository.top, '.code-guardian-baseline.json'));
    writeFileSync(join(repository.top, '.code-guardian-baseline.json'), '{}');
    expectPassed(repository.tryGit(['commit', '--message', SECRET]));
    writeFileSync(join(repository.top, '.code-guardian-baseline.json'), baseline);
  });

  it('is no matter with CODE_GUARDIAN=0', () => {
    expectPassed(staged().tryGit(['commit', '--message', SECRET], { env: { CODE_GUARDIAN: '0' } }));
  });
});
