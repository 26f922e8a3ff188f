import { describe, expect, it } from 'vitest';
import { markdown } from '../../../src/report/formats/markdown.ts';
import { exampleReport, logFinding, renderAs, secretFinding } from '../example-report.ts';
import { FULL, INCOMPLETE, reportOf } from './reports.ts';

describe('markdown', () => {
  it('lists findings by rule, worst first', () => {
    const text = renderAs(markdown, FULL);
    expect(text).toMatch(/^### ❌ Code-Guardian: blocked by 3 findings\n/);
    expect(text.match(/^#### .*$/gm)).toEqual([
      '#### ❌ Stripe live secret key · <code>stripe-secret-key</code> · critical · 2',
      '#### ❌ File that usually holds secrets · <code>forbidden-file</code> · high',
      '#### ⚠️ console.log call · <code>console-log</code> · low',
      '#### ℹ️ console.log call · <code>console-log</code> · info',
    ]);
    expect(text).toContain('| <code>src/pay.ts:3:14</code> | <code>const key = "sk_live_…[32]";</code> |');
    expect(text).toContain('<sub>5 findings · 2 suppressed · 3 of 3 files scanned · 28 ms · code-guardian 0.1.0</sub>');
  });

  it('says that a run is clean, or what is missing', () => {
    expect(renderAs(markdown, exampleReport())).toMatch(/^### ✅ Code-Guardian: clean\n/);
    expect(renderAs(markdown, INCOMPLETE)).toContain('- <code>dump.sql</code>: Not scanned: too large, 12 MiB');
  });

  it('of 20,000 findings fits into a comment, and says how many there are', () => {
    const findings = Array.from({ length: 20_000 }, (_, i) =>
      logFinding({ path: `src/${'é'.repeat(40)}/${i}.ts`, rule: `rule-${i % 400}` }),
    );
    const text = renderAs(markdown, exampleReport({ findings: [...findings, secretFinding()] }));
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(65_536);
    expect(Buffer.byteLength(text)).toBeGreaterThan(60_000);
    expect(text).toMatch(/\*\*\d+ of 20001 findings shown\.\*\*/);
    expect(text).toContain('stripe-secret-key');
  });

  it('shows all findings whatever the length of their texts', () => {
    const text = renderAs(markdown, reportOf('é'.repeat(60_000)));
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(65_536);
    expect(text).toContain('4 findings');
    expect(text).not.toContain('shown.**');
  });
});
