import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { addHooks } from '../support/installation.ts';
import { startReceiver, type OtlpReceiver } from '../support/otlp-receiver.ts';
import { BIN, createFolder, createRepository, openRepository, type TestRepository } from '../support/repository.ts';
import { letters, stripeKey } from '../support/secrets.ts';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const PARENT = 'b7ad6b7169203331';
const SOON = { timeout: 15_000, interval: 50 };

/** An installed repository that sends to a receiver, within a trace. */
function publishing(env: Readonly<Record<string, string>>): TestRepository {
  const repository = addHooks(createRepository());
  return openRepository(repository.top, { ...repository.env, TRACEPARENT: `00-${TRACE}-${PARENT}-01`, ...env });
}

/** `git commit` does not wait for what a hook left running, and neither does this. */
function commit(repository: TestRepository, content = 'one\n') {
  repository.write('a.js', content);
  repository.git('add', '--all');
  return repository.tryGit(['commit', '--quiet', '--message', 'x']);
}

function leftIn(repository: TestRepository): string[] {
  return readdirSync(join(repository.top, '.git/code-guardian')).filter((name) => name.startsWith('outbox'));
}

/** Every string and number under a key, anywhere in what came. */
function valuesOf(received: OtlpReceiver['received'], key: string): unknown[] {
  const found: unknown[] = [];
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [name, inner] of Object.entries(value)) {
      if (name === key) found.push(inner);
      visit(inner);
    }
  };
  received.forEach(({ body }) => visit(body));
  return found;
}

describe('a receiver of OTLP', () => {
  it('gets spans, a line of the log and the metrics of a real commit, in the trace that it is part of', async () => {
    const receiver = await startReceiver();
    const log = join(createFolder(), 'log.jsonl');
    const repository = publishing({
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer%20abc',
      CODE_GUARDIAN_LOGGING_FILE: log,
      CODE_GUARDIAN_LOGGING_FORMAT: 'json',
    });
    expect(commit(repository)).toMatchObject({ code: 0 });
    await vi.waitFor(
      () => expect(receiver.received.map(({ path }) => path).toSorted()).toEqual(['/v1/logs', '/v1/metrics', '/v1/traces']),
      SOON,
    );

    expect(receiver.received.every(({ headers }) => headers.authorization === 'Bearer abc')).toBe(true);
    expect(new Set(valuesOf(receiver.received, 'traceId'))).toEqual(new Set([TRACE]));
    const spans = valuesOf(receiver.received, 'spans').flat() as { name: string; spanId: string; parentSpanId: string }[];
    expect(spans.map(({ name }) => name)).toEqual(['code-guardian pre-commit', 'acquire', 'configure', 'parse', 'scan', 'judge', 'report']);
    expect(spans[0]!.parentSpanId).toBe(PARENT);
    expect(new Set(spans.slice(1).map(({ parentSpanId }) => parentSpanId))).toEqual(new Set([spans[0]!.spanId]));
    const line = JSON.parse(readFileSync(log, 'utf8').split('\n')[0]!) as Record<string, string>;
    expect(line).toMatchObject({ trace_id: TRACE, span_id: spans[0]!.spanId });
    const ledger = JSON.parse(readFileSync(join(repository.top, '.git/code-guardian/ledger.jsonl'), 'utf8').trim()) as { run: string };
    expect(line['run_id']).toBe(ledger.run);
    expect(JSON.stringify(receiver.received)).toContain(ledger.run);
    expect(valuesOf(receiver.received, 'name')).toContain('code_guardian.scan.duration');
    await vi.waitFor(() => expect(leftIn(repository)).toEqual([]), SOON);
  });

  it('never gets a value, a path, or a name of a branch', async () => {
    const receiver = await startReceiver();
    const repository = publishing({ OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url });
    const key = stripeKey();
    repository.git('symbolic-ref', 'HEAD', 'refs/heads/very-private-branch');
    expect(commit(repository, `const key = "${key}";\n`)).toMatchObject({ code: 1 });
    await vi.waitFor(() => expect(receiver.received).toHaveLength(3), SOON);
    const all = JSON.stringify(receiver.received);
    expect(all).toContain('stripe-key');
    for (const secret of [key, 'a.js', 'very-private-branch', repository.top]) expect(all).not.toContain(secret);
  });

  it('that is not there, or does not answer, holds up no commit, and the run is kept', async () => {
    const silent = await startReceiver({ answers: false });
    for (const url of ['http://127.0.0.1:9', silent.url]) {
      const repository = publishing({ OTEL_EXPORTER_OTLP_ENDPOINT: url, OTEL_EXPORTER_OTLP_TIMEOUT: '1000' });
      const ran = commit(repository);
      expect([ran.code, ran.stderr]).toEqual([0, expect.stringContaining('clean')]);
      await vi.waitFor(() => expect(leftIn(repository)[0]).toMatch(/^outbox\.\d+-0\.jsonl$/), SOON);
    }
  });

  it('is not what the config of a repository says, and nothing is sent by default', async () => {
    const receiver = await startReceiver();
    const repository = publishing({});
    expect(commit(repository)).toMatchObject({ code: 0 });
    repository.write('.code-guardianrc.json', JSON.stringify({ monitoring: { otlp: receiver.url } }));
    expect(commit(repository, 'two\n')).toMatchObject({ code: 0 });
    expect(leftIn(repository)).toEqual([]);
    const own = openRepository(repository.top, { ...repository.env, CODE_GUARDIAN_MONITORING_OTLP: receiver.url });
    expect(commit(own, 'three\n')).toMatchObject({ code: 0 });
    await vi.waitFor(() => expect(receiver.received).toHaveLength(3), SOON);
    expect(valuesOf(receiver.received, 'spans').flat()).toHaveLength(7);
  });

  it('gets runs by hand too', async () => {
    const receiver = await startReceiver();
    const repository = publishing({ OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url });
    expect(await repository.guardian(['scan', '--all'])).toMatchObject({ code: 0 });
    await vi.waitFor(() => expect(receiver.received).toHaveLength(3), SOON);
    expect(JSON.stringify(receiver.received)).toContain('code-guardian scan');
  });
});

describe('headers with secrets', () => {
  const TOKEN = letters(40, 'otlp');

  /** A repository of somebody whose own config says where the token is. */
  function withHeaders(url: string, headers: Readonly<Record<string, string>>, env: Readonly<Record<string, string>> = {}): TestRepository {
    const repository = publishing({ ...env });
    const folder = join(repository.env['XDG_CONFIG_HOME']!, 'code-guardian');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'config.json'), JSON.stringify({ monitoring: { otlp: url, otlpHeaders: headers } }));
    return repository;
  }
  function tokenFile(mode = 0o600): string {
    const file = join(createFolder(), 'token');
    writeFileSync(file, `Bearer ${TOKEN}\n`);
    chmodSync(file, mode);
    return file;
  }
  /** Runs that could not be sent are taken by the next process after a minute; here at once. */
  function publishAgain({ top, env }: TestRepository, more: NodeJS.ProcessEnv = {}): Promise<{ code: number | null; stderr: string }> {
    const folder = join(top, '.git/code-guardian');
    for (const name of readdirSync(folder)) if (name.startsWith('outbox')) renameSync(join(folder, name), join(folder, 'outbox.jsonl'));
    // The receiver has to answer meanwhile.
    const child = spawn(process.execPath, [BIN, 'publish', '.git'], { cwd: top, env: { ...env, ...more } });
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    return new Promise((resolve) => child.once('close', (code) => resolve({ code, stderr })));
  }

  it('come from files and variables, stand over those of OpenTelemetry, and are left nowhere', async () => {
    const receiver = await startReceiver();
    const references = { Authorization: `file:${tokenFile()}`, 'x-tenant': 'env:TENANT' };
    const repository = withHeaders(receiver.url, references, {
      TENANT: TOKEN,
      OTEL_EXPORTER_OTLP_HEADERS: 'x-other=1,x-tenant=2',
      CODE_GUARDIAN_LOGGING_FILE: join(createFolder(), 'log.jsonl'),
      CODE_GUARDIAN_LOGGING_LEVEL: 'trace',
    });
    const ran = commit(repository);
    expect(ran).toMatchObject({ code: 0 });
    await vi.waitFor(() => expect(receiver.received).toHaveLength(3), SOON);
    for (const { headers } of receiver.received) {
      expect(headers).toMatchObject({ authorization: `Bearer ${TOKEN}`, 'x-tenant': TOKEN, 'x-other': '1' });
    }
    await vi.waitFor(() => expect(leftIn(repository)).toEqual([]), SOON);
    const shown = [
      await repository.guardian(['config', 'show']),
      await repository.guardian(['config', 'show', '--format', 'json', '--origins']),
      await repository.guardian(['config', 'check']),
    ];
    expect(shown.map(({ code }) => code)).toEqual([0, 0, 0]);
    expect(shown[0]!.stdout).toContain('x-tenant: env:TENANT');
    expect(shown[2]).toMatchObject({
      stdout: expect.stringContaining('monitoring.otlpHeaders.x-tenant: env:TENANT has a value\n'),
      stderr: '',
    });
    const folder = join(repository.top, '.git/code-guardian');
    const kept = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
    const everything = JSON.stringify([ran, shown, kept, readFileSync(repository.env['CODE_GUARDIAN_LOGGING_FILE']!, 'utf8')]);
    expect(everything).not.toContain(TOKEN);
  });

  it('lie as references in the outbox, and what one does not lead to is told when it is published', async () => {
    const receiver = await startReceiver();
    const repository = withHeaders(receiver.url, { authorization: 'env:TOKEN' });
    expect(commit(repository)).toMatchObject({ code: 0 });
    await vi.waitFor(() => expect(leftIn(repository)[0]).toMatch(/^outbox\.\d+-0\.jsonl$/), SOON);
    const left = readFileSync(join(repository.top, '.git/code-guardian', leftIn(repository)[0]!), 'utf8');
    expect(JSON.parse(left)).toMatchObject({ otlpHeaders: { authorization: 'env:TOKEN' } });
    expect(await publishAgain(repository)).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^code-guardian: cannot publish runs: env:TOKEN is not set\n  .*monitoring/),
    });
    expect(await repository.guardian(['config', 'check'])).toMatchObject({
      code: 0,
      stderr: 'warning: monitoring.otlpHeaders.authorization: env:TOKEN is not set\n',
    });
    expect(receiver.received).toEqual([]);
    expect(await publishAgain(repository, { TOKEN: `Bearer ${TOKEN}` })).toMatchObject({ code: 0, stderr: '' });
    expect(receiver.received.map(({ headers }) => headers.authorization)).toEqual(Array.from({ length: 3 }, () => `Bearer ${TOKEN}`));
  });

  it('in a file that everybody can read are sent, with a warning', async () => {
    const receiver = await startReceiver();
    const file = tokenFile(0o644);
    const repository = withHeaders(receiver.url, { authorization: `file:${file}` });
    const warning = `every user of this machine can read the secret in ${file}: run chmod 600 on it\n`;
    expect(await repository.guardian(['config', 'check'])).toMatchObject({
      code: 0,
      stderr: `warning: monitoring.otlpHeaders.authorization: ${warning}`,
    });
    rmSync(file);
    expect(commit(repository)).toMatchObject({ code: 0 });
    await vi.waitFor(() => expect(leftIn(repository)[0]).toMatch(/^outbox\.\d+-0\.jsonl$/), SOON);
    expect(await publishAgain(repository)).toMatchObject({ code: 2, stderr: expect.stringContaining('ENOENT') });
    writeFileSync(file, TOKEN, { mode: 0o644 });
    expect(await publishAgain(repository)).toMatchObject({ code: 0, stderr: `warning: ${warning}` });
    expect(receiver.received).toHaveLength(3);
  });

  it('are not what the config of a repository says', async () => {
    const receiver = await startReceiver();
    const repository = publishing({ CODE_GUARDIAN_MONITORING_OTLP: receiver.url });
    const monitoring = { otlpHeaders: { 'x-stolen': `file:${tokenFile()}` } };
    repository.write('.code-guardianrc.json', JSON.stringify({ monitoring, environments: { development: { monitoring } } }));
    expect(commit(repository)).toMatchObject({ code: 0 });
    await vi.waitFor(() => expect(receiver.received).toHaveLength(3), SOON);
    expect(receiver.received.map(({ headers }) => headers['x-stolen'])).toEqual([undefined, undefined, undefined]);
    expect((await repository.guardian(['config', 'check'])).stderr).toContain('.code-guardianrc.json cannot set monitoring.otlpHeaders');
  });

  it('are refused where the secret itself stands, and it is not shown', async () => {
    const repository = publishing({});
    for (const env of [
      { CODE_GUARDIAN_MONITORING_OTLP_HEADERS: `{"authorization":"Bearer ${TOKEN}"}` },
      { CODE_GUARDIAN_MONITORING_OTLP_HEADERS: 'x-a=hunter2' },
    ]) {
      const { code, stdout, stderr } = await repository.guardian(['config', 'check'], { env });
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toMatch(/CODE_GUARDIAN_MONITORING_OTLP_HEADERS.*env:NAME/);
      expect(stderr).not.toMatch(new RegExp(`hunter2|${TOKEN}`));
    }
  });

  it('are hidden where a receiver repeats them', async () => {
    const receiver = await startReceiver({ repeats: 'authorization' });
    const repository = withHeaders(receiver.url, { authorization: 'env:TOKEN' });
    const env = { TOKEN: `Bearer ${TOKEN}`, CODE_GUARDIAN_LOGGING_LEVEL: 'trace' };
    expect(commit(repository)).toMatchObject({ code: 0 });
    await vi.waitFor(() => expect(leftIn(repository)[0]).toMatch(/^outbox\.\d+-0\.jsonl$/), SOON);
    const { code, stderr } = await publishAgain(repository, env);
    expect([code, stderr]).toEqual([2, expect.stringContaining('cannot publish runs: no …')]);
    expect(stderr).not.toContain(TOKEN);
  });
});

describe('a textfile', () => {
  it('holds the metrics after each commit', async () => {
    const file = join(createFolder(), 'guardian.prom');
    const repository = publishing({ CODE_GUARDIAN_MONITORING_TEXTFILE: file });
    for (const [i, content] of ['one\n', 'two\n'].entries()) {
      expect(commit(repository, content)).toMatchObject({ code: 0 });
      const line = `code_guardian_runs_total{hook="pre-commit",verdict="clean"} ${i + 1}`;
      await vi.waitFor(() => expect(existsSync(file) && readFileSync(file, 'utf8')).toContain(line), SOON);
    }
  });

  it('that holds something else stays as it is', async () => {
    const file = join(createFolder(), 'precious');
    writeFileSync(file, 'precious\n');
    const repository = publishing({ CODE_GUARDIAN_MONITORING_TEXTFILE: file });
    expect(commit(repository)).toMatchObject({ code: 0 });
    await vi.waitFor(() => expect(leftIn(repository)[0]).toMatch(/^outbox\.\d+-0\.jsonl$/), SOON);
    const ran = await repository.guardian(['publish', '.git']);
    expect(ran).toMatchObject({ code: 0 });
    expect(readFileSync(file, 'utf8')).toBe('precious\n');
  });
});

describe('metrics --format otlp', () => {
  it('prints what would be sent', async () => {
    const repository = publishing({});
    expect(commit(repository)).toMatchObject({ code: 0 });
    const { stdout, code } = await repository.guardian(['metrics', '--format', 'otlp']);
    expect(code).toBe(0);
    expect(JSON.stringify(JSON.parse(stdout))).toContain('"code_guardian.runs"');
  });
});
