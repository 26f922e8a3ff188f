import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, closeSync, copyFileSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { BIN, createFolder, createRepository, preloaded, type Ran, type TestRepository } from '../support/repository.ts';
import { addHooks, copyPackage, LEAK, movedPackage } from '../support/installation.ts';
import { HAS_PERMISSIONS, runUnprivileged } from '../support/unprivileged.ts';
import { readLedger } from '../../src/telemetry/ledger.ts';

interface Report {
  readonly verdict: string;
  readonly findings: readonly { readonly rule: string; readonly path: string }[];
  readonly skipped: readonly { readonly path: string; readonly reason: string }[];
  readonly errors: readonly { readonly code: string; readonly message: string; readonly hint: string; readonly path?: string }[];
}

const isRoot = process.getuid?.() === 0;
const hasPrograms = (...names: readonly string[]): boolean =>
  process.platform === 'linux' && names.every((name) => spawnSync('sh', ['-c', `command -v ${name}`]).status === 0);

/** A user with no other process: root's are never limited. */
const NOBODY = 61_234;

function staged(files: Readonly<Record<string, string>>): TestRepository {
  const repository = createRepository();
  for (const [path, content] of Object.entries(files)) repository.write(path, content);
  repository.git('add', '--all');
  return repository;
}

async function scan(
  repository: TestRepository,
  args: readonly string[] = [],
  env: NodeJS.ProcessEnv = {},
): Promise<{ code: number | null; report: Report }> {
  const { code, stdout } = await repository.guardian(['scan', '--format', 'json', ...args], { env });
  return { code, report: JSON.parse(stdout) as Report };
}

/** Of the last run that the ledger knows of. */
function lastRecord({ top }: TestRepository) {
  return readLedger(join(top, '.git')).records.at(-1)!;
}

it('USAGE: an option that there is none of', async () => {
  const { code, stderr } = await createRepository().guardian(['scan', '--formt', 'json']);
  expect(code).toBe(2);
  expect(stderr).toContain('did you mean --format?');
});

it('CONFIG_INVALID: a value that there is none of', async () => {
  const { code, report } = await scan(staged({ '.code-guardianrc.yaml': 'failOn: hig\n' }));
  expect(code).toBe(2);
  expect(report.errors).toMatchObject([{ code: 'CONFIG_INVALID', message: expect.stringContaining('did you mean high?') }]);
});

describe('FILE_SYSTEM', () => {
  it.runIf(isRoot && hasPrograms('mount', 'umount', 'unshare'))('a disk that is full', (context) => {
    const repository = staged({ 'a.js': 'x\n' });
    const disk = createFolder();
    // In a mount namespace of its own: nobody else sees the disk, and it goes with the process.
    const script = `mount -t tmpfs -o size=16k tmpfs '${disk}' || exit 99
      head -c 100000 /dev/zero >'${disk}/full' 2>/dev/null
      '${process.execPath}' '${BIN}' scan --format json --output '${disk}/report.json'
      code=$?; ls '${disk}'; exit $code`;
    const { status, stdout, stderr } = spawnSync('unshare', ['--mount', 'sh', '-c', script], {
      cwd: repository.top,
      env: repository.env,
      encoding: 'utf8',
    });
    if (status === 99) return context.skip('no file system may be mounted here');
    expect(status).toBe(2);
    expect(stderr).toContain('ENOSPC');
    expect(stdout).toBe('full\n');
  });

  it('a folder that is not there', async () => {
    const { code, stderr } = await staged({ 'a.js': 'x\n' }).guardian(['scan', '--output', 'nowhere/report.txt']);
    expect(code).toBe(2);
    expect(stderr).toContain('ENOENT');
  });
});

describe.skipIf(!HAS_PERMISSIONS)('PERMISSION_DENIED', () => {
  it('a folder that must not be written to', () => {
    const repository = staged({ 'a.js': 'x\n' });
    mkdirSync(join(repository.top, 'out'), { mode: 0o555 });
    const { code, stderr } = runUnprivileged(repository, ['scan', 'a.js', '--output', 'out/report.txt']);
    expect(code).toBe(2);
    expect(stderr).toContain('EACCES');
  });

  it('a baseline that must not be read', () => {
    const repository = staged({ 'a.js': 'x\n' });
    repository.write('known.json', '{}');
    chmodSync(join(repository.top, 'known.json'), 0);
    const { code, stdout } = runUnprivileged(repository, ['scan', 'a.js', '--baseline', 'known.json', '--format', 'json']);
    expect(code).toBe(2);
    expect((JSON.parse(stdout) as Report).errors).toMatchObject([
      { code: 'PERMISSION_DENIED', message: expect.stringContaining('EACCES') },
    ]);
  });

  it('a file that must not be read is skipped, and the others are scanned', () => {
    const repository = staged({ 'a.js': 'x\n', 'b.js': LEAK });
    chmodSync(join(repository.top, 'a.js'), 0);
    const { code, stdout } = runUnprivileged(repository, ['scan', 'a.js', 'b.js', '--format', 'json']);
    expect(JSON.parse(stdout)).toMatchObject({
      verdict: 'blocked',
      findings: [{ rule: 'stripe-key' }],
      skipped: [{ path: 'a.js', reason: 'unreadable', detail: expect.stringContaining('EACCES') }],
    });
    expect(code).toBe(1);
  });
});

describe('DETECTOR_FAILED: a rule that throws', () => {
  // V8 keeps each way back of such a pattern, and gives up at 64 MiB of them. In pieces it would be harmless.
  const rule = { id: 'acme-key', keywords: ['acme_'], pattern: 'acme_(?:a|b)+!', severity: 'high', message: 'a key' };
  const long = `acme_${'ab'.repeat(4_500_000)}\n`;
  const files = (more: object = {}) => ({
    '.code-guardianrc.json': JSON.stringify({ customRules: [rule], performance: { ruleTimeout: '60s', maxLineLength: '20MiB' }, ...more }),
    'a.txt': long,
    'b.txt': `${LEAK}acme_b!\n`,
    'c.txt': 'none of its keywords\n',
  });

  it('is switched off, named, counted, and the rest is scanned', async () => {
    const repository = staged(files());
    const { code, report } = await scan(repository);
    expect(report.errors).toMatchObject([
      { code: 'DETECTOR_FAILED', path: 'a.txt', message: expect.stringMatching(/acme-key failed: .*: b\.txt$/) },
    ]);
    expect(report.findings).toMatchObject([{ rule: 'large-file' }, { rule: 'stripe-key', path: 'b.txt' }]);
    expect(code).toBe(1);
    expect(lastRecord(repository).errors).toEqual({ DETECTOR_FAILED: 1 });
  });

  it('blocks where nothing else does, unless the policy says otherwise', async () => {
    const repository = staged({ ...files(), 'b.txt': 'x\n' });
    expect(await scan(repository)).toMatchObject({ code: 2, report: { verdict: 'incomplete' } });
    expect(await scan(repository, [], { CODE_GUARDIAN_ON_INCOMPLETE: 'warn' })).toMatchObject({
      code: 0,
      report: { verdict: 'incomplete' },
    });
  });

  it('ends the run where it is not to go on without one', async () => {
    const repository = staged(files());
    const env = { CODE_GUARDIAN_ERRORS_CONTINUE_ON_ERROR: 'false', CODE_GUARDIAN_ON_INCOMPLETE: 'warn' };
    expect(await scan(repository, [], env)).toMatchObject({
      code: 2,
      report: { verdict: 'incomplete', findings: [], errors: [{ code: 'DETECTOR_FAILED' }] },
    });
    addHooks(repository);
    expect(repository.tryGit(['commit', '--message', 'x'], { env }).code).not.toBe(0);
  });
});

describe('GIT_FAILED', () => {
  it('an index that is none', async () => {
    const repository = staged({ 'a.js': 'x\n' });
    writeFileSync(join(repository.top, '.git/index'), 'DIRCxxxx');
    expect(await scan(repository)).toMatchObject({ code: 2, report: { errors: [{ code: 'GIT_FAILED' }] } });
  });

  it('a git that is busy for the moment is asked again, which is counted', async () => {
    const repository = staged({ 'a.js': LEAK });
    const { folder, release } = busyGit();
    const start = firstFailedStart();
    const running = spawned(repository, ['scan', '--format', 'json', '--log-format', 'json'], {
      ...start.env,
      CODE_GUARDIAN_ERRORS_RETRY_DELAY: '1s',
      PATH: `${folder}${delimiter}${repository.env['PATH']}`,
    });
    await start.seen();
    release();
    const ran = await running;
    expect(JSON.parse(ran.stdout)).toMatchObject({ verdict: 'blocked', errors: [], findings: [{ rule: 'stripe-key' }] });
    expect(ran.code).toBe(1);
    expect(lastRecord(repository).retries!['GIT_FAILED']).toBeGreaterThan(0);
    expect(ran.stderr).toMatch(/"level":"warn","msg":"retried",.*"code":"GIT_FAILED","count":\d/);
    expect((await repository.guardian(['metrics'])).stdout).toMatch(/^code_guardian_retries_total\{code="GIT_FAILED"\} [1-9]/m);
  });

  it('a git that stays busy is given up', async () => {
    const repository = staged({ 'a.js': LEAK });
    const { folder, release } = busyGit();
    onTestFinished(release);
    const ran = await spawned(repository, ['scan', '--format', 'json'], { PATH: `${folder}${delimiter}${repository.env['PATH']}` });
    expect(JSON.parse(ran.stdout)).toMatchObject({
      verdict: 'incomplete',
      errors: [{ code: 'GIT_FAILED', message: expect.stringMatching(/failed after 3 retries: .*ETXTBSY/) }],
    });
    expect(ran.code).toBe(2);
  });

  it.runIf(isRoot && hasPrograms('prlimit', 'setpriv'))('no process to be had: the run ends with 2 or is clean', (context) => {
    const repository = staged({ 'a.js': 'const a = 1;\n' });
    const folder = dirname(repository.top);
    // The clone may lie where only root may enter.
    copyPackage(join(folder, 'package'));
    spawnSync('chown', ['-R', String(NOBODY), folder]);
    const run = (processes: number, ...args: readonly string[]) => {
      const asAnother = [`--nproc=${processes}`, 'setpriv', `--reuid=${NOBODY}`, '--clear-groups', process.execPath];
      return spawnSync('prlimit', [...asAnother, join(folder, 'package/dist/bin.cjs'), ...args], {
        cwd: repository.top,
        env: { ...repository.env, CODE_GUARDIAN_ERRORS_RETRY_DELAY: '1ms' },
        encoding: 'utf8',
        timeout: 10_000,
        killSignal: 'SIGKILL',
      });
    };
    if (run(1000, '--version').status !== 0) return context.skip('another user reaches neither Node nor the temporary folder');
    const seen: string[] = [];
    for (const processes of [7, 7, 7, 8, 8, 9, 12, 30]) {
      const { status, stdout } = run(processes, 'scan', '--format', 'json');
      // With too few Node cannot even start its own threads: it is stopped by a signal, or waits for ever.
      if (stdout === '') {
        expect(status).not.toBe(0);
        continue;
      }
      const { verdict, errors } = JSON.parse(stdout) as Report;
      expect([verdict, status]).toEqual(errors.length === 0 ? ['clean', 0] : ['incomplete', 2]);
      seen.push(errors[0]?.message ?? 'clean');
    }
    expect(seen).toContain('clean');
    expect(seen).toContainEqual(expect.stringMatching(/EAGAIN|Resource temporarily unavailable/));
  });
});

/** A copy of git that is open for writing: the system starts no such program. */
function busyGit(): { readonly folder: string; readonly release: () => void } {
  const folder = createFolder();
  const program = join(folder, 'git');
  copyFileSync(spawnSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).stdout.trim(), program);
  chmodSync(program, 0o755);
  const descriptor = openSync(program, 'a');
  return { folder, release: () => closeSync(descriptor) };
}

/** Tells by a file when a program could not be started for the first time. */
function firstFailedStart(): { readonly env: NodeJS.ProcessEnv; readonly seen: () => Promise<void> } {
  const folder = createFolder();
  const [probe, mark] = [join(folder, 'probe.cjs'), join(folder, 'mark')];
  writeFileSync(
    probe,
    `const child = require('child_process');
     const { spawn } = child;
     const tell = () => require('fs').writeFileSync(${JSON.stringify(mark)}, '');
     child.spawn = (...args) => {
       try {
         return spawn(...args).once('error', tell);
       } catch (thrown) {
         tell();
         throw thrown;
       }
     };`,
  );
  return {
    env: preloaded(probe),
    async seen() {
      while (!existsSync(mark)) await new Promise((resolve) => setTimeout(resolve, 5));
    },
  };
}

/** The command, while we do something else. */
function spawned({ top, env }: TestRepository, args: readonly string[], more: NodeJS.ProcessEnv = {}): Promise<Ran> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [BIN, ...args], { cwd: top, env: { ...env, ...more } });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

it('NOT_A_REPOSITORY: a folder that is none', async () => {
  const repository = createRepository();
  rmSync(join(repository.top, '.git'), { recursive: true });
  expect(await scan(repository)).toMatchObject({ code: 2, report: { errors: [{ code: 'NOT_A_REPOSITORY' }] } });
});

describe('TIMEOUT', () => {
  it('a pattern that runs away', async () => {
    const rule = { id: 'acme-key', keywords: ['aaaa'], pattern: '(a+)+$', severity: 'high', message: 'a key' };
    const repository = staged({
      '.code-guardianrc.json': JSON.stringify({ customRules: [rule], performance: { ruleTimeout: '200ms' } }),
      'a.txt': `${'a'.repeat(5000)}!\n`,
      'b.txt': `${'a'.repeat(5000)}!\n`,
    });
    expect(await scan(repository)).toMatchObject({
      code: 2,
      report: {
        errors: [{ code: 'TIMEOUT', message: expect.stringMatching(/acme-key was stopped after 200 ms.*: b\.txt$/), path: 'a.txt' }],
      },
    });
  });

  it('a pattern of ignored values that runs away: the finding counts', async () => {
    const config = { ignore: { values: ['^(?:\\w+)+!$'] }, performance: { ruleTimeout: '200ms' } };
    const repository = staged({ '.code-guardianrc.json': JSON.stringify(config) });
    repository.git('commit', '--quiet', '--no-verify', '--message', 'config');
    repository.write('a.js', LEAK);
    repository.git('add', '--all');
    expect(await scan(repository)).toMatchObject({
      code: 1,
      report: { findings: [{ rule: 'stripe-key' }], errors: [{ code: 'TIMEOUT', message: expect.stringContaining('ignored values') }] },
    });
  });

  it('a git that does not end', async () => {
    const repository = staged({ 'a.js': 'x\n' });
    const folder = createFolder();
    const real = spawnSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).stdout.trim();
    writeFileSync(join(folder, 'git'), `#!/bin/sh\ncase "$*" in *' diff '*) exec sleep 600 ;; esac\nexec '${real}' "$@"\n`);
    chmodSync(join(folder, 'git'), 0o755);
    const { code, report } = await scan(repository, [], {
      PATH: `${folder}${delimiter}${repository.env['PATH']}`,
      CODE_GUARDIAN_PERFORMANCE_TIMEOUT: '1s',
    });
    expect(code).toBe(2);
    expect(report).toMatchObject({
      verdict: 'incomplete',
      errors: [{ code: 'TIMEOUT', message: expect.stringContaining('git diff was stopped after 3 s') }],
    });
  });
});

it('LIMIT_EXCEEDED: memory that is not there', () => {
  const repository = staged({ 'big.js': `// ${'x'.repeat(100)}\n`.repeat(60_000), 'small.js': LEAK });
  // The limit is of the whole process.
  const env = { CODE_GUARDIAN_PERFORMANCE_MEMORY_LIMIT: '70MiB' };
  const { code, stdout } = repository.spawnGuardian(['scan', '--format', 'json'], { env });
  expect(JSON.parse(stdout)).toMatchObject({
    errors: [{ code: 'LIMIT_EXCEEDED', message: expect.stringContaining('the limit of performance.memoryLimit is 70 MiB') }],
    skipped: [{ path: 'big.js', reason: 'too-large', detail: expect.stringContaining('performance.memoryLimit') }],
    findings: [{ rule: 'large-file' }, { rule: 'stripe-key', path: 'small.js' }],
  });
  expect(code).toBe(1);
});

it('INPUT_INVALID: lines that git never writes', () => {
  const { code, stderr } = createRepository().spawnGuardian(['hook', 'pre-push', 'origin', 'url'], { input: 'nonsense\n' });
  expect(code).toBe(2);
  expect(stderr).toContain('is not a ref line from git');
});

describe('TELEMETRY_FAILED: a log that cannot be written blocks nobody', () => {
  it.each([
    ['a full disk', '/dev/full', 'ENOSPC'],
    ['a folder that is not there', 'nowhere/guardian.log', 'ENOENT'],
  ])('%s', (_what, file, cause) => {
    if (file.startsWith('/') && !existsSync(file)) return;
    const repository = staged({ 'a.js': 'x\n' });
    addHooks(repository);
    const commit = repository.tryGit(['commit', '--message', 'x'], { env: { CODE_GUARDIAN_LOGGING_FILE: file } });
    expect(commit.code).toBe(0);
    expect(commit.stderr).toContain('cannot write the log');
    expect(commit.stderr).toContain(cause);
    expect(readLedger(join(repository.top, '.git')).records.map(({ errors }) => errors)).toContainEqual({ TELEMETRY_FAILED: 1 });
  });
});

it.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('INTERRUPTED: %s, and no report', async (signal, expected) => {
  const repository = createRepository();
  const child = spawn(process.execPath, [BIN, 'scan', '--stdin', '--format', 'json'], { cwd: repository.top, env: repository.env });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  setTimeout(() => child.kill(signal), 500);
  expect(await new Promise((resolve) => child.on('exit', resolve))).toBe(expected);
  expect(said).toBe('');
});

describe('INTERNAL: what nobody foresaw ends with 2, never as if something had been found', () => {
  /** Something of Node's that fails in a way of its own. */
  function broken(script: string): NodeJS.ProcessEnv {
    const probe = join(createFolder(), 'broken.cjs');
    writeFileSync(probe, script);
    return preloaded(probe);
  }

  it('where it is waited for', () => {
    const env = broken(`Buffer.prototype.indexOf = () => { throw new TypeError('no luck'); };`);
    const { code, stderr } = staged({ 'a.js': 'x\n' }).spawnGuardian(['hook', 'pre-commit'], { env });
    expect(code).toBe(2);
    expect(stderr).toContain('internal error: no luck');
  });

  it('in a package of which a part is missing', () => {
    const { path, run } = movedPackage();
    rmSync(join(path, 'dist/chunks/start.cjs'));
    const { code, stderr } = run(createRepository(), 'scan');
    expect(code).toBe(2);
    expect(stderr).toContain('start.cjs');
  });

  it('where nobody waits for it', async () => {
    const env = broken(`setTimeout(() => { throw new TypeError('no luck'); }, 300);`);
    const { top, env: own } = createRepository();
    const child = spawn(process.execPath, [BIN, 'scan', '--stdin'], { cwd: top, env: { ...own, ...env } });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    expect(await new Promise((resolve) => child.on('close', resolve))).toBe(2);
    expect(said).toContain('internal error: no luck');
  });
});

it('no code is left out here', () => {
  const page = readFileSync(new URL('../../docs/errors.md', import.meta.url), 'utf8');
  const here = readFileSync(new URL(import.meta.url), 'utf8');
  const codes = [...page.matchAll(/^## (\w+)$/gm)].map(([, code]) => code!);
  expect(codes.filter((code) => !new RegExp(`(?:it|describe|\\))\\(?['\`]${code}\\b|\\('${code}`).test(here))).toEqual([]);
});
