import type { Finding, Redacted, Suppressed } from '../../src/findings/finding.ts';
import { renderExcerpt, redactValue } from '../../src/findings/redact.ts';
import type { Format } from '../../src/report/formats/format.ts';
import { json } from '../../src/report/formats/json.ts';
import { createPalette } from '../../src/report/palette.ts';
import type { ScanReport } from '../../src/report/scan-report.ts';
import type { View } from '../../src/report/view.ts';
import { stripeKey } from '../support/secrets.ts';

/** A finding of a secret on a line of code, redacted as a run does it. */
export function secretFinding(
  changes: Partial<Finding> = {},
  code: readonly [before: string, after: string] = ['const key = "', '";'],
): Finding {
  const value = stripeKey();
  const [before, after] = code;
  const secret = redactValue(value, ['sk_live_']);
  const span = [before.length, before.length + value.length] as const;
  const { text, mark } = renderExcerpt(before + value + after, [{ start: span[0], end: span[1], text: secret }], span);
  return {
    rule: 'stripe-secret-key',
    category: 'secret',
    severity: 'critical',
    confidence: 'high',
    outcome: 'block',
    path: 'src/pay.ts',
    line: 3,
    column: before.length + 1,
    endLine: 3,
    endColumn: before.length + 1 + value.length,
    excerpt: text,
    mark,
    secret,
    message: 'Stripe live secret key',
    why: 'Whoever reads the repository can move money with it.',
    advice: 'Roll it in the dashboard, put the new one into an environment variable, and read it from there.',
    docs: 'https://docs.stripe.com/keys#rolling-keys',
    fingerprint: 'a'.repeat(32),
    moved: false,
    ...changes,
  };
}

/** A finding of a leftover. */
export function logFinding(changes: Partial<Finding> = {}): Finding {
  return {
    rule: 'console-log',
    category: 'leftover',
    severity: 'low',
    confidence: 'medium',
    outcome: 'warn',
    path: 'src/cart.ts',
    line: 12,
    column: 3,
    endLine: 12,
    endColumn: 15,
    excerpt: 'console.log(cart);' as Redacted,
    mark: [0, 12],
    message: 'console.log call',
    why: 'Debug output reaches every user.',
    advice: 'Remove it, or use the logger of the project.',
    docs: 'https://eslint.org/docs/latest/rules/no-console',
    fingerprint: 'b'.repeat(32),
    moved: false,
    ...changes,
  };
}

/** A finding about a file as such. */
export function fileFinding(changes: Partial<Finding> = {}): Finding {
  const { excerpt, mark, ...rest } = logFinding();
  return {
    ...rest,
    rule: 'forbidden-file',
    category: 'file',
    severity: 'high',
    outcome: 'block',
    path: '.env',
    line: 0,
    column: 0,
    endLine: 0,
    endColumn: 0,
    message: 'file that usually holds secrets',
    why: 'It holds what must stay on this machine.',
    advice: 'Take it out with `git rm --cached`, and add it to .gitignore.',
    docs: 'docs/rules.md#forbidden-file',
    fingerprint: 'c'.repeat(32),
    ...changes,
  };
}

export function suppressedFinding(changes: Partial<Suppressed> = {}): Suppressed {
  return { ...secretFinding(), by: 'inline', reason: 'a key of the sandbox', ...changes };
}

/** A clean run over what is staged, and what a test changes of it. */
export function exampleReport(changes: Partial<ScanReport> = {}): ScanReport {
  return {
    version: '0.1.0',
    run: {
      id: '00000000-0000-4000-8000-000000000000',
      target: 'staged',
      hook: 'pre-commit',
      startedAt: new Date('2026-01-31T12:00:00Z'),
      durationMs: 28.04,
    },
    verdict: 'clean',
    findings: [],
    suppressed: [],
    skipped: [],
    coverage: {
      files: { expected: 3, scanned: 3 },
      hunks: { expected: 4, scanned: 4 },
      lines: { expected: 41, scanned: 41 },
      bytes: { expected: 1200, scanned: 1200 },
    },
    errors: [],
    layers: ['defaults'],
    blocksIncomplete: true,
    skippedRules: [],
    notices: [],
    ...changes,
  };
}

export const [UNCOLORED, COLORED, ASCII] = await Promise.all([
  createPalette({ isTerminal: false, env: {} }),
  createPalette({ isTerminal: true, env: {} }),
  createPalette({ isTerminal: false, env: { TERM: 'dumb' } }),
]);

/** How it is shown: no colours, 80 columns, unless a test says otherwise. */
export function exampleView(changes: Partial<View> = {}): View {
  return { palette: UNCOLORED, width: 80, isQuiet: false, isVerbose: false, ...changes };
}

/** A report in one format, as one text. */
export function renderAs({ render }: Format, report: ScanReport, view = exampleView()): string {
  return [...render(report, view)].join('');
}

export function renderJson(report: ScanReport): string {
  return renderAs(json, report);
}

/** `a b c` → its words: for lists of keys. */
export function words(text: string): string[] {
  return text.split(' ');
}
