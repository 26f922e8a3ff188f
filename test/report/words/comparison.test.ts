import { describe, expect, it } from 'vitest';
import { compareFindings } from '../../../src/findings/compare.ts';
import {
  blocks,
  type ComparedReports,
  renderComparison,
  renderComparisonJson,
  renderComparisonMarkdown,
  reportOfNew,
} from '../../../src/report/words/comparison.ts';
import type { ScanReport } from '../../../src/report/scan-report.ts';
import { exampleReport, exampleView, logFinding, secretFinding, suppressedFinding, words } from '../example-report.ts';

function compared(before: Partial<ScanReport>, now: Partial<ScanReport>): ComparedReports {
  const [a, b] = [exampleReport({ keyId: 'k', ...before }), exampleReport({ keyId: 'k', ...now })];
  return { comparison: compareFindings(a, b), before: a, now: b };
}

const NEW = secretFinding({ path: 'new.ts', fingerprint: 'd'.repeat(32) });

describe('a comparison for people', () => {
  it('shows what is new as a scan does, the rest in a line each, and ends with the counts', () => {
    const text = renderComparison(
      compared({ findings: [secretFinding(), logFinding()] }, { findings: [NEW, secretFinding({ line: 9 })] }),
      exampleView(),
    );
    expect(text).toBe(`✖ Stripe live secret key · stripe-secret-key · critical

  new.ts:3:14
    3 │ const key = "sk_live_…[32]";
      │              ^^^^^^^^^^^^^

  Why: Whoever reads the repository can move money with it.
  Fix: Roll it in the dashboard, put the new one into an environment variable,
       and read it from there.
  See: https://docs.stripe.com/keys#rolling-keys

ℹ Fixed
  src/cart.ts:12:3  console.log call · console-log

✖ 1 new, blocking · 1 fixed · 1 unchanged
`);
  });

  it.each<[what: string, before: Partial<ScanReport>, now: Partial<ScanReport>, end: string]>([
    ['nothing', {}, {}, '✓ nothing new · 0 fixed · 0 unchanged'],
    ['a warning', {}, { findings: [logFinding()] }, '⚠ 1 new · 0 fixed · 0 unchanged'],
    ['one of two', {}, { findings: [NEW, logFinding()] }, '✖ 2 new, 1 of which blocks · 0 fixed · 0 unchanged'],
    [
      'an accepted one',
      { findings: [secretFinding()] },
      { suppressed: [suppressedFinding()] },
      '✓ nothing new · 0 fixed · 1 suppressed now · 0 unchanged',
    ],
  ])('ends with the counts: %s', (_, before, now, end) => {
    expect(renderComparison(compared(before, now), exampleView()).trimEnd().split('\n').at(-1)).toBe(end);
  });

  it('lists what is unchanged only where more is asked for', () => {
    const same = compared({ findings: [secretFinding()] }, { findings: [secretFinding()] });
    expect(renderComparison(same, exampleView())).not.toContain('src/pay.ts');
    expect(renderComparison(same, exampleView({ isVerbose: true }))).toContain('Unchanged\n  src/pay.ts:3:14');
  });

  it('says what was and is suppressed', () => {
    const again = compared({ suppressed: [suppressedFinding({ by: 'baseline' })] }, { findings: [secretFinding()] });
    expect(renderComparison(again, exampleView())).toMatch(/No longer suppressed\n {2}src\/pay\.ts:3:14 .* was suppressed: baseline/);
    const accepted = compared({ findings: [secretFinding()] }, { suppressed: [suppressedFinding()] });
    expect(renderComparison(accepted, exampleView())).toMatch(/Suppressed now\n {2}src\/pay\.ts:3:14 .* inline, a key of the sandbox/);
  });

  it('says what makes it less sure', () => {
    const { run } = exampleReport();
    const unsure = compared(
      { findings: [secretFinding()], keyId: 'other', verdict: 'incomplete' },
      { findings: [secretFinding({ fingerprint: 'e'.repeat(32) })], run: { ...run, target: 'all' } },
    );
    const text = renderComparison(unsure, exampleView()).replace(/\s+/g, ' ');
    expect(text).toContain('have different fingerprint keys');
    expect(text).toContain('A is incomplete, so new and fixed');
    expect(text).toContain('A scanned staged, B scanned all');
    expect(text).toContain('nothing new · 0 fixed · 1 unchanged');
  });

  it('hides control characters', () => {
    const evil = secretFinding({ path: 'a\u001b[2J.ts', message: '\u202ex', fingerprint: 'e'.repeat(32) });
    const text = renderComparison(
      compared({ findings: [evil] }, { suppressed: [{ ...suppressedFinding(), path: '\u009b' }] }),
      exampleView(),
    );
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  });
});

describe('a comparison for programs', () => {
  it('has all of it', () => {
    const document = JSON.parse(
      renderComparisonJson(compared({ findings: [secretFinding(), logFinding()] }, { findings: [NEW, secretFinding({ line: 9 })] })),
    ) as Record<string, unknown>;
    expect(Object.keys(document)).toEqual(words('schema matchedBy before now counts new fixed accepted unchanged notices'));
    expect(document).toMatchObject({
      schema: 'code-guardian.comparison/1',
      matchedBy: 'fingerprint',
      counts: { new: 1, newBlocking: 1, fixed: 1, accepted: 0, unchanged: 1 },
      new: [{ path: 'new.ts', outcome: 'block' }],
      fixed: [{ path: 'src/cart.ts' }],
      unchanged: [{ line: 9, before: { path: 'src/pay.ts', line: 3 } }],
    });
  });
});

it('blocks where something new does, and nothing else', () => {
  expect(blocks(compared({}, { findings: [NEW] }).comparison)).toBe(true);
  expect(blocks(compared({}, { findings: [logFinding()] }).comparison)).toBe(false);
  expect(blocks(compared({ findings: [NEW] }, { findings: [NEW] }).comparison)).toBe(false);
});

describe('a comparison for a pull request', () => {
  it('counts in its title, and shows new and fixed findings', () => {
    const text = renderComparisonMarkdown(
      compared({ findings: [secretFinding(), logFinding()] }, { findings: [NEW, secretFinding({ line: 9 })] }),
    ).join('');
    expect(text).toMatch(/^### ❌ Code-Guardian: 1 new finding, 1 fixed, 1 unchanged\n/);
    expect(text).toContain('| <code>new.ts:3:14</code> |');
    expect(text).not.toContain('src/pay.ts');
    expect(text).toContain('**Fixed**\n\n- <code>src/cart.ts:12:3</code> console.log call · <code>console-log</code>');
  });

  it('is good if there is nothing new, and says what limits it', () => {
    const text = renderComparisonMarkdown(compared({ keyId: 'k' }, { keyId: 'l', verdict: 'incomplete' })).join('');
    expect(text).toMatch(/^### ✅ Code-Guardian: no new findings, 0 fixed, 0 unchanged\n/);
    expect(text).toContain('Note: B is incomplete');
  });
});

it('other formats show the new findings as a report', () => {
  const report = reportOfNew(
    compared({ findings: [secretFinding()] }, { findings: [secretFinding(), { ...NEW, outcome: 'warn' }], verdict: 'blocked' }),
  );
  expect([report.verdict, report.findings.map(({ path }) => path)]).toEqual(['warned', ['new.ts']]);
  expect(reportOfNew(compared({}, { verdict: 'incomplete' })).verdict).toBe('incomplete');
});
