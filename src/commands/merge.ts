import { randomUUID } from 'node:crypto';
import type { Run } from './command.ts';
import { mergeReports } from '../report/merge-reports.ts';
import { VERSION } from '../host/version.ts';
import { readReports } from './read-report.ts';
import { exitCodeOf } from './run-and-report.ts';
import { parseReportTargets, writeReports } from './write-reports.ts';

/** `code-guardian merge REPORT…`: merges JSON reports into any format; exits like a run with that verdict. */
export const run: Run = async ({ host, options, args }) => {
  const targets = parseReportTargets(options, host);
  const report = mergeReports(await readReports(host, args), { version: VERSION, id: randomUUID() });
  await writeReports(host, options, targets, report);
  return exitCodeOf(report);
};
