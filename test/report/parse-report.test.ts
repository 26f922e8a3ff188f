import { describe, expect, it } from 'vitest';
import { parseReport } from '../../src/report/parse-report.ts';
import { renderPretty } from '../../src/report/formats/pretty.ts';
import type { ScanReport } from '../../src/report/scan-report.ts';
import { exampleReport, exampleView, fileFinding, logFinding, renderJson, secretFinding, suppressedFinding } from './example-report.ts';

const FULL = exampleReport({
  verdict: 'blocked',
  keyId: 'k1',
  findings: [
    secretFinding({ evidence: 'its checksum is right', commit: 'c'.repeat(40) }),
    logFinding({ moved: true }),
    fileFinding({ pathBytes: '/w==' }),
  ],
  suppressed: [suppressedFinding({ by: 'baseline', expires: '2026-12-31' })],
  skipped: [{ path: 'a.sql', reason: 'too-large', detail: '9 bytes' }],
  errors: [{ code: 'TIMEOUT', message: 'm', hint: 'h', path: 'a.ts' }],
  notices: ['n'],
  blocksIncomplete: false,
  push: {
    refs: [{ ref: 'refs/heads/main', oldId: null, newId: 'd'.repeat(40), verdict: 'blocked' }],
    commits: { total: 3, known: 1, unscanned: 0 },
    places: [],
    blocked: 0,
    allowsSkip: false,
    skip: { reason: 'urgent', ranRequired: true },
  },
});

type Json = Record<string, unknown>;
const documentOf = (report: ScanReport): Json => JSON.parse(renderJson(report)) as Json;
const read = (value: unknown): ScanReport => parseReport(JSON.stringify(value), 'a.json');

describe('a report', () => {
  it('is read as it was written', () => {
    expect(renderJson(parseReport(renderJson(FULL), 'a.json'))).toBe(renderJson(FULL));
  });

  it('is shown as the run showed it, but for what only the run knew', () => {
    const report = exampleReport({
      verdict: 'blocked',
      findings: [secretFinding({ rule: 'stripe-key', why: 'Anyone who has it can move money and read what customers paid.' })],
    });
    expect(renderPretty(parseReport(renderJson(report), 'a.json'), exampleView())).toBe(renderPretty(report, exampleView()));
  });

  it('may have been written by another release, and by a shell with a byte-order mark', () => {
    const { notices: _, ...older } = documentOf(FULL);
    expect(read(older).notices).toEqual([]);
    expect(read({ ...older, tomorrow: true, errors: [{ code: 'NEW_CODE', message: 'm', hint: 'h', more: 1 }] }).errors).toEqual([
      { code: 'NEW_CODE', message: 'm', hint: 'h' },
    ]);
    expect(parseReport(`\uFEFF${renderJson(FULL)}`, 'a.json').run.id).toBe(FULL.run.id);
  });

  it('without a word of the policy blocks where it is not whole', () => {
    expect(read({ ...documentOf(FULL), config: { layers: [] } }).blocksIncomplete).toBe(true);
  });

  it('knows no key of its own but those of a report', () => {
    const text = renderJson(FULL).replace('"verdict"', '"__proto__": {"verdict": "clean", "polluted": 1}, "constructor": 1, "verdict"');
    const report = parseReport(text, 'a.json');
    expect(report.verdict).toBe('blocked');
    expect(report).not.toHaveProperty('polluted');
    expect({}).not.toHaveProperty('polluted');
  });
});

const finding = (changes: Json): Json => ({
  ...documentOf(FULL),
  findings: [{ ...(documentOf(FULL)['findings'] as Json[])[0], ...changes }],
});

describe('what is no report is refused, with its name and the place', () => {
  it.each<[what: string, text: string, said: string]>([
    ['an empty file', ' \n', 'the file is empty'],
    ['no JSON', '{"schema":', 'not valid JSON'],
    ['a list', '[]', 'not a code-guardian report'],
    ['null', 'null', 'not a code-guardian report'],
    ['SARIF', '{"version":"2.1.0","runs":[]}', 'this is SARIF; only reports written with `--format json` can be read'],
    ['another schema', '{"schema":"code-guardian.report/2"}', 'this release reads "code-guardian.report/1"'],
    ['only the schema', '{"schema":"code-guardian.report/1"}', 'tool is missing'],
    ['a severity that is none', JSON.stringify(finding({ severity: 'hgh' })), 'findings.0.severity: expected ("critical" | "high"'],
    ['a line below 0', JSON.stringify(finding({ line: -1 })), 'findings.0.line: expected >=0, got -1'],
    ['a line that is no number', JSON.stringify(finding({ line: '3' })), 'findings.0.line: expected number, got "3"'],
    ['a rule with blanks', JSON.stringify(finding({ rule: 'a b' })), 'findings.0.rule'],
    ['a text without end', JSON.stringify(finding({ message: 'x'.repeat(70_000) })), 'findings.0.message: expected <=65536'],
    [
      'a time that is none',
      JSON.stringify({ ...documentOf(FULL), run: { ...(documentOf(FULL)['run'] as Json), startedAt: 'soon' } }),
      'run.startedAt',
    ],
    [
      'a day that is none',
      JSON.stringify({ ...documentOf(FULL), run: { ...(documentOf(FULL)['run'] as Json), startedAt: '2026-99-99T00:00:00Z' } }),
      'run.startedAt',
    ],
    [
      'an error code that is none',
      JSON.stringify({ ...documentOf(FULL), errors: [{ code: '\u001b[31m', message: '', hint: '' }] }),
      'errors.0.code',
    ],
  ])('%s', (_, text, said) => {
    expect(() => parseReport(text, 'dir/a.json')).toThrow(
      expect.objectContaining({ code: 'INPUT_INVALID', message: expect.stringContaining(`dir/a.json: `) }),
    );
    expect(() => parseReport(text, 'dir/a.json')).toThrow(said);
  });

  it('without control characters, and briefly', () => {
    try {
      read(finding({ severity: `\u001b[2J\u202e${'x'.repeat(5000)}` }));
      expect.unreachable();
    } catch (thrown) {
      const { message } = thrown as Error;
      expect(message).not.toMatch(/[\u0000-\u001f\u202e]/);
      expect(message.length).toBeLessThan(250);
    }
  });
});

it('what is hostile in a report does not reach the terminal', () => {
  const evil = '\u001b[2J\u009b31m\u202eabc\r\n';
  const document = documentOf(FULL);
  const hostile = {
    ...document,
    findings: [
      {
        ...(document['findings'] as Json[])[0],
        path: evil,
        excerpt: evil,
        secret: evil,
        message: evil,
        evidence: evil,
        advice: evil,
        docs: evil,
      },
    ],
    suppressed: [],
    skipped: [{ path: evil, reason: 'unreadable', detail: evil }],
    errors: [{ code: 'TIMEOUT', message: evil, hint: evil, path: evil }],
    notices: [evil],
    refs: [1, 2].map(() => ({ ref: evil, oldId: null, newId: null, verdict: 'blocked' })),
    skipReason: evil,
  };
  for (const isVerbose of [false, true]) {
    expect(renderPretty(read(hostile), exampleView({ isVerbose }))).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    expect(renderJson(read(hostile))).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  }
});
