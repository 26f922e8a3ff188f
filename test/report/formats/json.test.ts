import { describe, expect, it } from 'vitest';
import { exampleReport, fileFinding, renderJson, secretFinding, suppressedFinding, words } from '../example-report.ts';

/** What scripts rely on, written by hand: what the code says is not asked. */
const FINDING = words('rule severity confidence outcome path line column endLine endColumn excerpt message advice docs fingerprint moved');

const parse = (report: Parameters<typeof renderJson>[0]) => JSON.parse(renderJson(report));

describe('the document', () => {
  it('has its fields in their order', () => {
    const document = parse(exampleReport());
    expect(Object.keys(document)).toEqual(words('schema tool run verdict findings suppressed skipped coverage errors config notices'));
    expect(document.schema).toBe('code-guardian.report/1');
    expect(document.tool).toEqual({ name: 'code-guardian', version: '0.1.0' });
    expect(document.config).toEqual({ layers: ['defaults'] });
  });

  it('tells the run in ISO time and tenths of a millisecond', () => {
    const { run } = exampleReport();
    expect(parse(exampleReport({ run: { ...run, durationMs: 28.0449 } })).run).toEqual({
      id: '00000000-0000-4000-8000-000000000000',
      target: 'staged',
      hook: 'pre-commit',
      startedAt: '2026-01-31T12:00:00.000Z',
      durationMs: 28,
    });
    expect(parse(exampleReport({ run: { ...run, hook: null, durationMs: 12.34 } })).run).toMatchObject({ hook: null, durationMs: 12.3 });
  });

  it('says with which key fingerprints were made, and that an incomplete run was let through', () => {
    const document = parse(exampleReport({ keyId: 'k1', blocksIncomplete: false }));
    expect(document.run).toMatchObject({ fingerprintKey: 'k1' });
    expect(document.config).toEqual({ layers: ['defaults'], onIncomplete: 'warn' });
  });

  it('of merged reports names the runs, behind the one that they became', () => {
    const { run } = exampleReport();
    const document = parse(exampleReport({ runs: [{ ...run, version: '0.0.9', verdict: 'warned', keyId: 'k1' }] }));
    expect(Object.keys(document).slice(0, 5)).toEqual(words('schema tool run runs verdict'));
    expect(document.runs).toEqual([{ ...document.run, fingerprintKey: 'k1', version: '0.0.9', verdict: 'warned' }]);
  });

  it('ends with a newline', () => {
    expect(renderJson(exampleReport())).toMatch(/\}\n$/);
  });

  it('counts what was expected and what was scanned', () => {
    const { coverage } = parse(exampleReport());
    expect(Object.keys(coverage)).toEqual(['files', 'hunks', 'lines', 'bytes']);
    expect(coverage.files).toEqual({ expected: 3, scanned: 3 });
  });

  it('gives errors and skipped files with what they have', () => {
    const document = parse(
      exampleReport({
        errors: [
          { code: 'TIMEOUT', message: 'm', hint: 'h', path: 'a.ts' },
          { code: 'GIT_FAILED', message: 'm', hint: 'h' },
        ],
        skipped: [
          { path: 'a.sql', reason: 'too-large', detail: '9 bytes' },
          { path: 'lib', reason: 'submodule' },
        ],
      }),
    );
    expect(document.errors.map(Object.keys)).toEqual([
      ['code', 'message', 'hint', 'path'],
      ['code', 'message', 'hint'],
    ]);
    expect(document.skipped.map(Object.keys)).toEqual([
      ['path', 'reason', 'detail'],
      ['path', 'reason'],
    ]);
  });
});

describe('a finding', () => {
  const fieldsOf = (finding: Parameters<typeof secretFinding>[0]) =>
    Object.keys(parse(exampleReport({ findings: [secretFinding(finding)] })).findings[0]);

  it('has its fields in their order', () => {
    expect(fieldsOf({})).toEqual(FINDING.toSpliced(10, 0, 'secret'));
  });

  it('has the rest only where there is something to say', () => {
    expect(fieldsOf({ pathBytes: '/w==', commit: 'c'.repeat(40), evidence: 'its checksum is right' })).toEqual(
      words(
        'rule severity confidence outcome path pathBytes line column endLine endColumn excerpt secret message evidence advice docs ' +
          'fingerprint moved commit',
      ),
    );
  });

  it('about a file as such has no line', () => {
    const [finding] = parse(exampleReport({ findings: [fileFinding()] })).findings;
    expect(Object.keys(finding)).toEqual(FINDING);
    expect(finding).toMatchObject({ line: 0, column: 0, excerpt: '' });
  });

  it('that is suppressed says by whom, why and until when', () => {
    const document = parse(
      exampleReport({ suppressed: [suppressedFinding(), suppressedFinding({ by: 'baseline', expires: '2026-12-31' })] }),
    );
    const keys = FINDING.toSpliced(10, 0, 'secret');
    expect(document.suppressed.map(Object.keys)).toEqual([
      [...keys, 'by', 'reason'],
      [...keys, 'by', 'reason', 'expires'],
    ]);
  });
});

it('keeps names true and terminals safe', () => {
  const path = 'a\u001b[2J\u009b31m\u202e\u2028.ts';
  const text = renderJson(exampleReport({ findings: [secretFinding({ path })] }));
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e]/);
  expect(JSON.parse(text).findings[0].path).toBe(path);
});
