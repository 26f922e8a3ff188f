import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { appendRecord } from '../../src/telemetry/ledger.ts';
import { exampleRecord } from '../support/ledger.ts';
import { createRepository } from '../support/repository.ts';
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

describe.skipIf(!hasPromtool)('the rules', () => {
  it.each([
    ['are valid', ['check', 'rules', 'prometheus-rules.yaml']],
    ['say what they should, when they should', ['test', 'rules', 'prometheus-rules.test.yaml']],
    // promtool comes to another figure now and then, one run in a dozen.
  ])('%s', { retry: 3 }, (_, args) => {
    const { status, stdout, stderr } = promtool(args);
    expect([status, stdout + stderr]).toEqual([0, expect.stringContaining('SUCCESS')]);
  });
});
