import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { junit } from '../../../src/report/formats/junit.ts';
import type { ScanReport } from '../../../src/report/scan-report.ts';
import { exampleReport, renderAs } from '../example-report.ts';
import { FULL, hostile, INCOMPLETE, reportOf } from './reports.ts';

const SCHEMA = readFileSync(new URL('junit.xsd', import.meta.url), 'utf8');

async function mistakesOf(...reports: readonly ScanReport[]): Promise<string[]> {
  const xml = reports.map((report, i) => ({ fileName: `${i}.xml`, contents: renderAs(junit, report) }));
  const { errors } = await validateXML({ xml, schema: SCHEMA });
  return errors.map(({ rawMessage }) => rawMessage);
}

const render = (report: ScanReport): string => renderAs(junit, report);

describe('JUnit XML', () => {
  it('follows the schema, whatever the texts are', async () => {
    const texts = fc.sample(hostile, 50);
    expect(await mistakesOf(FULL, INCOMPLETE, exampleReport(), ...texts.map(reportOf))).toEqual([]);
    const { valid } = await validateXML({ xml: render(FULL).replace('<testcase ', '<testcas '), schema: SCHEMA });
    expect(valid).toBe(false);
  });

  it('of a clean run is one case that passes', () => {
    const text = render(exampleReport());
    expect(text).toContain('<testsuites name="code-guardian" tests="1" failures="0" errors="0" time="0.028">');
    expect(text.match(/<testcase [^>]*\/>/g)).toEqual(['<testcase classname="code-guardian" name="staged" time="0.028"/>']);
  });

  it('of an incomplete run has an error for the run, and one for each failure and gap', () => {
    const text = render(INCOMPLETE);
    expect(text).toContain('tests="3" failures="0" errors="3"');
    expect(text.match(/<error type="[A-Z_]+"/g)).toEqual([
      '<error type="INCOMPLETE"',
      '<error type="DETECTOR_FAILED"',
      '<error type="NOT_SCANNED"',
    ]);
  });

  it('fails the cases that block, and only those', () => {
    const text = render(FULL);
    expect(text).toContain('tests="5" failures="3" errors="0"');
    expect(text.match(/<failure /g)).toHaveLength(3);
    expect(text.match(/<system-out>/g)).toHaveLength(2);
    expect(text).toContain('<testcase classname=".env" name="forbidden-file at .env" time="0">');
  });
});
