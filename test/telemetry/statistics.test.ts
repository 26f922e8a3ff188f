import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { BaselineEntry, Label } from '../../src/findings/baseline.ts';
import { countLabels } from '../../src/findings/count-labels.ts';
import { addRecord, emptyTotals, recordOf } from '../../src/telemetry/ledger-record.ts';
import { appendRecord, readLedger } from '../../src/telemetry/ledger.ts';
import { statisticsOf } from '../../src/telemetry/statistics.ts';
import { exampleReport, logFinding, secretFinding } from '../report/example-report.ts';
import { exampleRecord } from '../support/ledger.ts';

const NOW = new Date('2026-02-01');
const folder = mkdtempSync(join(tmpdir(), 'code-guardian-statistics-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const entries = (rule: string, ...labels: readonly (Label | undefined)[]): BaselineEntry[] =>
  labels.map((label, i) => ({ fingerprint: `${rule}${i}`, rule, path: 'a.js', ...(label === undefined ? {} : { label }) }));

describe('rules in the statistics', () => {
  const records = [
    exampleRecord('a', { findings: { 'quiet|high|block': 9, 'quiet|low|warn': 1, 'excused|high|warn': 2 } }),
    exampleRecord('b', {
      suppressed: { inline: 3, baseline: 2, placeholder: 40 },
      suppressedRules: { 'excused|inline': 3, 'wrong|baseline': 1, 'excused|baseline': 1, 'example|placeholder': 40 },
    }),
  ];
  const labels = countLabels([...entries('wrong', 'false', 'false', 'real', 'ignored', undefined), ...entries('silent', undefined)]);
  const { rules } = statisticsOf({ totals: emptyTotals(), records }, NOW, labels);

  it('come in the order of the noise they make', () => {
    expect(rules.map(({ rule }) => rule)).toEqual(['wrong', 'excused', 'quiet', 'example']);
  });

  it('have what was found, let pass and said', () => {
    expect(rules[0]).toEqual({
      rule: 'wrong',
      found: 0,
      blocked: 0,
      suppressed: { inline: 0, baseline: 1, config: 0, placeholder: 0 },
      labels: { real: 1, ignored: 1, false: 2 },
      falseShare: 0.5,
    });
    expect(rules[1]).toMatchObject({ found: 2, blocked: 0, suppressed: { inline: 3, baseline: 1 }, falseShare: null });
    expect(rules[2]).toMatchObject({ found: 10, blocked: 9 });
  });

  it('are no members that every object has', () => {
    const { rules } = statisticsOf({ totals: emptyTotals(), records }, NOW, countLabels(entries('constructor', 'real')));
    expect(rules.find(({ rule }) => rule === 'constructor')).toMatchObject({ found: 0, blocked: 0, labels: { real: 1 } });
  });

  it('are there without labels', () => {
    expect(statisticsOf({ totals: emptyTotals(), records: [] }, NOW).rules).toEqual([]);
  });
});

describe('what was suppressed, by rule', () => {
  it('is recorded, and costs a run without it nothing', () => {
    const suppressed = [
      { ...secretFinding(), by: 'inline' as const },
      { ...secretFinding(), by: 'inline' as const },
      { ...logFinding(), by: 'baseline' as const },
    ];
    expect(recordOf(exampleReport({ suppressed }), 20, 'a')).toMatchObject({
      suppressed: { inline: 2, baseline: 1 },
      suppressedRules: { 'stripe-secret-key|inline': 2, 'console-log|baseline': 1 },
    });
    expect(recordOf(exampleReport({ suppressed: [] }), 20, 'a')).not.toHaveProperty('suppressedRules');
  });

  it('is summed up with records and totals of older releases', () => {
    const commonDir = mkdtempSync(join(folder, 'git-'));
    appendRecord(commonDir, exampleRecord('a', { suppressed: { inline: 1 } }));
    const { suppressedRules: _, ...older } = addRecord(emptyTotals(), exampleRecord('b', { suppressed: { inline: 2 } }));
    writeFileSync(join(commonDir, 'code-guardian/ledger-totals.json'), JSON.stringify(older));
    const newer = exampleRecord('c', { suppressed: { inline: 1 }, suppressedRules: { 'debugger|inline': 1 } });
    for (let i = 0; i < 60; i++) appendRecord(commonDir, newer, 4000);
    const { totals, records } = readLedger(commonDir);
    expect(records.length).toBeLessThan(60);
    expect(records.reduce(addRecord, totals)).toMatchObject({ suppressed: { inline: 63 }, suppressedRules: { 'debugger|inline': 60 } });
  });
});
