import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build } from 'rolldown';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readLedger } from '../../src/telemetry/ledger.ts';
import { commit, installed, LEAK } from '../support/installation.ts';
import { createRepository, type TestRepository } from '../support/repository.ts';

type Line = Record<string, unknown>;

function staged(content = 'const a = 1;\n'): TestRepository {
  const repository = createRepository();
  repository.write('a.js', content);
  repository.git('add', '--all');
  return repository;
}

const parseLines = (text: string): Line[] =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Line);

async function scanned(repository: TestRepository, args: readonly string[] = [], env: NodeJS.ProcessEnv = {}) {
  const { code, stdout, stderr } = await repository.guardian(['scan', '--format', 'json', ...args], { env });
  return { code, stderr, report: JSON.parse(stdout) as { run: { id: string }; verdict: string } };
}

describe('who reads the log', () => {
  it.each<[string, readonly string[], NodeJS.ProcessEnv, boolean]>([
    ['people, by default', [], {}, false],
    ['programs, under CI', [], { CI: 'true' }, true],
    ['people, where CI says that it is none', [], { CI: 'false' }, false],
    ['people, where a flag says so', ['--log-format', 'text'], { CI: 'true' }, false],
    ['people, where a variable says so', [], { CI: 'true', CODE_GUARDIAN_LOGGING_FORMAT: 'text' }, false],
    ['programs, where a flag says so', ['--log-format', 'json'], {}, true],
    ['programs, where a variable says so', [], { CODE_GUARDIAN_LOGGING_FORMAT: 'json' }, true],
    ['nobody', [], { CI: 'true', CODE_GUARDIAN_LOGGING_LEVEL: 'silent' }, false],
  ])('%s', async (_who, args, env, isJson) => {
    const { stderr } = await scanned(staged(), args, env);
    if (isJson) expect(parseLines(stderr)).toMatchObject([{ msg: 'run finished', verdict: 'clean' }]);
    else expect(stderr).toBe('');
  });

  it('people, where the config says so', async () => {
    const repository = staged();
    repository.write('.code-guardianrc.json', JSON.stringify({ logging: { format: 'text' } }));
    repository.git('add', '--all');
    expect((await scanned(repository, [], { CI: '1' })).stderr).toBe('');
  });
});

describe('a run in the log', () => {
  const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
  const SPAN = '00f067aa0ba902b7';

  it('has what the report, the ledger and the trace have', async () => {
    const repository = staged(LEAK);
    repository.git('remote', 'add', 'origin', 'https://ada:hunter2@forge.example/team/app.git');
    const { report, stderr } = await scanned(repository, ['--log-format', 'json'], { TRACEPARENT: `00-${TRACE}-${SPAN}-01` });
    const [line, ...rest] = parseLines(stderr);
    expect(rest).toEqual([]);
    expect(line).toMatchObject({
      level: 'info',
      run_id: report.run.id,
      trace_id: TRACE,
      parent_span_id: SPAN,
      hook: null,
      repository: expect.stringMatching(/^[0-9a-f]{16}$/),
      target: 'staged',
      verdict: 'blocked',
      findings: 1,
      blocking: 1,
      warnings: 0,
      suppressed: 0,
      skipped: 0,
      errors: 0,
      files: 1,
      lines: 1,
      bytes: LEAK.length,
      start_ms: expect.any(Number),
      duration_ms: expect.any(Number),
    });
    expect(readLedger(join(repository.top, '.git')).records.at(-1)!.run).toBe(report.run.id);
  });

  it('has the repository that all worktrees share', async () => {
    const repository = staged();
    repository.git('commit', '--quiet', '--message', 'x');
    repository.git('worktree', 'add', '--quiet', '../linked');
    const hashIn = async (cwd: string): Promise<unknown> =>
      parseLines((await repository.guardian(['scan', '--log-format', 'json'], { cwd })).stderr)[0]!['repository'];
    expect(await hashIn(join(dirname(repository.top), 'linked'))).toBe(await hashIn(repository.top));
  });

  it.each([
    ['a broken config', { '.code-guardianrc.yaml': 'failOn: hig\n' }, 'CONFIG_INVALID'],
    ['no repository', null, 'NOT_A_REPOSITORY'],
  ])('that failed has the code, and no word of the message: %s', async (_what, files, code) => {
    const repository = staged();
    if (files === null) rmSync(join(repository.top, '.git'), { recursive: true });
    for (const [path, content] of Object.entries(files ?? {})) repository.write(path, content);
    if (files !== null) repository.git('add', '--all');
    const log = join(dirname(repository.top), 'guardian.log');
    const { report, stderr } = await scanned(repository, ['--log-file', log], { CI: '1' });
    const told = stderr
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Line);
    expect(told).toEqual(parseLines(readFileSync(log, 'utf8')));
    expect(told).toMatchObject([
      { level: 'error', code, run_id: report.run.id },
      { level: 'info', msg: 'run finished', verdict: 'incomplete', errors: 1 },
    ]);
    expect(JSON.stringify(told)).not.toMatch(/hig|repository"?:"?\/|top/);
  });

  it('is left out below the level that is asked for, and what failed is not', async () => {
    const repository = staged();
    repository.write('.code-guardianrc.yaml', 'failOn: hig\n');
    repository.git('add', '--all');
    const { stderr } = await scanned(repository, ['--log-format', 'json', '--log-level', 'error']);
    expect(stderr.split('\n').filter((line) => line.startsWith('{'))).toHaveLength(1);
  });
});

describe('a log file', () => {
  it('has a line for each commit of worktrees side by side, and is set aside by its size', async () => {
    const repository = installed();
    repository.write('a.js', '1\n');
    repository.git('add', '--all');
    repository.git('commit', '--quiet', '--message', 'one');
    const folder = dirname(repository.top);
    const log = join(folder, 'logs/guardian.log');
    repository.write('../logs/.keep', '');
    const env = { ...repository.env, CODE_GUARDIAN_LOGGING_FILE: log, CODE_GUARDIAN_LOGGING_MAX_SIZE: '3KiB' };
    const tops = Array.from({ length: 5 }, (_, i) => join(folder, `w${i}`));
    for (const top of tops) repository.git('worktree', 'add', '--quiet', top);
    const commits = (top: string): Promise<void> =>
      new Promise((done) => {
        const script = `for i in 1 2 3; do echo "$i" >b.js && git add b.js && git commit --quiet --message "$i" || exit 1; done`;
        spawn('sh', ['-c', script], { cwd: top, env, stdio: 'ignore' }).on('close', () => done());
      });
    await Promise.all(tops.map(commits));
    const names = readdirSync(dirname(log)).filter((name) => name.startsWith('guardian.log'));
    expect(names.length).toBeGreaterThan(1);
    const lines = names.flatMap((name) => parseLines(readFileSync(join(dirname(log), name), 'utf8')));
    // A hook for the index and one for the message, for each of 15 commits; the shim itself passes most messages.
    expect(lines.filter(({ hook }) => hook === 'pre-commit')).toHaveLength(15);
    expect(new Set(lines.map((line) => line['run_id'])).size).toBe(lines.length);
  });

  it('of a blocked commit holds nothing of the line', () => {
    const repository = installed();
    const log = join(dirname(repository.top), 'guardian.log');
    expect(commit(repository, LEAK, { CODE_GUARDIAN_LOGGING_FILE: log, CODE_GUARDIAN_LOGGING_LEVEL: 'trace' }).code).toBe(1);
    const text = readFileSync(log, 'utf8');
    expect(parseLines(text)).toMatchObject([{ verdict: 'blocked', hook: 'pre-commit' }]);
    expect(text).not.toMatch(/sk_live|a\.js|const key/);
  });

  describe('of many processes', () => {
    const folder = mkdtempSync(join(tmpdir(), 'code-guardian-logs-'));
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    beforeAll(async () => {
      await build({
        input: 'src/telemetry/log-file.ts',
        platform: 'node',
        output: { file: join(folder, 'log-file.mjs') },
        logLevel: 'silent',
      });
      writeFileSync(
        join(folder, 'writer.mjs'),
        `import { appendLines } from './log-file.mjs';
         const [file, count, name, maxSize] = process.argv.slice(2);
         for (let i = 0; i < Number(count); i++) {
           const line = (part) => JSON.stringify({ id: name + '-' + i, part, text: 'x'.repeat(150) });
           appendLines(file, [line(1), line(2)], Number(maxSize));
         }`,
      );
    });

    function write(file: string, count: number, name: string, maxSize: number, killAfter?: number): Promise<void> {
      return new Promise((done) => {
        const child = spawn(process.execPath, [join(folder, 'writer.mjs'), file, String(count), name, String(maxSize)], {
          stdio: 'ignore',
        });
        child.on('close', () => done());
        if (killAfter !== undefined) setTimeout(() => child.kill('SIGKILL'), killAfter);
      });
    }

    const textOf = (file: string): string =>
      readdirSync(dirname(file))
        .filter((name) => /\.log(?:\.\d)?$/.test(name))
        .map((name) => readFileSync(join(dirname(file), name), 'utf8'))
        .join('');

    it('loses no line and mixes none, also while it is set aside', async () => {
      const file = join(mkdtempSync(join(folder, 'log-')), 'guardian.log');
      await Promise.all(Array.from({ length: 6 }, (_, i) => write(file, 50, `p${i}`, 40_000)));
      const lines = parseLines(textOf(file));
      expect(lines).toHaveLength(600);
      expect(new Set(lines.map(({ id, part }) => `${String(id)} ${String(part)}`)).size).toBe(600);
      expect(readdirSync(dirname(file)).length).toBeGreaterThan(2);
      // Lines of one run stand together.
      lines.forEach(({ id, part }, i) => part === 2 && expect(lines[i - 1]).toMatchObject({ id, part: 1 }));
    });

    it('is whole after 40 processes that were killed at any moment', async () => {
      const file = join(mkdtempSync(join(folder, 'log-')), 'guardian.log');
      for (let round = 0; round < 10; round++) {
        await Promise.all(
          Array.from({ length: 4 }, (_, i) => write(file, 100_000, `r${round}p${i}`, 200_000, 60 + (((round * 4 + i) * 7) % 50))),
        );
        await write(file, 1, `after${round}`, 200_000);
      }
      const text = textOf(file);
      for (const line of text.split('\n').filter(Boolean)) expect(() => JSON.parse(line) as unknown).not.toThrow();
      await write(file, 1, 'last', 200_000);
      expect(textOf(file)).toContain('"id":"last-0"');
    });
  });
});
