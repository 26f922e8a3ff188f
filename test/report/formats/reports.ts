import fc from 'fast-check';
import type { Redacted } from '../../../src/findings/finding.ts';
import type { ScanReport } from '../../../src/report/scan-report.ts';
import { exampleReport, fileFinding, logFinding, secretFinding, suppressedFinding } from '../example-report.ts';

/** A report of everything: each outcome, a finding about a file, a commit, a suppression, gaps and an error. */
export const FULL: ScanReport = exampleReport({
  verdict: 'blocked',
  findings: [
    secretFinding({ evidence: 'valid checksum', byteColumn: 15, endByteColumn: 47 }),
    fileFinding(),
    logFinding({ moved: true }),
    logFinding({ severity: 'info', outcome: 'note', line: 4, endLine: 6, endColumn: 2 }),
    secretFinding({ line: 9, endLine: 9, commit: 'c'.repeat(40), path: 'src/alt.ts' }),
  ],
  suppressed: [suppressedFinding(), suppressedFinding({ by: 'baseline', expires: '2026-12-31' })],
});

/** A run that could not scan a file, and met an error. */
export const INCOMPLETE: ScanReport = exampleReport({
  verdict: 'incomplete',
  coverage: { ...exampleReport().coverage, files: { expected: 3, scanned: 2 } },
  skipped: [
    { path: 'dump.sql', reason: 'too-large', detail: '12 MiB' },
    { path: 'vendor/lib', reason: 'submodule' },
  ],
  errors: [{ code: 'DETECTOR_FAILED', message: 'the rule acme-key failed', hint: 'Report it.', path: 'src/a.ts' }],
  notices: ['this commit changes the policy'],
});

/** A report in which every text that comes from outside is the same one. */
export function reportOf(text: string): ScanReport {
  const said = { path: text, message: text, why: text, advice: text, docs: `docs/${text}`, evidence: text };
  const line = { excerpt: text as Redacted, mark: [0, Math.min(3, text.length)] as const };
  return exampleReport({
    version: text,
    verdict: 'incomplete',
    findings: [
      secretFinding({ ...said, ...line }),
      fileFinding(said),
      logFinding({ ...said, ...line, commit: 'c'.repeat(40) }),
      logFinding({ ...said, ...line, outcome: 'note', severity: 'info' }),
    ],
    suppressed: [suppressedFinding({ ...said, ...line, reason: text, expires: text })],
    skipped: [
      { path: text, reason: 'too-large', detail: text },
      { path: text, reason: 'excluded', detail: text },
    ],
    errors: [{ code: 'GIT_FAILED', message: text, hint: text, path: text }],
    notices: [text],
    layers: [text],
  });
}

/** For terminals and encodings, runners, markup, Markdown, spreadsheets; and harmless ones. */
const PIECES = [
  '\n',
  '\r\n',
  '\t',
  '\u001b[31m',
  '\u0000',
  '\u009b',
  '\u202e',
  '\u2028',
  '\ufeff',
  '\ud800',
  '\uffff',
  ' ',
  '  ',
  '::error file=x::y',
  '::stop-commands::x',
  '##[error]',
  '##[set-env name=A]',
  '##vso[task.setvariable variable=A]b',
  '%0A',
  '%',
  ']]>',
  '<script>alert(1)</script>',
  '</code>',
  '<!--',
  '-->',
  '&lt;',
  '&',
  '"',
  "'",
  '<img src=x onerror=y>',
  '</style>',
  '?>',
  '|',
  '`',
  '```',
  '**',
  '_a_',
  '[a](https://example.com)',
  '![a](b)',
  '@octocat',
  '#1',
  'GH-1',
  '!1',
  '~~~',
  '\\',
  '# ',
  '- ',
  '> ',
  '1. ',
  '=cmd()',
  '+1',
  '-1',
  '@SUM(A1)',
  ',',
  ';',
  '\uff1d1',
  'a',
  'src/a.ts',
  '\u00e9',
  '\u{1f600}',
  'https://example.com',
  'www.example.com',
  ':',
  '/',
];

export const hostile: fc.Arbitrary<string> = fc
  .array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 8 })
  .map((pieces) => pieces.join(''));
