import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { BIN, createRepository, type Ran, type TestRepository } from '../support/repository.ts';
import { addHooks, LEAK } from '../support/installation.ts';
import { stripeKey } from '../support/secrets.ts';

function staged(files: Readonly<Record<string, string>>): TestRepository {
  const repository = createRepository();
  for (const [path, content] of Object.entries(files)) repository.write(path, content);
  repository.git('add', '--all');
  return repository;
}

/** Eight files of 9 MB: more than Node has room for where little is given. */
const LARGE = Object.fromEntries(
  Array.from({ length: 8 }, (_, i) => [`f${i}.js`, `export const value = compute(${i});\n`.repeat(260_000)]),
);

describe.runIf(process.platform === 'linux')('address space (`ulimit -v`, in KiB)', () => {
  /** A command in a shell that may take so much. Node may wait for ever for a thread that it could not start. */
  function within(repository: TestRepository, kibibytes: number, command: string): Ran {
    const { status, stdout, stderr } = spawnSync('sh', ['-c', `ulimit -v ${kibibytes} || exit 99; ${command}`], {
      cwd: repository.top,
      env: repository.env,
      encoding: 'utf8',
      timeout: 60_000,
      killSignal: 'SIGKILL',
    });
    return { code: status, stdout, stderr };
  }

  /** What Node takes before it has loaded anything. Another release takes more, or less. */
  const [, base = ''] = /VmPeak:\s+(\d+)/.exec(
    spawnSync(process.execPath, ['-p', `require('fs').readFileSync('/proc/self/status', 'latin1')`], { encoding: 'utf8' }).stdout,
  )!;
  const share = (part: number): number => Math.round(Number(base) * part);
  const more = (mebibytes: number): number => Number(base) + mebibytes * 1024;

  /** The least limit to try, in MiB: near the edge in every run of the tests, lower in `npm run fuzz`. */
  const LEAST = process.env['FUZZ_RUNS'] === undefined ? 150 : 0;
  const STEP = 25;
  const SCAN = `'${process.execPath}' '${BIN}' scan --format json`;

  // Where V8 gives up differs from release to release of Node; between there and enough we have to notice.
  it(`${LEAST} to 300 MiB more than Node needs: never a clean run that did not look, and somewhere it says what was not scanned`, () => {
    const repository = staged(LARGE);
    const outcomes = Array.from({ length: (300 - LEAST) / STEP + 1 }, (_, i) => {
      const { code, stdout } = within(repository, more(LEAST + i * STEP), SCAN);
      if (stdout === '') return code === null || code > 128 ? 'gave up' : `nothing said, code ${code}`;
      const { verdict, errors, skipped, coverage } = JSON.parse(stdout) as {
        verdict: string;
        errors: { code: string; message: string }[];
        skipped: { reason: string }[];
        coverage: { files: Record<'expected' | 'scanned', number> };
      };
      const { expected, scanned } = coverage.files;
      if (scanned === expected) return `${verdict}, code ${code}`;
      expect([expected, scanned + skipped.length]).toEqual([8, 8]);
      expect(skipped.every(({ reason }) => reason === 'too-large')).toBe(true);
      expect(errors).toMatchObject([{ code: 'LIMIT_EXCEEDED', message: expect.stringContaining('ulimit -v') }]);
      return `${verdict}, code ${code}`;
    });
    expect(outcomes.filter((outcome) => !['gave up', 'warned, code 0', 'incomplete, code 2'].includes(outcome))).toEqual([]);
    expect(outcomes).toContain('incomplete, code 2');
  });

  it('that is enough changes nothing', () => {
    const { code, stdout } = within(staged(LARGE), more(2048), SCAN);
    expect([code, (JSON.parse(stdout) as { verdict: string }).verdict]).toEqual([0, 'warned']);
  });

  it('that is little is enough for a small commit', () => {
    const { code, stdout } = within(staged({ 'a.js': LEAK }), more(245), SCAN);
    expect([code, (JSON.parse(stdout) as { verdict: string }).verdict]).toEqual([1, 'blocked']);
  });

  it.each([0.4, 0.6, 0.8])('%d of what Node needs: the hook says so, ends with 2, and nothing is committed', (part) => {
    const repository = staged({ 'a.js': 'const a = 1;\n' });
    addHooks(repository);
    const hook = within(repository, share(part), `'${join(repository.top, '.git/hooks/pre-commit')}'`);
    expect(hook.stderr).toMatch(/code-guardian: stopped with exit code 1\d\d\. Is there enough memory\?/);
    expect(hook.code).toBe(2);
    expect(within(repository, share(part), 'git commit --message x').code).not.toBe(0);
    expect(repository.tryGit(['rev-parse', '--verify', 'HEAD']).code).not.toBe(0);
  });
});

const CGROUP = '/sys/fs/cgroup/memory';

describe.runIf(process.getuid?.() === 0 && existsSync(`${CGROUP}/memory.limit_in_bytes`))('memory of a container', () => {
  /** A command in a control group of its own. */
  function within(repository: TestRepository, mebibytes: number, command: string): Ran {
    const group = `${CGROUP}/code-guardian-${process.pid}-${mebibytes}`;
    mkdirSync(group);
    onTestFinished(() => rmdirSync(group));
    writeFileSync(`${group}/memory.limit_in_bytes`, String(mebibytes * 2 ** 20));
    const script = `echo $$ >'${group}/cgroup.procs'; ${command}`;
    const { status, stdout, stderr } = spawnSync('sh', ['-c', script], {
      cwd: repository.top,
      env: repository.env,
      encoding: 'utf8',
      timeout: 60_000,
    });
    return { code: status, stdout, stderr };
  }

  it.each([60, 100])('%i MiB: says what was not scanned, and ends with 2', (mebibytes) => {
    const { code, stdout } = within(staged(LARGE), mebibytes, `'${process.execPath}' '${BIN}' scan --format json`);
    expect(JSON.parse(stdout)).toMatchObject({
      verdict: 'incomplete',
      errors: [{ code: 'LIMIT_EXCEEDED', message: expect.stringContaining('this container') }],
    });
    expect(code).toBe(2);
  });

  it('16 MiB: the system stops Node, and the hook ends with 2', () => {
    const repository = staged(LARGE);
    addHooks(repository);
    const { code, stderr } = within(repository, 16, `'${join(repository.top, '.git/hooks/pre-commit')}'`);
    expect(stderr).toContain('stopped with exit code 137');
    expect(code).toBe(2);
  });
});

describe('performance.memoryLimit', () => {
  it('is kept to: what has been scanned makes room for what comes next', async () => {
    const limit = { CODE_GUARDIAN_PERFORMANCE_MEMORY_LIMIT: '150MiB' };
    const { code, stdout } = staged(LARGE).spawnGuardian(['scan', '--format', 'json'], { env: limit });
    expect(JSON.parse(stdout)).toMatchObject({ verdict: 'warned', skipped: [], coverage: { files: { expected: 8, scanned: 8 } } });
    expect(code).toBe(0);
  });

  it('leaves out what is too large for it, also in files on disk, and the policy decides', async () => {
    const repository = staged({ ...LARGE, 'leak.js': LEAK });
    const limit = { CODE_GUARDIAN_PERFORMANCE_MEMORY_LIMIT: '70MiB' };
    for (const args of [['scan'], ['scan', '.'], ['scan', '--all']]) {
      const { code, stdout } = repository.spawnGuardian([...args, '--format', 'json'], { env: limit });
      const { verdict, skipped, errors } = JSON.parse(stdout) as {
        verdict: string;
        skipped: { path: string }[];
        errors: { code: string }[];
      };
      expect(skipped.map(({ path }) => path).toSorted()).toEqual(Object.keys(LARGE));
      expect([code, verdict, errors.map((error) => error.code)]).toEqual([1, 'blocked', ['LIMIT_EXCEEDED']]);
    }
    repository.git('rm', '--quiet', '--cached', 'leak.js');
    expect(repository.spawnGuardian(['scan'], { env: limit }).code).toBe(2);
    expect((await repository.guardian(['scan'], { env: { ...limit, CODE_GUARDIAN_ON_INCOMPLETE: 'warn' } })).code).toBe(0);
  });
});

describe('performance.maxLineLength', () => {
  const found = async (repository: TestRepository, env: NodeJS.ProcessEnv = {}) => {
    const { code, stdout } = await repository.guardian(['scan', '--format', 'json'], { env });
    const { findings, coverage } = JSON.parse(stdout) as {
      findings: { rule: string; line: number; column: number }[];
      coverage: Record<'bytes', { expected: number; scanned: number }>;
    };
    return { code, findings: findings.filter(({ rule }) => rule === 'stripe-key').map(({ line, column }) => [line, column]), coverage };
  };

  it('loses no value, wherever a line is cut', async () => {
    const MIB = 2 ** 20;
    const keys = Array.from({ length: 64 }, (_, i) => ` ${stripeKey(`k${i}`)}`);
    // A value every kilobyte or so around each cut, and in the lines before and behind.
    const around = (at: number, text: string): string =>
      text.slice(0, at) + keys.map((key) => key + '.'.repeat(977)).join('') + text.slice(at);
    const line = around(MIB - 32 * 977, '.'.repeat(3 * MIB));
    const repository = staged({ 'a.txt': `first ${stripeKey('one')}\n${line}\nlast ${stripeKey('two')}\n` });
    const inPieces = await found(repository);
    expect(inPieces.findings).toHaveLength(66);
    expect(inPieces).toEqual(await found(repository, { CODE_GUARDIAN_PERFORMANCE_MAX_LINE_LENGTH: '1GiB' }));
    expect(inPieces).toEqual(await found(repository, { CODE_GUARDIAN_PERFORMANCE_MAX_LINE_LENGTH: '100KiB' }));
    expect(inPieces.code).toBe(1);
  });

  it('blinds nobody, however small it is', async () => {
    const repository = staged({ 'a.txt': `${'.'.repeat(1000)} ${stripeKey()}\n` });
    expect((await found(repository, { CODE_GUARDIAN_PERFORMANCE_MAX_LINE_LENGTH: '1' })).findings).toEqual([[1, 1002]]);
  });

  it('lets a pattern that needs much room for a long line come to its end', async () => {
    const rule = { id: 'acme-key', keywords: ['acme_'], pattern: 'acme_(?:a|b)+!', severity: 'high', message: 'a key' };
    const repository = staged({
      '.code-guardianrc.json': JSON.stringify({ customRules: [rule], performance: { ruleTimeout: '60s' } }),
      'a.txt': `acme_${'ab'.repeat(4_500_000)}\n`,
    });
    const { code, stdout } = await repository.guardian(['scan', '--format', 'json']);
    expect(JSON.parse(stdout)).toMatchObject({ verdict: 'warned', errors: [] });
    expect(code).toBe(0);
  });
});

it('after performance.timeout the rest is named, and nothing is called clean', async () => {
  const repository = staged(LARGE);
  const { code, stdout } = await repository.guardian(['scan', '--format', 'json'], { env: { CODE_GUARDIAN_PERFORMANCE_TIMEOUT: '1ms' } });
  const { verdict, skipped } = JSON.parse(stdout) as { verdict: string; skipped: { path: string; reason: string }[] };
  expect([code, verdict]).toEqual([2, 'incomplete']);
  expect(skipped.map(({ path }) => path).toSorted()).toEqual(Object.keys(LARGE));
  expect(skipped.every(({ reason }) => reason === 'timeout')).toBe(true);
});
