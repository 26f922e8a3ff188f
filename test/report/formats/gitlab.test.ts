import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codequality } from '../../../src/report/formats/codequality.ts';
import { gitlab } from '../../../src/report/formats/gitlab.ts';
import type { ScanReport } from '../../../src/report/scan-report.ts';
import { exampleReport, logFinding, renderAs, secretFinding } from '../example-report.ts';
import { FULL, hostile, INCOMPLETE, reportOf } from './reports.ts';

const text = { type: 'string', minLength: 1 };
const time = { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}$' };
const url = { type: 'string', pattern: '^https?://.+' };
const object = (required: string, properties: object, more: object = {}): object => ({
  type: 'object',
  required: required.split(' '),
  properties,
  ...more,
});
const program = object('id name version vendor', { id: text, name: text, version: text, vendor: object('name', { name: text }) });

/** The demands of schema 15, in our own words: https://gitlab.com/gitlab-org/security-products/security-report-schemas */
const SCHEMA = object('scan version vulnerabilities', {
  version: { type: 'string', pattern: '^15\\.\\d+\\.\\d+$' },
  scan: object('analyzer end_time scanner start_time status type', {
    analyzer: program,
    scanner: program,
    start_time: time,
    end_time: time,
    status: { enum: ['success', 'failure'] },
    type: { const: 'secret_detection' },
    messages: { type: 'array', items: object('level value', { level: { enum: ['info', 'warn', 'fatal'] }, value: text }) },
  }),
  vulnerabilities: {
    type: 'array',
    items: object('id identifiers location', {
      id: text,
      name: { type: 'string', maxLength: 255 },
      description: { type: 'string', maxLength: 1_048_576 },
      severity: { enum: ['Info', 'Unknown', 'Low', 'Medium', 'High', 'Critical'] },
      solution: { type: 'string', maxLength: 7000 },
      identifiers: { type: 'array', minItems: 1, items: object('type name value', { type: text, name: text, value: text, url }) },
      links: { type: 'array', items: object('url', { name: { type: 'string' }, url }) },
      details: {
        type: 'object',
        additionalProperties: object('name type value', { name: text, type: { const: 'code' }, value: { type: 'string' } }),
      },
      location: object('commit', {
        file: { type: 'string' },
        start_line: { type: 'number' },
        end_line: { type: 'number' },
        commit: object('sha', { sha: text }),
      }),
    }),
  },
});
const isValid = new Ajv({ strict: false }).compile(SCHEMA);

interface Vulnerability {
  readonly id: string;
  readonly location: { readonly file: string; readonly start_line?: number; readonly commit: { readonly sha: string } };
}

interface Report {
  readonly scan: { readonly status: string; readonly messages: readonly object[] };
  readonly vulnerabilities: readonly Vulnerability[];
}

function read(report: ScanReport): Report {
  const document = JSON.parse(renderAs(gitlab, report)) as Report;
  expect(isValid(document) ? [] : isValid.errors).toEqual([]);
  return document;
}

describe('a secret detection report', () => {
  it('follows the schema, whatever the texts are', () => {
    fc.assert(
      fc.property(hostile, (said) => void read(reportOf(said))),
      { numRuns: 50 },
    );
    read(exampleReport());
    expect(
      read(exampleReport({ findings: [secretFinding({ message: 'm'.repeat(300), advice: 'a'.repeat(9000) })] })).vulnerabilities,
    ).toHaveLength(1);
  });

  it('has secrets only, each with a commit and an id of its own', () => {
    const { vulnerabilities } = read(FULL);
    expect(vulnerabilities.map(({ location }) => [location.file, location.start_line, location.commit.sha])).toEqual([
      ['src/pay.ts', 3, '0000000'],
      ['src/alt.ts', 9, 'c'.repeat(40)],
    ]);
    expect(new Set(vulnerabilities.map(({ id }) => id)).size).toBe(2);
    for (const { id } of vulnerabilities) expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-8[\da-f]{3}-[\da-f]{12}$/);
  });

  it('of an incomplete run has the status failure, and says what is missing', () => {
    expect(read(exampleReport()).scan).toMatchObject({ status: 'success', messages: [] });
    const { status, messages } = read(INCOMPLETE).scan;
    expect(status).toBe('failure');
    expect(JSON.stringify(messages)).toMatch(/2 of 3 files.*acme-key.*dump\.sql/);
  });
});

describe('a code quality report', () => {
  const issuesOf = (report: ScanReport) => JSON.parse(renderAs(codequality, report)) as readonly Readonly<Record<string, unknown>>[];

  it('has what GitLab reads of each issue', () => {
    const [first] = issuesOf(FULL);
    expect(first).toMatchObject({
      description:
        'Stripe live secret key. Roll it in the dashboard, put the new one into an environment variable, and read it from there.',
      check_name: 'stripe-secret-key',
      severity: 'blocker',
      location: { path: 'src/pay.ts', lines: { begin: 3, end: 3 } },
    });
    for (const issue of issuesOf(FULL)) {
      expect(issue['severity']).toMatch(/^(?:info|minor|major|critical|blocker)$/);
      expect((issue['location'] as { lines: { begin: number } }).lines.begin).toBeGreaterThan(0);
    }
  });

  it('knows two places of one value apart', () => {
    const twice = issuesOf(exampleReport({ findings: [logFinding(), logFinding({ line: 20, endLine: 20 })] }));
    expect(new Set(twice.map(({ fingerprint }) => fingerprint)).size).toBe(2);
  });

  it('is empty for a clean run, and never for an incomplete one', () => {
    expect(issuesOf(exampleReport())).toEqual([]);
    expect(issuesOf(INCOMPLETE).map((issue) => issue['check_name'])).toEqual(['INCOMPLETE', 'DETECTOR_FAILED', 'NOT_SCANNED']);
  });
});
