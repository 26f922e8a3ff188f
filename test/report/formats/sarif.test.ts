import schema from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json' with { type: 'json' };
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSarif } from '../../../src/stages/parse-sarif.ts';
import { sarif } from '../../../src/report/formats/sarif.ts';
import type { ScanReport } from '../../../src/report/scan-report.ts';
import { exampleReport, fileFinding, renderAs, secretFinding } from '../example-report.ts';
import { FULL, hostile, INCOMPLETE, reportOf } from './reports.ts';

interface Result {
  readonly ruleId: string;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly {
    readonly physicalLocation: { readonly artifactLocation: { readonly uri: string }; readonly region?: object };
  }[];
  readonly partialFingerprints: object;
  readonly suppressions: readonly object[];
}

interface Run {
  readonly tool: { readonly driver: { readonly rules: readonly Readonly<Record<string, unknown>>[] } };
  readonly invocations: readonly [{ readonly executionSuccessful: boolean; readonly toolExecutionNotifications: readonly object[] }];
  readonly columnKind: string;
  readonly results: readonly Result[];
}

const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
ajv.addFormat('uri', (text: string) => URL.canParse(text));
ajv.addFormat('uri-reference', (text: string) => /^[\w.~!$&'()*+,;=:@/?#[\]%-]*$/.test(text) && URL.canParse(text, 'file:///'));
ajv.addFormat('date-time', (text: string) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/.test(text));
const { $schema, id, ...body } = schema;
const isValid = ajv.compile(body);

function runOf(report: ScanReport): Run {
  const document = JSON.parse(renderAs(sarif, report)) as { readonly runs: readonly [Run] };
  expect(isValid(document) ? [] : isValid.errors).toEqual([]);
  return document.runs[0];
}

const uriOf = (path: string, pathBytes?: string): string => {
  const finding = secretFinding({ path, ...(pathBytes === undefined ? {} : { pathBytes }) });
  return runOf(exampleReport({ findings: [finding] })).results[0]!.locations[0]!.physicalLocation.artifactLocation.uri;
};

describe('a SARIF log', () => {
  it('follows the official schema, whatever the texts are', () => {
    for (const report of [FULL, INCOMPLETE, exampleReport()]) runOf(report);
    fc.assert(
      fc.property(hostile, (text) => void runOf(reportOf(text))),
      { numRuns: 50 },
    );
    expect(isValid({ version: '2.1.0', runs: [{ results: [] }] })).toBe(false);
  });

  it('has a rule with help for each result, and a level by what the policy decides', () => {
    const { tool, results } = runOf(FULL);
    expect(tool.driver.rules.map((rule) => rule['id'])).toEqual(['stripe-secret-key', 'forbidden-file', 'console-log']);
    expect(tool.driver.rules[0]).toMatchObject({
      help: { text: expect.stringContaining('Roll it in the dashboard') as string },
      helpUri: 'https://docs.stripe.com/keys#rolling-keys',
      properties: { 'security-severity': '9.5', tags: ['security', 'secret'] },
    });
    expect(tool.driver.rules[1]).not.toHaveProperty('helpUri');
    expect(results.map(({ level }) => level)).toEqual(['error', 'error', 'warning', 'note', 'error', 'error', 'error']);
  });

  it('counts columns in UTF-16 code units, and has no region for a file as a whole', () => {
    const { results, columnKind } = runOf(FULL);
    expect(columnKind).toBe('utf16CodeUnits');
    expect(results[0]!.locations[0]!.physicalLocation.region).toEqual({ startLine: 3, startColumn: 14, endLine: 3, endColumn: 46 });
    expect(results[1]!.locations[0]!.physicalLocation).not.toHaveProperty('region');
  });

  it('says of each result whether it is suppressed, and knows it again', () => {
    const { results } = runOf(FULL);
    expect(results.map(({ suppressions }) => suppressions.length)).toEqual([0, 0, 0, 0, 0, 1, 1]);
    expect(results[5]!.suppressions[0]).toMatchObject({ kind: 'inSource', justification: 'inline: a key of the sandbox' });
    expect(results[6]!.suppressions[0]).toMatchObject({ kind: 'external', justification: expect.stringContaining('2026-12-31') as string });
    expect(results[0]!.partialFingerprints).toEqual({ 'codeGuardian/v1': 'a'.repeat(32) });
  });

  it('of an incomplete run is no success, and says what is missing', () => {
    expect(runOf(exampleReport()).invocations[0]).toMatchObject({ executionSuccessful: true, toolExecutionNotifications: [] });
    const [{ executionSuccessful, toolExecutionNotifications }] = runOf(INCOMPLETE).invocations;
    expect(executionSuccessful).toBe(false);
    expect(JSON.stringify(toolExecutionNotifications)).toMatch(/2 of 3 files.*DETECTOR_FAILED.*dump\.sql/);
  });

  it.each([
    ['src/a b.ts', 'src/a%20b.ts'],
    ['a:b/c.ts', './a:b/c.ts'],
    ['a/b:c.ts', 'a/b:c.ts'],
    ['é#?%.ts', '%C3%A9%23%3F%25.ts'],
    ['//host/a', 'file:///host/a'],
    ['[a].ts', '%5Ba%5D.ts'],
  ])('writes %j as a relative reference', (path, uri) => {
    expect(uriOf(path)).toBe(uri);
  });

  it('writes a name that is not UTF-8 by its bytes', () => {
    expect(uriOf('\ufffd.ts', Buffer.of(0xff, 0x2e, 0x74, 0x73).toString('base64'))).toBe('%FF.ts');
  });

  it('is read by our own reader of SARIF', () => {
    const text = renderAs(sarif, exampleReport({ findings: [secretFinding(), fileFinding()] }));
    const { results } = parseSarif(text, { roots: [], files: new Set(['src/pay.ts', '.env']), folder: '', severity: null });
    expect(results.map(({ path, rule }) => [path, rule])).toEqual([
      ['src/pay.ts', 'stripe-secret-key'],
      ['.env', 'forbidden-file'],
    ]);
  });
});
