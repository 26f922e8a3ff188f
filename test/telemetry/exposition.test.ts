import { describe, expect, it } from 'vitest';
import { addRecord, emptyTotals } from '../../src/telemetry/ledger-record.ts';
import { EXPOSITIONS, metricsOf, renderExposition } from '../../src/telemetry/metrics.ts';
import { exampleRecord } from '../support/ledger.ts';

const FAMILIES = metricsOf({ totals: addRecord(emptyTotals(), exampleRecord('a', { ms: 40 })), records: [] }, '0.1.0');

it.each(['prometheus', 'openmetrics'] as const)('%s has each metric under its name of the contract', async (format) => {
  const lines = (await renderExposition(FAMILIES, EXPOSITIONS[format])).split('\n');
  for (const line of [
    'code_guardian_runs_total{hook="pre-commit",verdict="clean"} 1',
    'code_guardian_files_total 2',
    'code_guardian_bypassed_total 0',
    'code_guardian_scan_duration_seconds_bucket{le="0.05"} 1',
    'code_guardian_scan_duration_seconds_count 1',
    'code_guardian_build_info{version="0.1.0"} 1',
  ]) {
    expect(lines).toContain(line);
  }
  expect(lines.join('\n')).not.toContain('_total_total');
});

it('OpenMetrics names families of counters without their suffix, and ends with a mark', async () => {
  const text = await renderExposition(FAMILIES, EXPOSITIONS.openmetrics);
  expect(text).toContain('# TYPE code_guardian_runs counter\n');
  expect(text).toMatch(/\n# EOF\n$/);
  expect(text).not.toContain('\n\n');
});

it('one format after the other changes no name', async () => {
  const before = await renderExposition(FAMILIES);
  await renderExposition(FAMILIES, EXPOSITIONS.openmetrics);
  expect(await renderExposition(FAMILIES)).toBe(before);
});

describe('exemplars', () => {
  const TRACE = '0af7651916cd43dd8448eb211c80319c';
  const records = [
    exampleRecord('slow', { ms: 700, startMs: 30, time: 1_000 }),
    exampleRecord('new', { ms: 40, startMs: 30, time: 3_500, trace: TRACE }),
    exampleRecord('old', { ms: 45, startMs: 26, time: 2_000, trace: TRACE }),
    exampleRecord('off', { verdict: 'bypassed', ms: 0, startMs: 0, time: 9_000 }),
    exampleRecord('x'.repeat(65), { ms: 41, time: 9_000 }),
  ];
  const families = metricsOf({ totals: emptyTotals(), records }, '0.1.0');

  it('name the latest run of each bucket, and its trace', async () => {
    const lines = (await renderExposition(families, EXPOSITIONS.openmetrics)).split('\n').filter((line) => line.includes(' # '));
    expect(lines).toEqual([
      `code_guardian_scan_duration_seconds_bucket{le="0.05"} 3 # {run_id="new",trace_id="${TRACE}"} 0.04 3.5`,
      'code_guardian_scan_duration_seconds_bucket{le="1"} 4 # {run_id="slow"} 0.7 1',
      `code_guardian_startup_duration_seconds_bucket{le="0.05"} 4 # {run_id="new",trace_id="${TRACE}"} 0.03 3.5`,
    ]);
  });

  it('are in no other text', async () => {
    expect(await renderExposition(families)).not.toMatch(/run_id|trace_id/);
  });
});
