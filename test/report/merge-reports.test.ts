import { describe, expect, it } from 'vitest';
import type { Verdict } from '../../src/policy/judge.ts';
import { mergeReports } from '../../src/report/merge-reports.ts';
import { parseReport } from '../../src/report/parse-report.ts';
import { renderPretty } from '../../src/report/formats/pretty.ts';
import type { ScanReport } from '../../src/report/scan-report.ts';
import { exampleReport, exampleView, logFinding, renderJson, secretFinding, suppressedFinding } from './example-report.ts';

let made = 0;

/** A report of a run of its own. */
function shard(changes: Partial<ScanReport> = {}, run: Partial<ScanReport['run']> = {}): ScanReport {
  return exampleReport({ ...changes, run: { ...exampleReport().run, id: `run-${++made}`, ...run } });
}

const merge = (...reports: readonly ScanReport[]): ScanReport => mergeReports(reports, { version: '9.9.9', id: 'merged' });
const GAP = {
  files: { expected: 3, scanned: 2 },
  hunks: { expected: 4, scanned: 4 },
  lines: { expected: 41, scanned: 41 },
  bytes: { expected: 9, scanned: 9 },
};

describe('reports that are merged', () => {
  it.each<[verdicts: Verdict[], merged: Verdict]>([
    [['clean', 'clean'], 'clean'],
    [['clean', 'warned'], 'warned'],
    [['warned', 'incomplete', 'clean'], 'incomplete'],
    [['incomplete', 'blocked'], 'blocked'],
    [['blocked', 'clean'], 'blocked'],
  ])('%j come to %s', (verdicts, merged) => {
    expect(merge(...verdicts.map((verdict) => shard({ verdict }))).verdict).toBe(merged);
    expect(merge(...verdicts.map((verdict) => shard({ verdict })).toReversed()).verdict).toBe(merged);
  });

  it('are judged by what they hold too, whatever they call themselves', () => {
    expect(merge(shard({ verdict: 'clean', findings: [secretFinding()] })).verdict).toBe('blocked');
    expect(merge(shard({ verdict: 'clean', coverage: GAP })).verdict).toBe('incomplete');
  });

  it('that block still say what was not looked at, and the other way round', () => {
    const merged = merge(shard({ verdict: 'blocked', findings: [secretFinding()] }), shard({ verdict: 'incomplete', coverage: GAP }));
    expect(merged.coverage.files).toEqual({ expected: 6, scanned: 5 });
    expect(renderPretty(merged, exampleView())).toMatch(
      /blocked: 1 finding \(1 critical\) in 1 of 6 files · scanned 5 of 6 files · 2 runs/,
    );
  });

  it('have the same finding once, as the strictest run judged it', () => {
    const [warned, blocked] = [secretFinding({ outcome: 'warn' }), secretFinding()];
    const merged = merge(shard({ findings: [warned, logFinding()] }), shard({ findings: [blocked] }));
    expect(merged.findings.map(({ rule, outcome }) => [rule, outcome])).toEqual([
      ['console-log', 'warn'],
      ['stripe-secret-key', 'block'],
    ]);
  });

  it.each([
    ['line', { line: 4 }],
    ['column', { column: 40 }],
    ['path', { path: 'b.ts' }],
    ['commit', { commit: 'c'.repeat(40) }],
    ['fingerprint', { fingerprint: 'd'.repeat(32) }],
  ])('keep findings apart that differ in their %s', (_, changes) => {
    expect(merge(shard({ findings: [secretFinding()] }), shard({ findings: [secretFinding(changes)] })).findings).toHaveLength(2);
  });

  it('say where findings of one place have other fingerprints', () => {
    const other = secretFinding({ fingerprint: 'd'.repeat(32) });
    expect(merge(shard({ findings: [secretFinding()] }), shard({ findings: [other] })).notices).toEqual([
      expect.stringContaining('src/pay.ts:3 appears more than once'),
    ]);
    expect(merge(shard({ findings: [secretFinding()] }), shard({ findings: [secretFinding()] })).notices).toEqual([]);
  });

  it('unite the rest, each once', () => {
    const one = shard({
      suppressed: [suppressedFinding()],
      skipped: [{ path: 'a', reason: 'binary' }],
      errors: [{ code: 'TIMEOUT', message: 'm', hint: 'h' }],
      layers: ['defaults', 'env'],
      notices: ['n'],
    });
    const two = { ...one, run: { ...one.run, id: 'other' }, layers: ['defaults', 'flags'], notices: ['n', 'o'] };
    expect(merge(one, two)).toMatchObject({
      suppressed: [{ by: 'inline' }],
      skipped: [{ path: 'a' }],
      errors: [{ code: 'TIMEOUT' }],
      layers: ['defaults', 'env', 'flags'],
      notices: ['n', 'o'],
      coverage: { files: { expected: 6, scanned: 6 }, bytes: { expected: 2400, scanned: 2400 } },
    });
    expect(
      merge(shard({ suppressed: [suppressedFinding()] }), shard({ suppressed: [suppressedFinding({ by: 'config' })] })).suppressed,
    ).toHaveLength(2);
  });

  it('keep each run, with the time they took', () => {
    const merged = merge(
      shard({}, { startedAt: new Date('2026-02-01T00:00:00Z'), durationMs: 1, target: 'staged', hook: 'pre-commit' }),
      shard({}, { startedAt: new Date('2026-01-01T00:00:00Z'), durationMs: 2, target: 'all', hook: 'pre-commit' }),
    );
    expect(merged.run).toEqual({
      id: 'merged',
      target: 'merged',
      hook: 'pre-commit',
      startedAt: new Date('2026-01-01T00:00:00Z'),
      durationMs: 3,
    });
    expect(merged.runs).toMatchObject([
      { target: 'staged', version: '0.1.0', verdict: 'clean' },
      { target: 'all', version: '0.1.0', verdict: 'clean' },
    ]);
    expect(merged.version).toBe('9.9.9');
  });

  it('may have been merged before, and one that comes twice counts once', () => {
    const [a, b, c] = [shard(), shard(), shard()];
    const read = (report: ScanReport): ScanReport => parseReport(renderJson(report), 'x');
    const first = read(mergeReports([a, b], { version: '1', id: 'first' }));
    const merged = merge(first, c, a);
    expect(merged.runs!.map(({ id }) => id)).toEqual([a, b, c].map(({ run }) => run.id));
    expect(merged.coverage.files.expected).toBe(9);
    expect(renderJson(read(merged))).toBe(renderJson(merged));
  });

  it('say of each stage what it came to in all of them', () => {
    const stage = { id: 'eslint', status: 'done', files: { expected: 2, scanned: 2 }, results: 1, durationMs: 10 } as const;
    const failed = { ...stage, status: 'failed', files: { expected: 3, scanned: 1 } } as const;
    const merged = merge(shard({ stages: [stage] }), shard(), shard({ stages: [failed, { ...stage, id: 'ruff' }] }));
    expect(merged.stages).toEqual([
      { id: 'eslint', status: 'failed', files: { expected: 5, scanned: 3 }, results: 2, durationMs: 20 },
      { ...stage, id: 'ruff' },
    ]);
    expect(parseReport(renderJson(merged), 'x').stages).toEqual(merged.stages);
    expect(merge(shard()).stages).toBeUndefined();
  });

  it('have a key only where all have the same', () => {
    const found = { findings: [secretFinding()] };
    expect(merge(shard({ ...found, keyId: 'k' }), shard({ ...found, keyId: 'k' }), shard()).keyId).toBe('k');
    expect(merge(shard({ ...found, keyId: 'k' }), shard({ ...found, keyId: 'l' }))).not.toHaveProperty('keyId');
    expect(merge(shard({ ...found, keyId: 'k' }), shard(found))).not.toHaveProperty('keyId');
  });

  it('block where they are not whole, unless every run that is not was let through', () => {
    const gap = (blocksIncomplete: boolean) => shard({ verdict: 'incomplete', coverage: GAP, blocksIncomplete });
    expect(merge(gap(false), shard()).blocksIncomplete).toBe(false);
    expect(merge(gap(false), gap(true)).blocksIncomplete).toBe(true);
    expect(merge(shard({ blocksIncomplete: false }), gap(true)).blocksIncomplete).toBe(true);
    expect(merge(shard({ blocksIncomplete: false })).blocksIncomplete).toBe(true);
  });
});
