import { describe, expect, it } from 'vitest';
import { isFullyScanned, problemsOf } from '../../src/report/problems.ts';
import type { ScanReport } from '../../src/report/scan-report.ts';
import { exampleReport, secretFinding } from './example-report.ts';
import { INCOMPLETE } from './formats/reports.ts';

const { coverage } = exampleReport();
const error = { code: 'DETECTOR_FAILED', message: 'a rule failed', hint: 'Report it.' } as const;

describe('a run', () => {
  it.each<[what: string, report: Partial<ScanReport>, isWhole: boolean]>([
    ['that is clean', {}, true],
    ['that is blocked', { verdict: 'blocked', findings: [secretFinding()] }, true],
    ['that skipped a file on purpose', { skipped: [{ path: 'a', reason: 'excluded' }] }, true],
    ['that is incomplete', { verdict: 'incomplete' }, false],
    ['that is blocked and met an error', { verdict: 'blocked', errors: [error] }, false],
    ['that is blocked and missed lines', { verdict: 'blocked', coverage: { ...coverage, lines: { expected: 9, scanned: 8 } } }, false],
  ])('%s', (_, changes, isWhole) => {
    const report = exampleReport(changes);
    expect(isFullyScanned(report)).toBe(isWhole);
    expect(problemsOf(report).map(({ code }) => code)[0]).toBe(isWhole ? undefined : 'INCOMPLETE');
  });
});

it('problems are the run as a whole, then its errors, then the files', () => {
  expect(problemsOf(INCOMPLETE)).toEqual([
    { code: 'INCOMPLETE', message: 'Not fully scanned (2 of 3 files)' },
    { code: 'DETECTOR_FAILED', message: 'the rule acme-key failed (Report it.)', path: 'src/a.ts' },
    { code: 'NOT_SCANNED', message: 'Not scanned: too large, 12 MiB', path: 'dump.sql' },
  ]);
});
