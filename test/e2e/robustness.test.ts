import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { addHooks } from '../support/installation.ts';
import { BIN, createFolder, createRepository, preloaded, type TestRepository } from '../support/repository.ts';
import { stripeKey } from '../support/secrets.ts';

const LEAK = `const key = "${stripeKey()}";\n`;

interface Report {
  verdict: string;
  findings: { rule: string; path: string; pathBytes?: string }[];
  skipped: { path: string; reason: string }[];
  errors: { code: string; message: string; path?: string }[];
  coverage: Record<'files' | 'lines' | 'bytes', { expected: number; scanned: number }>;
}

async function scan(repository: TestRepository, ...args: readonly string[]): Promise<{ code: number | null; report: Report }> {
  const { code, stdout } = await repository.guardian(['scan', '--staged', '--format', 'json', ...args]);
  return { code, report: JSON.parse(stdout) as Report };
}

/** A hooked repository with some files staged. */
function staged(files: Record<string, string | Buffer>): TestRepository {
  const repository = addHooks(createRepository());
  for (const [path, content] of Object.entries(files)) repository.write(path, content);
  repository.git('add', '--all');
  return repository;
}

function objectFile({ top, git }: TestRepository, name: string): string {
  const id = git('rev-parse', name).trim();
  return join(top, '.git/objects', id.slice(0, 2), id.slice(2));
}

/** Text that looks like source, of at least so many bytes. */
function sourceText(bytes: number): string {
  const lines: string[] = [];
  for (let size = 0, i = 0; size < bytes; i++) {
    const line = `  const value${i % 977} = request.headers[index + ${i % 31}] ?? options.render(payload);\n`;
    lines.push(line);
    size += line.length;
  }
  return lines.join('');
}

describe('a damaged repository is never called clean', () => {
  it.each<[string, (file: string) => void]>([
    ['missing', (file) => rmSync(file)],
    ['empty', (file) => truncateSync(file, 0)],
    ['truncated', (file) => truncateSync(file, 200)],
  ])('with a blob that is %s', async (_what, damage) => {
    const repository = staged({ 'a.js': sourceText(4000), 'b.js': 'const b = 1;\n' });
    const file = objectFile(repository, ':a.js');
    writeFileSync(join(repository.top, 'a.js'), 'other\n');
    chmodSync(file, 0o644);
    damage(file);
    expect(await scan(repository)).toMatchObject({
      code: 2,
      report: {
        verdict: 'incomplete',
        skipped: [{ path: 'a.js', reason: 'unreadable' }],
        coverage: { files: { expected: 2, scanned: 1 } },
      },
    });
    expect(repository.tryGit(['commit', '--message', 'x']).code).not.toBe(0);
    expect(await scan(repository, '--config', onIncomplete(repository, 'warn'))).toMatchObject({
      code: 0,
      report: { verdict: 'incomplete' },
    });
  });

  it('with an index that is none', async () => {
    const repository = staged({ 'a.js': 'x\n' });
    writeFileSync(join(repository.top, '.git/index'), 'DIRCxxxx');
    expect(await scan(repository)).toMatchObject({ code: 2, report: { verdict: 'incomplete', errors: [{ code: 'GIT_FAILED' }] } });
  });

  it('without git', async () => {
    const repository = staged({ 'a.js': 'x\n' });
    const { code, stdout, stderr } = await repository.guardian(['scan', '--format', 'json'], { env: { PATH: createFolder() } });
    expect(code).toBe(2);
    expect(stderr).toContain('git: command not found');
    expect(JSON.parse(stdout)).toMatchObject({ verdict: 'incomplete', errors: [{ code: 'GIT_FAILED' }] });
  });

  it('with conflicts that are not resolved', async () => {
    const repository = staged({ 'a.js': '1\n' });
    repository.git('commit', '--quiet', '--message', 'one');
    repository.git('checkout', '--quiet', '-b', 'side');
    repository.write('a.js', '2\n');
    repository.git('commit', '--quiet', '--all', '--message', 'two');
    repository.git('checkout', '--quiet', 'main');
    repository.write('a.js', '3\n');
    repository.git('commit', '--quiet', '--all', '--message', 'three');
    expect(repository.tryGit(['merge', 'side']).code).toBe(1);
    expect(await scan(repository)).toMatchObject({
      code: 2,
      report: { verdict: 'incomplete', skipped: [{ path: 'a.js', reason: 'unreadable' }] },
    });
    repository.git('add', 'a.js');
    expect(await scan(repository)).toMatchObject({ code: 1, report: { findings: [{ rule: 'merge-conflict' }] } });
  });
});

function onIncomplete(repository: TestRepository, policy: string): string {
  const file = join(dirname(repository.top), 'policy.json');
  writeFileSync(file, JSON.stringify({ onIncomplete: policy }));
  return file;
}

describe('a config that is broken stops the commit, and is pointed at', () => {
  it.each([
    ['.code-guardianrc.yaml', 'rules:\n  - [oops\n failFast: {', '.code-guardianrc.yaml:3:'],
    ['.code-guardianrc.json', '{ "failFast": tru }', '.code-guardianrc.json:1:15'],
  ])('%s', async (name, text, place) => {
    const repository = staged({ 'a.js': 'x\n', [name]: text });
    expect(await scan(repository)).toMatchObject({
      code: 2,
      report: { verdict: 'incomplete', errors: [{ code: 'CONFIG_INVALID', path: name }] },
    });
    const commit = repository.tryGit(['commit', '--message', 'x']);
    expect(commit.code).not.toBe(0);
    expect(commit.stderr).toContain(place);
  });
});

describe('size', () => {
  /** Peak memory of the node process, in bytes. */
  function peakOf(repository: TestRepository, ...args: readonly string[]): { peak: number; report: Report } {
    const folder = createFolder();
    const probe = join(folder, 'probe.cjs');
    const answer = join(folder, 'peak');
    writeFileSync(
      probe,
      `process.on('exit', () => require('fs').writeFileSync(${JSON.stringify(answer)}, String(process.resourceUsage().maxRSS)));`,
    );
    const { stdout } = repository.spawnGuardian(['scan', '--staged', '--format', 'json', ...args], {
      env: preloaded(probe),
    });
    return { peak: Number(readFileSync(answer, 'utf8')) * 1024, report: JSON.parse(stdout) as Report };
  }
  const LIMIT = 300 * 2 ** 20;

  it('names a file over the limit, and does not read it', async () => {
    const repository = staged({ 'big.txt': sourceText(3e6), 'small.js': LEAK });
    const limit = { env: { CODE_GUARDIAN_PERFORMANCE_MAX_FILE_SIZE: '1MiB' } };
    const { code, stdout } = await repository.guardian(['scan', '--format', 'json'], limit);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ skipped: [{ path: 'big.txt', reason: 'too-large' }], findings: [{ rule: 'stripe-key' }] });
    repository.git('rm', '--quiet', '--cached', 'small.js');
    expect(await repository.guardian(['scan'], limit)).toMatchObject({ code: 2, stdout: expect.stringContaining('too large') });
  });

  it('reads 150 MB of new files, and then a hunk every other line, in bounded memory', async () => {
    const text = sourceText(9e6);
    const files = Object.fromEntries(Array.from({ length: 16 }, (_, i) => [`f${i}.js`, `${text}// ${i}\n`]));
    const repository = staged(files);
    const added = peakOf(repository);
    expect(added.report).toMatchObject({ verdict: 'warned', coverage: { files: { expected: 16, scanned: 16 } } });
    expect(added.peak).toBeLessThan(LIMIT);

    repository.git('commit', '--quiet', '--no-verify', '--message', 'x');
    for (const [path, content] of Object.entries(files)) repository.write(path, content.replace(/^(.*\n)(.*)\n/gm, '$1$2 //\n'));
    repository.git('add', '--all');
    const modified = peakOf(repository);
    const { lines } = modified.report.coverage;
    expect(lines.expected).toBeGreaterThan(700_000);
    expect(lines.scanned).toBe(lines.expected);
    expect(modified.peak).toBeLessThan(LIMIT);
  });

  it('looks at each of 5,000 small files', async () => {
    const repository = staged(
      Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`d${i % 50}/f${i}.js`, `export const a = ${i};\n`])),
    );
    expect(await scan(repository)).toMatchObject({
      code: 0,
      report: { verdict: 'clean', coverage: { files: { expected: 5000, scanned: 5000 } } },
    });
  });
});

describe('a pattern that runs away', () => {
  it.each(['(a+)+$', 'acme_(a|aa)+$'])('%s is stopped and named, once', async (pattern) => {
    const rule = { id: 'acme-key', keywords: ['aaaa'], pattern, severity: 'high', message: 'a key' };
    const repository = staged({
      '.code-guardianrc.json': JSON.stringify({ customRules: [rule], performance: { ruleTimeout: '200ms' } }),
      'a.txt': `acme_${'a'.repeat(20_000)}!\n`,
      'b.txt': `${LEAK}acme_${'a'.repeat(20_000)}!\n`,
    });
    const { code, report } = await scan(repository);
    expect(report.errors).toMatchObject([{ code: 'TIMEOUT', message: expect.stringContaining('acme-key') }]);
    expect(report.findings).toMatchObject([{ rule: 'stripe-key', path: 'b.txt' }]);
    expect(code).toBe(1);
  });

  it('finds each place once where it does not run away', async () => {
    const rule = { id: 'acme-key', keywords: ['acme_'], pattern: 'acme_[a-z0-9]{8}', severity: 'high', message: 'a key' };
    const values = ['q1w8e7r2', 'z9x4c6v3', 'm5n2b8k7'].map((tail) => ['acme', tail].join('_'));
    const repository = staged({ '.code-guardianrc.json': JSON.stringify({ customRules: [rule] }), 'a.txt': `${values.join('\n')}\n` });
    expect((await scan(repository)).report.findings.filter(({ path }) => path === 'a.txt')).toHaveLength(3);
  });
});

describe('interrupted', () => {
  it.each([
    ['SIGINT', 130, '--all'],
    ['SIGTERM', 143, '--staged'],
    ['SIGINT', 130, '.'],
  ] as const)('%s → %i at once, and no half report (%s)', async (signal, expected, target) => {
    const repository = staged(Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`f${i}.js`, sourceText(4e6)])));
    const args = [BIN, 'scan', target, '--format', 'json', '--output', join(dirname(repository.top), 'report.json')];
    const folder = createFolder();
    const git = spawnSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).stdout.trim();
    writeFileSync(join(folder, 'git'), `#!/bin/sh\n: >'${folder}/asked'\nexec '${git}' "$@"\n`, { mode: 0o755 });
    const env = { ...repository.env, PATH: `${folder}:${repository.env['PATH']}` };
    const child = spawn(process.execPath, args, { cwd: repository.top, env });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
    // It has asked git for the files. A signal that was heard only after the scan would leave a report.
    await expect.poll(() => existsSync(join(folder, 'asked')), { timeout: 60_000 }).toBe(true);
    const ended = new Promise((resolve) => child.on('exit', resolve));
    child.kill(signal);
    expect(await ended).toBe(expected);
    expect(said).toBe('');
    expect(readdirSync(dirname(repository.top)).filter((name) => name.startsWith('report'))).toEqual([]);
  });
});

describe('where the report goes', () => {
  it('is quiet when the reader goes away', () => {
    const repository = staged({ 'a.js': LEAK });
    const command = `"${process.execPath}" "${BIN}" rules list --format markdown | head -1`;
    const { stdout, stderr } = spawnSync('sh', ['-c', command], { cwd: repository.top, env: repository.env, encoding: 'utf8' });
    expect(stdout.split('\n')).toHaveLength(2);
    expect(stderr).toBe('');
  });

  it.runIf(existsSync('/dev/full'))('says that the disk is full', () => {
    const repository = staged({ 'a.js': 'x\n' });
    const full = openSync('/dev/full', 'w');
    const write = (args: readonly string[], stdio: ('pipe' | number)[]) =>
      spawnSync(process.execPath, [BIN, ...args], { cwd: repository.top, env: repository.env, encoding: 'utf8', stdio });
    const { status, stderr } = write(['scan'], ['pipe', full, 'pipe']);
    expect(status).toBe(2);
    expect(stderr).toContain('ENOSPC');
    expect(stderr).not.toContain('internal error');
    expect(write(['scan', '--nope'], ['pipe', 'pipe', full]).status).toBe(2);
    closeSync(full);
  });

  it('names a folder that is not there, and leaves nothing', async () => {
    const repository = staged({ 'a.js': 'x\n' });
    const { code, stdout, stderr } = await repository.guardian(['scan', '--format', 'json', '--output', 'nope/report.json']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('Name a file in a folder that exists');
  });

  it('writes one document, also where the log cannot be written', async () => {
    const repository = staged({ 'a.js': 'x\n' });
    const { code, stdout, stderr } = await repository.guardian([
      'scan',
      '--format',
      'json',
      '--log-file',
      join(repository.top, 'nope/log'),
    ]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ verdict: 'clean' });
    expect(stderr).toContain('cannot write the log');
  });
});

describe('kinds of repositories', () => {
  it('blocks in a shallow clone, and in a partial one whose old blobs are out of reach', async () => {
    const origin = staged({ 'a.js': 'one\n' });
    origin.git('commit', '--quiet', '--message', 'one');
    origin.git('config', 'uploadpack.allowFilter', 'true');
    for (const [i, args] of [['--depth=1'], ['--filter=blob:none', '--no-checkout']].entries()) {
      const top = join(dirname(origin.top), `clone${i}`);
      origin.git('-c', 'protocol.file.allow=always', 'clone', '--quiet', ...args, `file://${origin.top}`, top);
      const run = (...words: readonly string[]) => origin.tryGit(['-C', top, ...words]);
      run('reset', '--quiet');
      run('remote', 'set-url', 'origin', 'file:///nowhere');
      const id = origin.tryGit(['-C', top, 'hash-object', '-w', '--stdin'], { input: `one\n${LEAK}` }).stdout.trim();
      run('update-index', '--cacheinfo', `100644,${id},a.js`);
      const { code, stdout } = await origin.guardian(['scan', '--format', 'json'], { cwd: top });
      expect(JSON.parse(stdout)).toMatchObject({ verdict: 'blocked', findings: [{ rule: 'stripe-key' }] });
      expect(code).toBe(1);
    }
  });

  it('finds what a sparse checkout does not show', async () => {
    const repository = staged({ 'x/a.js': '1\n', 'y/b.js': '2\n' });
    repository.git('commit', '--quiet', '--message', 'one');
    repository.git('sparse-checkout', 'set', '--cone', 'x');
    const id = repository.tryGit(['hash-object', '-w', '--stdin'], { input: LEAK }).stdout.trim();
    repository.git('update-index', '--add', '--cacheinfo', `100644,${id},y/b.js`);
    expect(await scan(repository)).toMatchObject({ code: 1, report: { findings: [{ path: 'y/b.js' }] } });
  });

  it('names submodules, and takes what is only intended to be added for nothing', async () => {
    const repository = staged({ 'a.js': '1\n' });
    repository.git('commit', '--quiet', '--message', 'one');
    repository.write('later.js', LEAK);
    repository.git('add', '--intent-to-add', 'later.js');
    repository.git('update-index', '--add', '--cacheinfo', `160000,${repository.git('rev-parse', 'HEAD').trim()},sub`);
    mkdirSync(join(repository.top, 'sub'));
    expect(await scan(repository)).toMatchObject({ code: 0, report: { findings: [], skipped: [{ path: 'sub', reason: 'submodule' }] } });
  });

  it('reports names of every kind', async () => {
    const names = ['new\nline.js', 'quo"te.js', ' lead.js', 'trail ', '--opt.js', 'ü.js', 'tab\t.js', ':(top)x.js', '*.js'];
    const repository = staged(Object.fromEntries(names.map((name) => [name, LEAK])));
    const odd = Buffer.concat([Buffer.from(`${repository.top}/`), Buffer.of(0xff, 0xfe)]);
    writeFileSync(odd, LEAK);
    repository.git('add', '--all');
    const { report } = await scan(repository);
    expect(report.findings.filter(({ pathBytes }) => pathBytes === undefined).map(({ path }) => path)).toEqual(names.toSorted());
    expect(report.findings.filter(({ pathBytes }) => pathBytes !== undefined)).toMatchObject([{ pathBytes: '//4=' }]);
  });
});
