import { readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BIN, createRepository, type TestRepository } from '../support/repository.ts';
import { stripeKey } from '../support/secrets.ts';
import { HAS_TERMINAL, openTerminal, type Terminal } from '../support/terminal.ts';

const NAME = '.code-guardian-baseline.json';
const QUESTION = '(k/i/f/r/s/q)';
const PATHS = ['a.js', 'b.js', 'c.js', 'd.js'];

interface Entry {
  readonly fingerprint: string;
  readonly path: string;
  readonly [field: string]: unknown;
}

/** Four accepted keys; the entries' order is that of the paths, which is none that a fingerprint has. */
async function accepted(edit: (entries: Entry[]) => unknown[] = (entries) => entries): Promise<TestRepository> {
  const repository = createRepository();
  for (const path of PATHS) repository.write(path, `// pay\nconst key = "${stripeKey(path)}";\n`);
  repository.git('add', '--all');
  expect((await repository.guardian(['baseline', 'create', '--reason', 'before'])).code).toBe(0);
  writeDocument(repository, (document) => ({
    ...document,
    entries: edit(document.entries.filter(Boolean).toSorted((a, b) => (a.path < b.path ? -1 : 1))),
  }));
  return repository;
}

interface Document {
  readonly entries: Entry[];
  readonly [field: string]: unknown;
}

function readDocument({ top }: TestRepository): Document {
  const document = JSON.parse(readFileSync(join(top, NAME), 'utf8')) as Document;
  return { ...document, entries: document.entries.filter(Boolean) };
}

function writeDocument(repository: TestRepository, edit: (document: Document) => unknown): void {
  writeFileSync(join(repository.top, NAME), JSON.stringify(edit(readDocument(repository)), null, 2));
}

/** One field of each entry, in the file's order. */
function fields(repository: TestRepository, name: string): unknown[] {
  return readDocument(repository).entries.map((entry) => entry[name] ?? null);
}

function audit(repository: TestRepository, args: readonly string[] = [], env: NodeJS.ProcessEnv = {}): Terminal {
  return openTerminal(repository, [process.execPath, BIN, 'baseline', 'audit', ...args], env);
}

/** Answers one question after the other. */
async function answer({ waitFor, press }: Terminal, ...answers: readonly string[]): Promise<void> {
  for (const keys of answers) {
    await waitFor(QUESTION);
    press(`${keys}\n`);
  }
}

describe.skipIf(!HAS_TERMINAL)('baseline audit at a terminal', () => {
  it('shows an entry, and what the files hold of it', async () => {
    const repository = await accepted(([first, ...rest]) => [{ ...first, expires: '2099-01-31' }, ...rest]);
    const terminal = audit(repository);
    await terminal.waitFor('4 entries, 4 to review');
    await answer(terminal, 'q');
    const { code, screen } = await terminal.end();
    expect(code).toBe(0);
    expect(screen).toMatch(/1\/4 {2}Stripe[^\n]* · stripe-key · critical · used\n/);
    expect(screen).toContain('a.js:2:14');
    expect(screen).toContain('const key = "sk_live_…[32]";');
    expect(screen).toContain('Reason: before');
    expect(screen).toContain('Until: 2099-01-31');
    expect(screen).not.toContain(stripeKey('a.js'));
  });

  it('saves each answer before the next question', async () => {
    const repository = await accepted();
    const terminal = audit(repository);
    await answer(terminal, 'k');
    await terminal.waitFor('2/4');
    expect(fields(repository, 'label')).toEqual(['real', null, null, null]);
    await answer(terminal, 'i');
    await terminal.waitFor('Reason');
    terminal.press('the sandbox, see the wiki\n');
    await terminal.waitFor('3/4');
    expect(fields(repository, 'label')).toEqual(['real', 'ignored', null, null]);
    expect(fields(repository, 'reason')).toEqual(['before', 'the sandbox, see the wiki', 'before', 'before']);
    await answer(terminal, 'F');
    await terminal.waitFor('4/4');
    expect(fields(repository, 'label')).toEqual(['real', 'ignored', 'false', null]);
    await answer(terminal, 'remove');
    const { code, screen } = await terminal.end();
    expect(code).toBe(0);
    expect(fields(repository, 'path')).toEqual(['a.js', 'b.js', 'c.js']);
    expect(screen).toContain('1 kept, 1 ignored, 1 marked false, 1 removed\n');

    // What was taken out counts again, and nothing else.
    repository.git('add', NAME);
    expect((await repository.guardian(['scan', '--all'])).stdout).toContain('d.js:2');
    expect(JSON.parse((await repository.guardian(['scan', '--all', '--format', 'json'])).stdout)).toMatchObject({
      findings: [{ path: 'd.js' }],
    });
  });

  it('asks again for what it does not know, and goes back from a reason that is not given', async () => {
    const repository = await accepted(([first, ...rest]) => [{ ...first, reason: undefined }, ...rest]);
    const terminal = audit(repository);
    await answer(terminal, 'x', '', 'i');
    await terminal.waitFor('Reason (empty: go back)');
    terminal.press('\n');
    await answer(terminal, 'i');
    await terminal.waitFor('Reason');
    terminal.press('an\u0007 \u001b[Dold key\n');
    await answer(terminal, 'i');
    await terminal.waitFor('Reason (empty: keep the old one)');
    terminal.press('\n');
    await answer(terminal, 'q');
    expect((await terminal.end()).code).toBe(0);
    expect(fields(repository, 'label')).toEqual(['ignored', 'ignored', null, null]);
    expect(fields(repository, 'reason')).toEqual(['an\ufffd old key', 'before', 'before', 'before']);
  });

  it('loses nothing of the file', async () => {
    const repository = await accepted((entries) => entries.map((entry, i) => ({ ticket: i, ...entry, tags: ['x'] })));
    writeDocument(repository, ({ entries, ...others }) => ({ team: { name: 'pay' }, ...others, entries: [null, ...entries], after: 1 }));
    const before = readDocument(repository);
    const terminal = audit(repository);
    await answer(terminal, 's', 'f', 'q');
    expect((await terminal.end()).code).toBe(0);
    const after = readDocument(repository);
    expect(Object.keys(after)).toEqual(['team', 'version', 'key', 'entries', 'after']);
    expect(after).toEqual({ ...before, entries: before.entries.with(1, { ...before.entries[1]!, label: 'false' }) });
    expect(Object.keys(after.entries[0]!)).toEqual(Object.keys(before.entries[0]!));
    // The next program that writes keeps it too.
    repository.write('a.js', '');
    repository.git('add', '--all');
    expect((await repository.guardian(['baseline', 'prune'])).code).toBe(0);
    const kept = readDocument(repository).entries;
    expect(kept.map(({ path }) => path).toSorted()).toEqual(['b.js', 'c.js', 'd.js']);
    expect(kept.find(({ path }) => path === 'b.js')).toMatchObject({ ticket: 1, tags: ['x'], label: 'false' });
  });

  it('Ctrl-C ends it with 130, and what was answered stays', async () => {
    const repository = await accepted();
    const terminal = audit(repository);
    await answer(terminal, 'f', 'i');
    await terminal.waitFor('Reason');
    terminal.press('half a rea\u0003');
    const { code, screen } = await terminal.end();
    expect(code).toBe(130);
    expect(screen).toContain('1 marked false, 3 not answered\n');
    expect(fields(repository, 'label')).toEqual(['false', null, null, null]);
    expect(fields(repository, 'reason')).toEqual(['before', 'before', 'before', 'before']);
  });

  it('Ctrl-D ends it as quitting does', async () => {
    const repository = await accepted();
    const terminal = audit(repository);
    await answer(terminal, 'k');
    await terminal.waitFor(QUESTION);
    terminal.press('\u0004');
    expect((await terminal.end()).code).toBe(0);
    expect(fields(repository, 'label')).toEqual(['real', null, null, null]);
  });

  it('waits with what was said before, and offers it', async () => {
    const repository = await accepted(([first, ...rest]) => [{ ...first, label: 'false' }, ...rest]);
    const terminal = audit(repository);
    await terminal.waitFor('4 entries, 3 to review');
    await answer(terminal, 's', 's', 's');
    await terminal.waitFor('1 entry was reviewed before. Review them again? (y/N)');
    terminal.press('y\n');
    await terminal.waitFor('· used · false');
    await answer(terminal, 'k');
    expect((await terminal.end()).code).toBe(0);
    expect(fields(repository, 'label')).toEqual(['real', null, null, null]);
  });

  it('tells what is gone from what could not be looked at', async () => {
    const repository = await accepted(([first, ...rest]) => [
      { ...first, rule: 'no-such-rule', path: 'gone.js', fingerprint: 'f' },
      ...rest,
    ]);
    repository.write('.code-guardianrc.yaml', 'performance: { maxFileSize: 40 }\n');
    repository.write('b.js', `${'// long\n'.repeat(20)}const key = "${stripeKey('b.js')}";\n`);
    repository.git('add', '--all');
    const terminal = audit(repository);
    await terminal.waitFor('no-such-rule · rule no longer exists · unused');
    await terminal.waitFor('Gone: it is no longer in the tracked files');
    await answer(terminal, 's');
    await terminal.waitFor('Gone: maybe not: the file was not scanned (too-large)');
    await answer(terminal, 'q');
    expect((await terminal.end()).code).toBe(0);
    // Nor is it taken out for that.
    expect((await repository.guardian(['baseline', 'prune'])).stdout).toContain('1 entry removed, 3 kept');
  });

  it('asks for a new last day where it is over', async () => {
    const repository = await accepted((entries) => entries.map((entry) => ({ ...entry, expires: '2020-01-31' })));
    const terminal = audit(repository);
    await terminal.waitFor('Until: 2020-01-31: expired, so it is reported again');
    const days: readonly (readonly string[])[] = [['soon', '2099-02-29', '2099-02-28'], ['none'], ['']];
    for (const typed of days) {
      await answer(terminal, 'k');
      for (const day of typed) {
        await terminal.waitFor('Accept it until');
        terminal.press(`${day}\n`);
      }
    }
    await answer(terminal, 'q');
    expect((await terminal.end()).code).toBe(0);
    expect(fields(repository, 'expires')).toEqual(['2099-02-28', null, '2020-01-31', '2020-01-31']);
    expect(fields(repository, 'label')).toEqual(['real', 'real', null, null]);
  });

  it('has colours, unless they are not wanted', async () => {
    const repository = await accepted();
    const escape = '\u001b[';
    for (const [args, env, isColored] of [
      [[], {}, true],
      [[], { NO_COLOR: '1' }, false],
      [['--no-color'], {}, false],
      [[], { TERM: 'dumb' }, false],
    ] as const) {
      const terminal = audit(repository, args, env);
      await answer(terminal, 'q');
      await terminal.end();
      expect(terminal.output().includes(escape)).toBe(isColored);
    }
  });

  it('takes lines that were typed ahead', async () => {
    const repository = await accepted();
    const terminal = audit(repository);
    terminal.press('k\nf\ns\nq\n');
    expect((await terminal.end()).code).toBe(0);
    expect(fields(repository, 'label')).toEqual(['real', 'false', null, null]);
  });
});

describe.skipIf(!HAS_TERMINAL)('a baseline that somebody else changes while questions are asked', () => {
  it('keeps what they changed in other entries, and what they added', async () => {
    const repository = await accepted();
    const terminal = audit(repository);
    await terminal.waitFor(QUESTION);
    writeDocument(repository, ({ entries: [a, b, ...rest], ...others }) => ({
      ...others,
      entries: [{ fingerprint: 'new', rule: 'debugger', path: 'new.js' }, a, { ...b, reason: 'theirs' }, ...rest],
    }));
    terminal.press('f\n');
    await answer(terminal, 'q');
    expect((await terminal.end()).code).toBe(0);
    expect(fields(repository, 'path')).toEqual(['new.js', ...PATHS]);
    expect(fields(repository, 'reason')).toEqual([null, 'before', 'theirs', 'before', 'before']);
    expect(fields(repository, 'label')).toEqual([null, 'false', null, null, null]);
  });

  it('shows the entry anew where it is the one, and asks again', async () => {
    const repository = await accepted();
    const terminal = audit(repository);
    await terminal.waitFor(QUESTION);
    writeDocument(repository, ({ entries: [a, ...rest], ...others }) => ({ ...others, entries: [{ ...a, reason: 'theirs' }, ...rest] }));
    terminal.press('f\n');
    await terminal.waitFor('It was changed');
    await terminal.waitFor('Reason: theirs');
    expect(fields(repository, 'label')).toEqual([null, null, null, null]);
    await answer(terminal, 'k', 'q');
    expect((await terminal.end()).code).toBe(0);
    expect(fields(repository, 'reason')[0]).toBe('theirs');
    expect(fields(repository, 'label')).toEqual(['real', null, null, null]);
  });

  it('goes on where they took the entry out', async () => {
    const repository = await accepted();
    const terminal = audit(repository);
    await terminal.waitFor(QUESTION);
    writeDocument(repository, ({ entries, ...others }) => ({ ...others, entries: entries.slice(1) }));
    terminal.press('k\n');
    await terminal.waitFor('It was removed');
    await answer(terminal, 'f', 'q');
    expect((await terminal.end()).code).toBe(0);
    expect(fields(repository, 'path')).toEqual(PATHS.slice(1));
    expect(fields(repository, 'label')).toEqual(['false', null, null]);
  });

  it.each([
    ['is broken', (file: string) => writeFileSync(file, `{\n${'<'.repeat(7)} ours\n`), 'unresolved merge conflict'],
    ['is gone', (file: string) => rmSync(file), NAME],
  ])('ends with 2 where the file %s, and leaves it', async (_, change, said) => {
    const repository = await accepted();
    const file = join(repository.top, NAME);
    const terminal = audit(repository);
    await answer(terminal, 'k');
    await terminal.waitFor(QUESTION);
    change(file);
    const left = read(file);
    terminal.press('k\n');
    const { code, screen } = await terminal.end();
    expect(code).toBe(2);
    expect(screen).toContain(said);
    expect(read(file)).toBe(left);
  });

  it('writes to where a symlink points', async () => {
    const repository = await accepted();
    const file = join(repository.top, NAME);
    const shared = join(repository.top, '../shared.json');
    writeFileSync(shared, readFileSync(file));
    rmSync(file);
    symlinkSync(shared, file);
    const terminal = audit(repository);
    await answer(terminal, 'f', 'q');
    expect((await terminal.end()).code).toBe(0);
    expect(realpathSync(file)).toBe(realpathSync(shared));
    expect(fields(repository, 'label')).toEqual(['false', null, null, null]);
  });
});

describe('baseline audit asks nobody', () => {
  const LIST = /used {5}[0-9a-f]{32} {2}stripe-key {2}a\.js {2}\(before\)/;
  const COMMAND = `'${process.execPath}' '${BIN}' baseline audit`;

  it('without a terminal', async () => {
    const repository = await accepted();
    const { code, stdout, stderr } = await repository.guardian(['baseline', 'audit'], { input: 'r\nr\nr\nr\n' });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(LIST);
    expect(stdout).toContain(`${NAME}: 4 entries: 4 used, 0 unused, 0 expired`);
    expect(stdout).not.toContain(QUESTION);
    expect(fields(repository, 'path')).toEqual(PATHS);
  });

  it('shows labels', async () => {
    const repository = await accepted(([first, ...rest]) => [{ ...first, label: 'false' }, ...rest]);
    expect((await repository.guardian(['baseline', 'audit'])).stdout).toMatch(/stripe-key {2}a\.js {2}false {2}\(before\)/);
    expect(JSON.parse((await repository.guardian(['baseline', 'audit', '--format', 'json'])).stdout)).toMatchObject([
      { path: 'a.js', label: 'false', status: 'used' },
      ...PATHS.slice(1).map((path) => ({ path, status: 'used' })),
    ]);
  });

  it('refuses a format that is none', async () => {
    const { code, stderr } = await (await accepted()).guardian(['baseline', 'audit', '--format', 'jsn']);
    expect(code).toBe(2);
    expect(stderr).toContain('did you mean json?');
  });

  it.skipIf(!HAS_TERMINAL).each([
    ['where the answer goes to a pipe', ['sh', '-c', `${COMMAND} | cat`], {}],
    ['where nobody can type', ['sh', '-c', `${COMMAND} < /dev/null`], {}],
    ['in CI', ['sh', '-c', COMMAND], { CI: 'true' }],
    ['with --format', ['sh', '-c', `${COMMAND} --format pretty`], {}],
  ])('%s', async (_, command, env) => {
    const { code, screen } = await openTerminal(await accepted(), command, env).end();
    expect(code).toBe(0);
    expect(screen).toMatch(LIST);
    expect(screen).not.toContain(QUESTION);
  });
});

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
