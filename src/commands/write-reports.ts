import { resolve } from 'node:path';
import type { Host } from '../host/host.ts';
import type { Options } from './options.ts';
import { GuardianError } from '../errors/guardian-error.ts';
import { appendText } from '../disk/append.ts';
import { batchesOf } from '../disk/batches.ts';
import { FORMATS } from '../report/formats/formats.ts';
import { tellWarnings } from '../run/tell-error.ts';
import { createPalette } from '../report/palette.ts';
import type { ScanReport } from '../report/scan-report.ts';
import { writeOutput } from '../disk/write-output.ts';
import type { View } from '../report/view.ts';
import { chooseFormat } from './choose-format.ts';
import { isRunnerLog, withoutCommands } from './runner-log.ts';

/** The formats of reports by name. */
export const REPORT_FORMATS = Object.fromEntries(FORMATS.map((format) => [format.name, format]));

/** A requested report; `file: null` is stdout. */
export interface ReportTarget {
  readonly format: string;
  readonly file: string | null;
  /** The summary of a job: other steps write to the same file. A failure is not the run's. */
  readonly isSummary?: boolean;
}

/**
 * The reports that `--format`, `--output` and `--report NAME=FILE` request. In GitHub Actions without `--format`, also annotations and the
 * summary of the job.
 *
 * @throws GuardianError USAGE for an unknown format
 */
export function parseReportTargets({ format, output, report = [] }: Options, host: Pick<Host, 'env' | 'stdout'>): ReportTarget[] {
  const more = report.map((text) => {
    const equals = text.indexOf('=');
    if (equals < 1 || equals === text.length - 1) {
      throw new GuardianError('USAGE', `--report ${text}: expected NAME=FILE`, {
        hint: 'For example: `code-guardian scan --report json=report.json`',
      });
    }
    return { format: text.slice(0, equals), file: text.slice(equals + 1) };
  });
  const onRunner = format === undefined && isRunnerLog(host) ? runnerTargets(host.env, output === undefined) : [];
  const targets = [{ format: format ?? 'pretty', file: output ?? null }, ...onRunner, ...more];
  for (const { format: name } of targets) chooseFormat(REPORT_FORMATS, name);
  return targets;
}

function runnerTargets({ GITHUB_STEP_SUMMARY: summary = '' }: Host['env'], isLogFree: boolean): ReportTarget[] {
  return [
    ...(isLogFree ? [{ format: 'github', file: null }] : []),
    ...(summary === '' ? [] : [{ format: 'markdown', file: summary, isSummary: true }]),
  ];
}

/** Renders and writes each report. */
export async function writeReports(host: Host, options: Options, targets: readonly ReportTarget[], report: ScanReport): Promise<void> {
  for (const { format, file, isSummary = false } of targets) {
    const { render } = await chooseFormat(REPORT_FORMATS, format).load();
    const parts = render(report, await viewOf(host, options, file));
    if (isSummary) await appendSummary(host, file!, parts);
    else writeReport(host, { format, file }, parts);
  }
}

/** How the reader of a file, or of standard output, sees a report. */
export async function viewOf(host: Host, { color, quiet, verbose }: Options, file: string | null): Promise<View> {
  const isTerminal = file === null && host.stdout.isTTY;
  return {
    palette: await createPalette({ isTerminal, env: host.env, ...(color === undefined ? {} : { color }) }),
    width: host.stdout.columns || 80,
    isQuiet: quiet === true,
    isVerbose: verbose === true,
    program: host.program,
  };
}

/** Writes a report to its file or to standard output. */
export function writeReport(host: Host, { format, file }: ReportTarget, parts: Iterable<string>): void {
  if (file !== null) {
    writeOutput(resolve(host.cwd, file), parts);
    return;
  }
  const isQuoting = format === 'pretty' && isRunnerLog(host);
  for (const batch of batchesOf(isQuoting ? withoutCommands(parts) : parts)) host.stdout.write(batch);
}

async function appendSummary(host: Host, file: string, parts: Iterable<string>): Promise<void> {
  try {
    appendText(file, `${[...parts].join('')}\n`);
  } catch (thrown) {
    await tellWarnings([`cannot write the job summary: ${(thrown as Error).message}`], host);
  }
}
