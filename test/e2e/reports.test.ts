import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createFolder, createRepository, openRepository, type Ran, type TestRepository } from '../support/repository.ts';
import { stripeKey } from '../support/secrets.ts';

interface Json {
  readonly [key: string]: unknown;
}

interface Report extends Json {
  readonly run: Json;
  readonly verdict: string;
  readonly findings: readonly { readonly fingerprint: string; readonly path: string }[];
}

const leak = (seed: string): string => `const key = "${stripeKey(seed)}";\n`;

function repositoryWith(files: Readonly<Record<string, string>>): TestRepository {
  const repository = createRepository();
  for (const [path, text] of Object.entries(files)) repository.write(path, text);
  repository.git('add', '--all');
  return repository;
}

/** Scans to a file beside the repository. */
async function scan(repository: TestRepository, name: string, ...args: readonly string[]): Promise<string> {
  const file = join(repository.top, '..', name);
  await repository.guardian(['scan', '--format', 'json', '--output', file, ...(args.length > 0 ? args : ['--all'])]);
  return file;
}

const read = (file: string): Report => JSON.parse(readFileSync(file, 'utf8')) as Report;

/** The same files under another key. */
function cloneOf({ top, env }: TestRepository): TestRepository {
  const copy = join(createFolder(), 'clone');
  cpSync(top, copy, { recursive: true });
  rmSync(join(copy, '.git/code-guardian'), { recursive: true, force: true });
  return openRepository(copy, env);
}

function expectRefused({ code, stdout, stderr }: Ran, said: string): void {
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain(said);
  expect(stderr).toMatch(/^code-guardian: .+\n {2}\S/);
  expect(stderr.trimEnd().split('\n')).toHaveLength(2);
}

describe('merge', () => {
  it('makes one report of shards, and ends as the worst of them', async () => {
    const repository = repositoryWith({ 'a.js': leak('a'), 'b.js': 'console.log(1);\n', 'c.js': '' });
    const a = await scan(repository, 'a.json', 'a.js');
    const b = await scan(repository, 'b.json', 'b.js');
    const c = await scan(repository, 'c.json', 'c.js');
    for (const [files, code, verdict] of [
      [[c], 0, 'clean'],
      [[b, c], 0, 'warned'],
      [[c, b, a], 1, 'blocked'],
    ] as const) {
      const ran = await repository.guardian(['merge', '--format', 'json', ...files]);
      expect([ran.code, ran.stderr]).toEqual([code, '']);
      expect(JSON.parse(ran.stdout)).toMatchObject({
        schema: 'code-guardian.report/1',
        verdict,
        runs: files.map((file) => ({ id: read(file).run['id'], target: 'paths' })),
        coverage: { files: { expected: files.length, scanned: files.length } },
      });
    }
    expect((await repository.guardian(['merge', a, b, c])).stdout).toMatch(
      /blocked: 1 finding \(1 critical\) in 1 of 3 files · 1 warning · 3 runs/,
    );
  });

  it('ends with 2 where one was not whole, and shows what blocks beside it', async () => {
    const repository = repositoryWith({ 'a.js': leak('a'), 'big.txt': 'x'.repeat(5000), 'ok.js': '' });
    const blocked = await scan(repository, 'a.json', 'a.js');
    const clean = await scan(repository, 'ok.json', 'ok.js');
    repository.write('.code-guardianrc.yaml', 'performance: { maxFileSize: 1kB }\n');
    const incomplete = await scan(repository, 'big.json', 'big.txt');
    repository.write('.code-guardianrc.yaml', 'onIncomplete: warn\nperformance: { maxFileSize: 1kB }\n');
    const letThrough = await scan(repository, 'let.json', 'big.txt');
    expect(read(incomplete).verdict).toBe('incomplete');
    expect((await repository.guardian(['merge', incomplete, clean])).code).toBe(2);
    expect((await repository.guardian(['merge', letThrough, clean])).code).toBe(0);
    expect((await repository.guardian(['merge', letThrough, incomplete])).code).toBe(2);
    const both = await repository.guardian(['merge', blocked, incomplete]);
    expect(both.code).toBe(1);
    expect(both.stdout).toContain('big.txt');
    expect(both.stdout).toContain('scanned 1 of 2 files');
  });

  it('reads standard input and a pipe, writes every report that is asked for, and what it wrote', async () => {
    const repository = repositoryWith({ 'a.js': leak('a') });
    const file = await scan(repository, 'a.json');
    const ran = await repository.guardian(['merge', '-', '--format', 'json', '--output', 'merged.json', '--report', 'pretty=merged.txt'], {
      input: readFileSync(file),
    });
    expect(ran).toEqual({ code: 1, stdout: '', stderr: '' });
    expect(readFileSync(join(repository.top, 'merged.txt'), 'utf8')).toContain('blocked: 1 finding');
    expect((await repository.guardian(['merge', 'merged.json', file, '--quiet'])).stdout).toContain(
      'blocked: 1 finding (1 critical) in 1 of 1 file',
    );
    const utf16 = Buffer.concat([Buffer.of(0xff, 0xfe), Buffer.from(readFileSync(file, 'utf8'), 'utf16le')]);
    expect((await repository.guardian(['merge', '-'], { input: utf16 })).code).toBe(1);
  });

  it.each<[what: string, text: string, said: string]>([
    ['broken', '{"schema": "code-gua', 'x.json: not valid JSON'],
    ['of another tool', '{"version": "2.1.0", "runs": []}', 'x.json: this is SARIF'],
    ['of another schema', '{"schema": "code-guardian.report/7"}', 'x.json: its schema is "code-guardian.report/7"'],
    ['empty', '', 'x.json: the file is empty'],
    ['cut short', '{"schema": "code-guardian.report/1"}', 'x.json: tool is missing'],
  ])('refuses a report that is %s', async (_, text, said) => {
    const repository = repositoryWith({ 'a.js': '', 'x.json': text });
    expectRefused(await repository.guardian(['merge', await scan(repository, 'a.json'), 'x.json']), said);
    expectRefused(await repository.guardian(['compare', await scan(repository, 'a.json'), 'x.json']), said);
  });

  it('refuses what is not there, a folder, and standard input twice', async () => {
    const repository = repositoryWith({ 'a.js': '' });
    expectRefused(await repository.guardian(['merge', 'nope.json']), 'nope.json');
    expectRefused(await repository.guardian(['merge', repository.top]), repository.top);
    expectRefused(await repository.guardian(['merge', '-', '-']), '`-` (standard input) can be given only once');
  });

  it('shows no value that a report should not hold, and no control character', async () => {
    const repository = repositoryWith({ 'a.js': leak('a') });
    const file = await scan(repository, 'a.json');
    const evil = `\u001b[2J ${stripeKey('planted')}`;
    const document = read(file);
    const [finding] = document.findings;
    writeFileSync(
      file,
      JSON.stringify({
        ...document,
        findings: [{ ...finding, path: evil, excerpt: evil, secret: evil, message: evil, advice: evil }],
        notices: [evil],
      }),
    );
    for (const args of [['merge'], ['merge', '--format', 'json'], ['merge', '--verbose']]) {
      const { stdout, stderr } = await repository.guardian([...args, file]);
      expect(stdout + stderr).toContain('sk_live_…[32]');
      expect(stdout + stderr).not.toContain(stripeKey('planted'));
      expect(stdout + stderr).not.toContain('\u001b');
    }
  });
});

describe('compare', () => {
  it('tells new, fixed and unchanged, and ends with 1 only where something new blocks', async () => {
    const repository = repositoryWith({ 'a.js': leak('a'), 'b.js': 'console.log(1);\n' });
    const before = await scan(repository, 'before.json');
    repository.write('a.js', `\n\n${leak('a')}`);
    repository.write('b.js', leak('b'));
    repository.git('add', '--all');
    const now = await scan(repository, 'now.json');
    const ran = await repository.guardian(['compare', before, now]);
    expect([ran.code, ran.stderr]).toEqual([1, '']);
    expect(ran.stdout).toContain('b.js:1:14');
    expect(ran.stdout).toContain('✖ 1 new, blocking · 1 fixed · 1 unchanged');
    expect(ran.stdout).not.toContain('a.js');
    expect((await repository.guardian(['compare', now, before])).code).toBe(0);
    expect((await repository.guardian(['compare', now, now])).stdout).toContain('✓ nothing new · 0 fixed · 2 unchanged');
    expect(
      JSON.parse((await repository.guardian(['compare', before, '-', '--format', 'json'], { input: readFileSync(now) })).stdout),
    ).toMatchObject({
      matchedBy: 'fingerprint',
      counts: { new: 1, newBlocking: 1, fixed: 1, unchanged: 1 },
      unchanged: [{ path: 'a.js', line: 3, before: { line: 1 } }],
    });
    expect(await repository.guardian(['compare', before, now, '--output', 'c.txt'])).toEqual({ code: 1, stdout: '', stderr: '' });
  });

  it('sees that a value was replaced by another of the same form', async () => {
    const repository = repositoryWith({ 'a.js': leak('a') });
    const before = await scan(repository, 'before.json');
    repository.write('a.js', leak('another'));
    repository.git('add', '--all');
    expect(await repository.guardian(['compare', before, await scan(repository, 'now.json')])).toMatchObject({ code: 1 });
  });

  it('of two clones goes by place, and says so; with a baseline that is committed by fingerprint', async () => {
    const repository = repositoryWith({ 'a.js': leak('a') });
    const clone = cloneOf(repository);
    const [a, b] = [await scan(repository, 'a.json'), await scan(clone, 'b.json')];
    expect(read(a).findings[0]!.fingerprint).not.toBe(read(b).findings[0]!.fingerprint);
    const ran = await repository.guardian(['compare', a, b]);
    expect(ran.code).toBe(0);
    expect(ran.stdout).toContain('different fingerprint keys');
    expect(ran.stdout).toContain('✓ nothing new · 0 fixed · 1 unchanged');

    expect((await repository.guardian(['baseline', 'create'])).code).toBe(0);
    for (const file of [a, b]) rmSync(file);
    repository.write('c.js', leak('c'));
    repository.git('add', '--all');
    const again = cloneOf(repository);
    const { stdout } = await repository.guardian([
      'compare',
      await scan(repository, 'a.json'),
      await scan(again, 'b.json'),
      '--format',
      'json',
    ]);
    expect(JSON.parse(stdout)).toMatchObject({ matchedBy: 'fingerprint', counts: { new: 0, unchanged: 1 } });
  });
});

describe('explain', () => {
  const fingerprintIn = (file: string): string => read(file).findings[0]!.fingerprint;

  it('tells all of a finding that is staged, by the beginning of its fingerprint', async () => {
    const repository = repositoryWith({ 'src/a.py': `key = "${stripeKey()}"\n` });
    const fingerprint = fingerprintIn(await scan(repository, 'a.json', '--staged'));
    const { code, stdout, stderr } = await repository.guardian(['explain', fingerprint.slice(0, 8)]);
    expect([code, stderr]).toEqual([0, '']);
    for (const said of [
      'Stripe secret key · stripe-key · critical',
      fingerprint,
      'src/a.py:1:8  staged',
      'key = "sk_live_…[32]"',
      'Why: ',
      'Fix: ',
      'See: https://',
      'Confidence: high',
      'Policy: blocks',
      '`failOn: high` (defaults): severity critical is at or above it',
      'revoke it now',
      '    # code-guardian:ignore stripe-key -- ',
      '    code-guardian baseline update --reason ',
      '    overrides: [{ files: ["/src/a.py"], rules: { stripe-key: off } }]',
    ]) {
      expect(stdout).toContain(said);
    }
    expect(stdout).not.toContain(stripeKey());
    expect((await repository.guardian(['explain', fingerprint.toUpperCase()])).code).toBe(0);
  });

  it('names the layer that decided', async () => {
    const repository = repositoryWith({ '.code-guardianrc.yaml': 'overrides: [{ files: ["*.js"], rules: { stripe-key: warn } }]\n' });
    repository.git('commit', '--quiet', '--message', 'x');
    repository.write('a.js', leak('a'));
    repository.git('add', '--all');
    const { stdout } = await repository.guardian(['explain', fingerprintIn(await scan(repository, 'a.json')), '--format', 'json']);
    expect(JSON.parse(stdout)).toMatchObject({
      schema: 'code-guardian.explanation/1',
      sightings: [{ source: 'staged', path: 'a.js', outcome: 'warn' }],
      rule: { id: 'stripe-key' },
      policy: { outcome: 'warn', grounds: [{ says: 'overrides (*.js): stripe-key: warn', origin: 'repository:.code-guardianrc.yaml' }] },
      baseline: null,
      incident: 'docs/incident.md',
    });
  });

  it('says by which policy, where the commit weakens it', async () => {
    const repository = repositoryWith({ 'a.js': leak('a'), '.code-guardianrc.yaml': 'rules: { stripe-key: warn }\n' });
    const { stdout } = await repository.guardian(['explain', fingerprintIn(await scan(repository, 'a.json'))]);
    expect(stdout).toContain('Policy: blocks');
    expect(stdout).toContain('the change weakens the policy');
  });

  it('finds what is committed, what is accepted, and what the baseline alone knows', async () => {
    const repository = repositoryWith({ 'a.js': leak('a') });
    const fingerprint = fingerprintIn(await scan(repository, 'a.json'));
    repository.git('commit', '--quiet', '--message', 'x');
    expect((await repository.guardian(['explain', fingerprint])).stdout).toContain('a.js:1:14  tracked files');

    await repository.guardian(['baseline', 'create', '--reason', 'the sandbox', '--expires', '2099-01-31']);
    const accepted = (await repository.guardian(['explain', fingerprint])).stdout.replace(/\s+/g, ' ');
    expect(accepted).toContain('Policy: accepted by the baseline (the sandbox); otherwise it blocks');
    expect(accepted).toContain('Baseline: .code-guardian-baseline.json: accepted until 2099-01-31; reason: the sandbox');
    expect(accepted).not.toContain('Meant to be there?');

    repository.git('rm', '--quiet', '--force', 'a.js');
    const gone = await repository.guardian(['explain', fingerprint]);
    expect(gone.code).toBe(0);
    expect(gone.stdout).toContain('it is no longer in the tracked files');
    expect(gone.stdout.replace(/\s+/g, ' ')).toContain('reason: the sandbox');
  });

  it('looks into a report, also outside of a repository', async () => {
    const repository = repositoryWith({ 'a.js': leak('a') });
    const file = await scan(repository, 'a.json');
    const cwd = createFolder();
    const { code, stdout } = await repository.guardian(['explain', fingerprintIn(file), '--in', file], { cwd });
    expect(code).toBe(0);
    expect(stdout).toContain('Stripe secret key');
    expectRefused(await repository.guardian(['explain', fingerprintIn(file)], { cwd }), 'not a git repository');
    expectRefused(await repository.guardian(['explain', fingerprintIn(file), '--in', 'nope.json'], { cwd }), 'nope.json');
  });

  it('lists those that a beginning fits, and says where it looked for what is nowhere', async () => {
    const repository = repositoryWith({ 'a.js': `${leak('a')}${leak('b')}` });
    const file = await scan(repository, 'a.json');
    const document = read(file);
    const findings = document.findings.map((finding, i) => ({ ...finding, fingerprint: `12345678${String(i).repeat(24)}` }));
    writeFileSync(file, JSON.stringify({ ...document, findings }));
    const many = await repository.guardian(['explain', '12345678', '--in', file]);
    expect(many.code).toBe(2);
    expect(many.stderr).toMatch(/2 findings match 12345678:\n {2}123456780{24} {2}stripe-key {2}a\.js:1\n {2}123456781{24}/);
    expect((await repository.guardian(['explain', '123456780', '--in', file])).code).toBe(0);
    expectRefused(await repository.guardian(['explain', '0123456789', '--in', file]), `searched: ${file}, staged, tracked files`);
    expectRefused(await repository.guardian(['explain', '0123']), 'at least its first 8 characters');
  });
});
