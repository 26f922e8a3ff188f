import { spawn } from 'node:child_process';
import { appendFileSync, chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { addHooks } from '../support/installation.ts';
import { BIN, createRepository, openRepository, type Ran, type TestRepository } from '../support/repository.ts';
import { stripeKey } from '../support/secrets.ts';

const LEAK = `const key = "${stripeKey()}";\n`;
const BYPASSED = 'code-guardian: this commit was made without the hooks; the next push scans it\n';
const HOOKS = ['pre-commit', 'pre-merge-commit', 'commit-msg', 'prepare-commit-msg', 'post-commit'];

/** A repository with the hooks that notice, and a first commit. */
function watched(hooks: readonly string[] = HOOKS): TestRepository {
  const repository = createRepository();
  addHooks(repository, hooks);
  commitFile(repository, 'a.js', 'one\n');
  return repository;
}

function commitFile(repository: TestRepository, path: string, content: string, ...args: readonly string[]): Ran {
  repository.write(path, content);
  repository.git('add', '--all');
  const ran = repository.tryGit(['commit', '--quiet', '--message', `change ${path}`, ...args]);
  expect([ran.code, ran.stderr]).toEqual([0, ran.stderr]);
  return ran;
}

function gitDirOf(repository: TestRepository): string {
  return repository.git('rev-parse', '--absolute-git-dir').trim();
}

function notesOf(repository: TestRepository): string[] {
  const file = join(gitDirOf(repository), 'code-guardian/bypassed');
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : [];
}

function headOf(repository: TestRepository): string {
  return repository.git('rev-parse', 'HEAD').trim();
}

/** Branches `main` and `side` that change the same line. */
function diverged(repository: TestRepository): void {
  repository.git('checkout', '--quiet', '-b', 'side');
  commitFile(repository, 'a.js', 'theirs\n');
  commitFile(repository, 'b.js', 'b\n');
  repository.git('checkout', '--quiet', 'main');
  commitFile(repository, 'a.js', 'ours\n');
}

function resolve(repository: TestRepository, content = 'resolved\n'): void {
  repository.write('a.js', content);
  repository.git('add', 'a.js');
}

/** Commits that are made without pre-commit because somebody wants it so. Each ends with one. */
const BYPASSES: Record<string, (repository: TestRepository) => Ran> = {
  'commit -n': (repository) => commitFile(repository, 'a.js', LEAK, '-n'),
  'commit -a -n'(repository) {
    repository.write('a.js', LEAK);
    return repository.tryGit(['commit', '-anm', 'x']);
  },
  'commit -n PATH'(repository) {
    repository.write('a.js', LEAK);
    return repository.tryGit(['commit', '-nm', 'x', 'a.js']);
  },
  'commit --amend -n'(repository) {
    resolve(repository, LEAK);
    return repository.tryGit(['commit', '--amend', '--no-edit', '-n']);
  },
  'commit --allow-empty -n': (repository) => repository.tryGit(['commit', '--allow-empty', '-nm', 'x']),
  'commit -n of a merge'(repository) {
    diverged(repository);
    expect(repository.tryGit(['merge', 'side']).code).toBe(1);
    resolve(repository);
    return repository.tryGit(['commit', '--no-edit', '-n']);
  },
  'commit -n of a cherry-pick with a conflict'(repository) {
    diverged(repository);
    expect(repository.tryGit(['cherry-pick', 'side^']).code).toBe(1);
    resolve(repository);
    return repository.tryGit(['commit', '--no-edit', '-n']);
  },
  'commit -n on an orphan branch'(repository) {
    repository.git('checkout', '--quiet', '--orphan', 'fresh');
    return repository.tryGit(['commit', '-nm', 'x']);
  },
  'commit -n after a commit that was given up in the editor'(repository) {
    resolve(repository, 'other\n');
    expect(repository.tryGit(['commit'], { env: { GIT_EDITOR: 'false' } }).code).toBe(1);
    return repository.tryGit(['commit', '-nm', 'x']);
  },
  'commit -n after nothing was staged'(repository) {
    expect(repository.tryGit(['commit', '--message', 'x']).code).toBe(1);
    repository.write('a.js', LEAK);
    return repository.tryGit(['commit', '-anm', 'x']);
  },
  'commit -n after the hook blocked it'(repository) {
    resolve(repository, LEAK);
    expect(repository.tryGit(['commit', '--message', 'x']).code).toBe(1);
    return repository.tryGit(['commit', '-nm', 'x']);
  },
  'commit -n with reworded, amended and reset commits before it'(repository) {
    commitFile(repository, 'a.js', 'two\n');
    repository.git('commit', '--quiet', '--amend', '--message', 'again');
    repository.git('reset', '--quiet', '--hard', 'HEAD^');
    return commitFile(repository, 'a.js', 'two\n', '-n');
  },
};

/** Commits that pre-commit has seen, or that git makes without it. None of them is noted. */
const OTHERS: Record<string, (repository: TestRepository) => Ran> = {
  commit: (repository) => commitFile(repository, 'a.js', 'two\n'),
  'commit -a'(repository) {
    repository.write('a.js', 'two\n');
    return repository.tryGit(['commit', '-am', 'x']);
  },
  'commit PATH, with more in the index'(repository) {
    repository.write('b.js', 'b\n');
    repository.git('add', '--all');
    repository.write('a.js', 'two\n');
    return repository.tryGit(['commit', '--message', 'x', 'a.js']);
  },
  'commit that deletes, renames and changes modes'(repository) {
    commitFile(repository, 'b.js', 'b\n');
    repository.git('mv', 'a.js', 'c d.js');
    chmodSync(join(repository.top, 'b.js'), 0o755);
    repository.git('add', '--all');
    return repository.tryGit(['commit', '--message', 'x']);
  },
  'commit --amend'(repository) {
    commitFile(repository, 'b.js', 'b\n');
    resolve(repository);
    return repository.tryGit(['commit', '--amend', '--no-edit']);
  },
  'commit --amend of the first commit'(repository) {
    resolve(repository);
    return repository.tryGit(['commit', '--amend', '--no-edit']);
  },
  'commit --amend of the message alone': (repository) => repository.tryGit(['commit', '--amend', '--message', 'other']),
  'commit --allow-empty': (repository) => repository.tryGit(['commit', '--allow-empty', '--message', 'x']),
  'commit on an orphan branch'(repository) {
    repository.git('checkout', '--quiet', '--orphan', 'fresh');
    return repository.tryGit(['commit', '--message', 'x']);
  },
  'commit with CODE_GUARDIAN=0'(repository) {
    resolve(repository, LEAK);
    return repository.tryGit(['commit', '--message', 'x'], { env: { CODE_GUARDIAN: '0' } });
  },
  'commit -n with CODE_GUARDIAN=0'(repository) {
    resolve(repository, LEAK);
    return repository.tryGit(['commit', '-nm', 'x'], { env: { CODE_GUARDIAN: '0' } });
  },
  'commit that only warns'(repository) {
    resolve(repository, LEAK);
    return repository.tryGit(['commit', '--message', 'x'], { env: { CODE_GUARDIAN_FAIL_FAST: 'false' } });
  },
  'commit of a merge with a conflict'(repository) {
    diverged(repository);
    expect(repository.tryGit(['merge', 'side']).code).toBe(1);
    resolve(repository);
    return repository.tryGit(['commit', '--no-edit']);
  },
  'merge --squash, then commit'(repository) {
    diverged(repository);
    repository.git('checkout', '--quiet', '-b', 'other', 'main^');
    repository.git('merge', '--squash', 'side');
    return repository.tryGit(['commit', '--no-edit']);
  },
  merge(repository) {
    diverged(repository);
    return repository.tryGit(['merge', '--no-edit', '--strategy-option', 'ours', 'side']);
  },
  'cherry-pick'(repository) {
    diverged(repository);
    return repository.tryGit(['cherry-pick', 'side']);
  },
  'cherry-pick --continue'(repository) {
    diverged(repository);
    expect(repository.tryGit(['cherry-pick', 'side^']).code).toBe(1);
    resolve(repository);
    return repository.tryGit(['cherry-pick', '--continue']);
  },
  revert(repository) {
    commitFile(repository, 'a.js', 'two\n');
    return repository.tryGit(['revert', '--no-edit', 'HEAD']);
  },
  rebase(repository) {
    diverged(repository);
    repository.git('checkout', '--quiet', '-b', 'other', 'side^');
    commitFile(repository, 'c.js', 'c\n');
    return repository.tryGit(['rebase', 'side']);
  },
  'rebase --continue'(repository) {
    diverged(repository);
    expect(repository.tryGit(['rebase', 'side']).code).toBe(1);
    resolve(repository);
    return repository.tryGit(['rebase', '--continue'], { env: { GIT_EDITOR: 'true' } });
  },
  'rebase --interactive with a squash'(repository) {
    commitFile(repository, 'b.js', 'b\n');
    commitFile(repository, 'c.js', 'c\n');
    const env = { GIT_EDITOR: 'true', GIT_SEQUENCE_EDITOR: "sed -i -e '2s/^pick/squash/'" };
    return repository.tryGit(['rebase', '--interactive', 'HEAD~2'], { env });
  },
  am(repository) {
    commitFile(repository, 'b.js', 'b\n');
    const patch = repository.git('format-patch', '--stdout', '-1');
    repository.git('reset', '--quiet', '--hard', 'HEAD^');
    return repository.tryGit(['am'], { input: patch });
  },
  'commit where HEAD has no reflog'(repository) {
    repository.git('config', 'core.logAllRefUpdates', 'false');
    renameSync(join(repository.top, '.git/logs'), join(repository.top, '.git/no-logs'));
    return commitFile(repository, 'a.js', 'two\n');
  },
};

/** What is tried without prepare-commit-msg too. */
const WITHOUT_PREPARE = /^(?:commit(?: --amend)?(?: -n)?|commit -n after (?:nothing|the hook).*|merge|rebase|commit of a merge.*)$/;
const WATCHES = [
  ['with prepare-commit-msg', HOOKS, /^/],
  ['with post-commit alone', ['pre-commit', 'post-commit'], WITHOUT_PREPARE],
] as const;

describe.each(WATCHES)('a commit that was made without its hooks is noted, %s', (_, hooks, tried) => {
  it.each(Object.keys(BYPASSES).filter((name) => tried.test(name)))('%s', (name) => {
    const repository = watched(hooks);
    const { code, stderr } = BYPASSES[name]!(repository);
    expect(code).toBe(0);
    expect(stderr.split('\n').filter((line) => line.includes('code-guardian'))).toEqual([BYPASSED.trim()]);
    expect(notesOf(repository)).toEqual([headOf(repository)]);
  });
});

describe.each(WATCHES)('any other commit is not noted, %s', (_, hooks, tried) => {
  it.each(Object.keys(OTHERS).filter((name) => tried.test(name)))('%s', (name) => {
    const repository = watched(hooks);
    const { code, stderr } = OTHERS[name]!(repository);
    expect([code, stderr]).toEqual([0, stderr]);
    expect(stderr).not.toContain('without its hooks');
    expect(stderr).not.toContain('looked at');
    expect(notesOf(repository)).toEqual([]);
  });
});

describe('the note', () => {
  it('lies in the git directory of the worktree', () => {
    const repository = watched();
    const top = join(dirname(repository.top), 'linked tree');
    repository.git('worktree', 'add', '--quiet', '-b', 'side', top);
    const linked = openRepository(top, repository.env);
    expect(commitFile(linked, 'b.js', 'b\n').stderr).not.toContain('without its hooks');
    expect(commitFile(linked, 'c.js', 'c\n', '-n').stderr).toBe(BYPASSED);
    expect(notesOf(linked)).toEqual([headOf(linked)]);
    expect(notesOf(repository)).toEqual([]);
  });

  it('is one line a commit, and the last of a thousand is there', () => {
    const repository = watched();
    const file = join(gitDirOf(repository), 'code-guardian/bypassed');
    mkdirSync(dirname(file), { recursive: true });
    appendFileSync(file, `${'0'.repeat(40)}\n`.repeat(1600));
    commitFile(repository, 'b.js', 'b\n', '-n');
    const notes = notesOf(repository);
    expect(notes.length).toBeLessThan(1000);
    expect(notes.every((note) => /^[\da-f]{40}$/.test(note))).toBe(true);
    expect(notes.at(-1)).toBe(headOf(repository));
  });

  it('is whole where many commits are noted at the same time', async () => {
    const repository = watched();
    commitFile(repository, 'b.js', 'b\n', '-n');
    const runs = Array.from({ length: 12 }, () => {
      const child = spawn(process.execPath, [BIN, 'hook', 'post-commit'], { cwd: repository.top, env: repository.env, stdio: 'ignore' });
      return new Promise((resolve) => child.on('exit', resolve));
    });
    expect(await Promise.all(runs)).toEqual(runs.map(() => 0));
    expect(notesOf(repository)).toEqual(Array.from({ length: 13 }, () => headOf(repository)));
  });

  it('is made too where another hook changes what ours has passed, and says so', () => {
    const repository = watched();
    const hook = join(repository.top, '.git/hooks/pre-commit');
    renameSync(hook, `${hook}.first`);
    writeFileSync(hook, `#!/bin/sh\n"$0.first" && echo late > late.js && git add late.js\n`);
    chmodSync(hook, 0o755);
    const { stderr } = commitFile(repository, 'b.js', 'b\n');
    expect(stderr).toContain('this commit differs from what the hooks scanned; the next push scans it');
    expect(notesOf(repository)).toEqual([headOf(repository)]);
  });

  it('and what is kept for it lie nowhere else, also where hooks are run by hand in a sub-folder', () => {
    const repository = watched();
    repository.write('sub/b.js', 'b\n');
    repository.git('add', '--all');
    for (const hook of HOOKS.filter((name) => name !== 'commit-msg')) {
      expect(repository.spawnGuardian(['hook', hook], { cwd: join(repository.top, 'sub') }).code).toBe(0);
    }
    expect(readdirSync(join(repository.top, 'sub'))).toEqual(['b.js']);
  });

  it('is not made by a run by hand', async () => {
    const repository = watched();
    expect((await repository.guardian(['scan', '--staged'])).code).toBe(0);
    expect(commitFile(repository, 'b.js', 'b\n', '-n').stderr).toBe(BYPASSED);
  });
});

describe('a repository that is not watched', () => {
  it('has no notes, and no hook has more to say', () => {
    const repository = watched(['pre-commit', 'commit-msg']);
    expect(commitFile(repository, 'b.js', LEAK, '-n').stderr).toBe('');
    expect(notesOf(repository)).toEqual([]);
  });

  it('keeps nothing for a hook that is not there, and begins when it is', () => {
    const repository = watched(['pre-commit']);
    const mark = join(gitDirOf(repository), 'code-guardian/seen');
    expect(existsSync(mark)).toBe(false);
    addHooks(repository, ['post-commit']);
    expect(commitFile(repository, 'b.js', 'b\n').stderr).not.toContain('without its hooks');
    expect(commitFile(repository, 'b.js', LEAK, '-n').stderr).toBe(BYPASSED);
  });
});
