import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { startReceiver, type OtlpReceiver } from '../support/otlp-receiver.ts';
import { createFolder, createRepository, openRepository, type TestRepository } from '../support/repository.ts';
import { stripeKey } from '../support/secrets.ts';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const PARENT = 'b7ad6b7169203331';
const SOON = { timeout: 15_000, interval: 50 };

/** An installed repository that sends to a receiver, within a trace. */
function publishing(env: Readonly<Record<string, string>>): TestRepository {
  const repository = createRepository();
  expect(repository.guardian(['install'])).toMatchObject({ code: 0 });
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
    expect(repository.guardian(['scan', '--all'])).toMatchObject({ code: 0 });
    await vi.waitFor(() => expect(receiver.received).toHaveLength(3), SOON);
    expect(JSON.stringify(receiver.received)).toContain('code-guardian scan');
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
    const ran = repository.guardian(['publish', '.git']);
    expect(ran).toMatchObject({ code: 0 });
    expect(readFileSync(file, 'utf8')).toBe('precious\n');
  });
});

describe('metrics --format otlp', () => {
  it('prints what would be sent', () => {
    const repository = publishing({});
    expect(commit(repository)).toMatchObject({ code: 0 });
    const { stdout, code } = repository.guardian(['metrics', '--format', 'otlp']);
    expect(code).toBe(0);
    expect(JSON.stringify(JSON.parse(stdout))).toContain('"code_guardian.runs"');
  });
});
