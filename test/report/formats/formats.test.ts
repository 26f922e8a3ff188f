import { expect, it } from 'vitest';
import { FORMATS } from '../../../src/report/formats/formats.ts';
import type { ScanReport } from '../../../src/report/scan-report.ts';
import { stripeKey } from '../../support/secrets.ts';
import {
  COLORED,
  exampleReport,
  exampleView,
  fileFinding,
  logFinding,
  renderAs,
  secretFinding,
  suppressedFinding,
  UNCOLORED,
} from '../example-report.ts';

const report: ScanReport = exampleReport({
  verdict: 'blocked',
  findings: [
    secretFinding(),
    fileFinding(),
    logFinding(),
    secretFinding({ line: 9, commit: 'c'.repeat(40) }, [`${'x'.repeat(190)} = "`, '"']),
  ],
  suppressed: [suppressedFinding()],
});

it.each(FORMATS)('$name holds no value that was found, whatever is asked for', async ({ load }) => {
  const format = await load();
  for (const isVerbose of [false, true]) {
    for (const width of [20, 80, 300]) {
      const text = renderAs(format, report, exampleView({ isVerbose, width, palette: isVerbose ? COLORED : UNCOLORED }));
      // Eight characters of it are too many.
      const value = stripeKey();
      for (let at = 'sk_live_'.length; at + 8 <= value.length; at++) expect(text).not.toContain(value.slice(at, at + 8));
    }
  }
});

it.each(FORMATS)('$name ends with a newline, and says the same twice', async ({ load }) => {
  const format = await load();
  expect(renderAs(format, report)).toMatch(/[^\n]\r?\n$/);
  expect(renderAs(format, report)).toBe(renderAs(format, report));
});
