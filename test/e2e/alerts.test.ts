import { spawn, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { appendRecord, readLedger } from '../../src/telemetry/ledger.ts';
import { addHooks } from '../support/installation.ts';
import { exampleRecord } from '../support/ledger.ts';
import { createFolder, createRepository } from '../support/repository.ts';
import { ask, startService } from '../support/service.ts';

const read = (name: string): string => readFileSync(new URL(`../../docs/alerts/${name}`, import.meta.url), 'utf8');
const promtool = (args: readonly string[], input = '') =>
  spawnSync('promtool', args, { cwd: fileURLToPath(new URL('../../docs/alerts', import.meta.url)), input, encoding: 'utf8' });
/** Of Debian's package `prometheus`. */
const hasPromtool = promtool(['--version']).status === 0;

describe('what a service exposes', () => {
  it.each(['prometheus-rules.yaml', 'grafana-dashboard.json'])('has every metric that %s asks for', async (name) => {
    const repository = createRepository();
    const some = { suppressed: { inline: 1 }, skipped: { binary: 1 }, errors: { TIMEOUT: 1 }, left: { debugger: 1 } };
    appendRecord(`${repository.top}/.git`, exampleRecord('a', { findings: { 'debugger|high|block': 1 }, ...some }));
    const exposed = (await ask(await startService(repository), '/metrics')).body;
    const asked = new Set(read(name).match(/(?<![:\w])code_guardian_[a-z_]+\b(?!:)/g));
    expect(asked.size).toBeGreaterThan(5);
    expect([...asked].filter((metric) => !exposed.includes(`\n${metric}{`) && !exposed.includes(`\n${metric} `))).toEqual([]);
  });

  it.skipIf(!hasPromtool)('is as Prometheus wants it', async () => {
    const repository = createRepository();
    appendRecord(`${repository.top}/.git`, exampleRecord('a'));
    const { body } = await ask(await startService(repository), '/metrics');
    expect(promtool(['check', 'metrics'], body)).toMatchObject({ status: 0, stdout: '', stderr: '' });
  });
});

/** A port that nobody has right now. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A Prometheus of its own that scrapes a service every second; gives back how to ask it. */
async function startPrometheus(target: string): Promise<(path: string) => Promise<unknown>> {
  const folder = createFolder();
  const port = await freePort();
  writeFileSync(
    join(folder, 'prometheus.yml'),
    `scrape_configs: [{ job_name: code-guardian, scrape_interval: 1s, static_configs: [{ targets: ['${target}'] }] }]\n`,
  );
  const args = [`--config.file=${folder}/prometheus.yml`, `--storage.tsdb.path=${folder}/data`, `--web.listen-address=127.0.0.1:${port}`];
  const child = spawn('prometheus', [...args, '--enable-feature=exemplar-storage', '--log.level=error'], { stdio: 'ignore' });
  const ended = new Promise((resolve) => child.once('close', resolve));
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  return async (path) => ((await (await fetch(`http://127.0.0.1:${port}/api/v1/${path}`)).json()) as { data: unknown }).data;
}

it.skipIf(!hasPromtool)('a Prometheus that scrapes the service is led from a bucket to the run', { timeout: 40_000 }, async () => {
  const repository = createRepository();
  const trace = '0af7651916cd43dd8448eb211c80319c';
  addHooks(repository);
  repository.write('a.js', 'one\n');
  repository.git('add', 'a.js');
  const { code } = repository.tryGit(['commit', '--quiet', '--message', 'x'], { env: { TRACEPARENT: `00-${trace}-b7ad6b7169203331-01` } });
  expect(code).toBe(0);
  const { run } = readLedger(join(repository.top, '.git')).records.at(-1)!;

  const query = await startPrometheus((await startService(repository)).url.replace('http://', ''));
  for (const metric of ['scan', 'startup'].map((part) => `code_guardian_${part}_duration_seconds_bucket`)) {
    await vi.waitFor(
      async () => {
        const now = Date.now() / 1000;
        const found = await query(`query_exemplars?query=${metric}&start=${now - 600}&end=${now + 60}`);
        expect(found).toMatchObject([{ seriesLabels: { __name__: metric }, exemplars: [{ labels: { run_id: run, trace_id: trace } }] }]);
      },
      { timeout: 20_000, interval: 300 },
    );
  }
  expect(await query('query?query=up')).toMatchObject({ result: [{ value: [expect.any(Number), '1'] }] });
});

describe.skipIf(!hasPromtool)('the rules', () => {
  it.each([
    ['are valid', ['check', 'rules', 'prometheus-rules.yaml']],
    ['say what they should, when they should', ['test', 'rules', 'prometheus-rules.test.yaml']],
  ])('%s', (_, args) => {
    const { status, stdout, stderr } = promtool(args);
    expect([status, stdout + stderr]).toEqual([0, expect.stringContaining('SUCCESS')]);
  });
});
