import { describe, expect, it } from 'vitest';
import { GuardianError } from '../../src/errors/guardian-error.ts';
import type { BaselineEntry } from '../../src/findings/baseline.ts';
import type { SettledFinding } from '../../src/findings/finding.ts';
import { fingerprintOf, keyIdOf } from '../../src/findings/fingerprint.ts';
import { DEFAULT_CONFIG } from '../../src/policy/config.ts';
import { compilePolicy } from '../../src/policy/policy.ts';
import { type Collected, contentKey } from '../../src/run/collector.ts';
import { judgeCollected, type Judging } from '../../src/run/judge-collected.ts';

const KEY = 'key';

function settled(more: Partial<SettledFinding> = {}): SettledFinding {
  const { digest = 'digest' } = more;
  return {
    rule: 'jwt',
    category: 'secret',
    severity: 'critical',
    confidence: 'high',
    path: 'a.js',
    line: 1,
    column: 1,
    endLine: 1,
    endColumn: 9,
    message: 'm',
    why: 'w',
    advice: 'a',
    docs: 'd',
    digest,
    contentDigest: digest,
    suppression: null,
    ...more,
  };
}

function conclude(findings: SettledFinding[], more: Partial<Judging> = {}, about: Partial<Collected> = {}) {
  const count = { expected: 1, scanned: 1 };
  const collected: Collected = {
    findings,
    skipped: [],
    errors: [],
    coverage: { files: count, hunks: count, lines: count, bytes: count },
    contents: new Map(findings.map(({ commit, contentDigest }) => [contentKey(commit, contentDigest), 1])),
    unusedDirectives: [],
    ...about,
  };
  const policy = compilePolicy(DEFAULT_CONFIG, { only: [], skip: [] });
  return judgeCollected(collected, { policy, key: KEY, baseline: null, oldContents: new Map(), now: new Date('2026-01-31'), ...more });
}

const baselineOf = (more: Partial<BaselineEntry> = {}) => ({
  key: KEY,
  entries: [{ fingerprint: fingerprintOf('digest', KEY), rule: 'jwt', path: 'elsewhere.js', ...more }],
});

describe('the end of a run', () => {
  it('gives a finding its fingerprint and outcome, and hands on no digest', () => {
    const { findings, verdict } = conclude([settled()]);
    expect(findings).toMatchObject([{ outcome: 'block', moved: false, fingerprint: fingerprintOf('digest', KEY) }]);
    for (const inner of ['digest', 'contentDigest', 'suppression']) expect(findings[0]).not.toHaveProperty(inner);
    expect(verdict).toBe('blocked');
  });

  it('orders by path, line and column', () => {
    const places = [
      ['b.js', 1, 1],
      ['a.js', 2, 1],
      ['a.js', 1, 5],
      ['a.js', 1, 2],
      ['B.js', 9, 9],
    ] as const;
    const { findings } = conclude(places.map(([path, line, column]) => settled({ path, line, column })));
    expect(findings.map(({ path, line, column }) => `${path}:${line}:${column}`)).toEqual([
      'B.js:9:9',
      'a.js:1:2',
      'a.js:1:5',
      'a.js:2:1',
      'b.js:1:1',
    ]);
  });

  it('sets aside what the baseline accepts, wherever it has moved, up to its last day', () => {
    const accepted = conclude([settled()], { baseline: baselineOf({ reason: 'known', expires: '2026-01-31' }) });
    expect(accepted).toMatchObject({ verdict: 'clean', findings: [], expired: [] });
    expect(accepted.suppressed).toMatchObject([{ by: 'baseline', reason: 'known', expires: '2026-01-31', path: 'a.js' }]);
    const expired = conclude([settled(), settled({ line: 2 })], { baseline: baselineOf({ expires: '2026-01-30' }) });
    expect([expired.verdict, expired.findings.length, expired.suppressed.length]).toEqual(['blocked', 2, 0]);
    expect(expired.expired).toMatchObject([{ expires: '2026-01-30' }]);
  });

  it('says of what a comment suppresses that it was the comment, baseline or not', () => {
    const { suppressed, verdict } = conclude([settled({ suppression: { by: 'inline', reason: 'why' } })], { baseline: baselineOf() });
    expect(suppressed).toMatchObject([{ by: 'inline', reason: 'why' }]);
    expect(verdict).toBe('clean');
  });

  it('knows a finding as moved only where the old version had it as often', () => {
    const old = (times: number) => new Map([[contentKey(undefined, 'digest'), times]]);
    expect(conclude([settled()], { oldContents: old(1) })).toMatchObject({
      verdict: 'warned',
      findings: [{ moved: true, outcome: 'warn' }],
    });
    const twice = { contents: new Map([[contentKey(undefined, 'digest'), 2]]) };
    expect(conclude([settled(), settled({ line: 2 })], { oldContents: old(1) }, twice).verdict).toBe('blocked');
    expect(conclude([settled({ commit: 'c1' })], { oldContents: old(1) }).verdict).toBe('blocked');
  });

  it('is incomplete where something was not looked at, or failed', () => {
    expect(conclude([]).verdict).toBe('clean');
    const count = { expected: 1, scanned: 1 };
    const coverage = { files: count, hunks: count, lines: { expected: 2, scanned: 1 }, bytes: count };
    expect(conclude([], {}, { coverage }).verdict).toBe('incomplete');
    expect(conclude([], {}, { errors: [new GuardianError('TIMEOUT', 'm', { hint: 'h' })] }).verdict).toBe('incomplete');
    expect(conclude([settled()], {}, { coverage }).verdict).toBe('blocked');
  });
});

it('names the key of fingerprints where there are some', () => {
  expect(conclude([settled()])).toMatchObject({ keyId: keyIdOf(KEY) });
  expect(conclude([settled({ suppression: { by: 'inline' } })])).toMatchObject({ keyId: keyIdOf(KEY) });
  expect(conclude([])).not.toHaveProperty('keyId');
});
