import { EXIT } from '../errors/exit-codes.ts';
import type { Host } from '../host/host.ts';
import type { Options } from './options.ts';
import { asGuardianError, type GuardianError } from '../errors/guardian-error.ts';
import { type Config, DEFAULT_CONFIG } from '../policy/config.ts';
import type { ReportedError, ScanReport } from '../report/scan-report.ts';
import { isRunLogged, loggingOf, loggingWithoutConfig } from '../run/recording/logging.ts';
import { publishingOf } from '../run/recording/publishing.ts';
import { runScan } from '../run/run-scan.ts';
import type { ScanRun } from '../run/scan-request.ts';
import type { Target } from '../run/targets/target.ts';
import { parseReportTargets, type ReportTarget, writeReports } from './write-reports.ts';

interface RunRequest {
  readonly host: Host;
  readonly options: Options;
  readonly target: Target;
  readonly hook: string | null;
  /** Print nothing if clean: another hook of the same commit already does. */
  readonly isQuietWhenClean?: boolean;
}

/**
 * One run to its exit code: scan, write the reports, log. A failed run is reported, too, and rethrown.
 *
 * @param afterwards runs after the reports are written
 */
export async function runAndReport(
  { host, options, target, hook, isQuietWhenClean = false }: RunRequest,
  afterwards: (run: ScanRun, code: number) => void | Promise<void> = () => undefined,
): Promise<number> {
  const targets = parseReportTargets(options, host);
  const run = await runScan({ host, options, target, hook }).catch(async (thrown: unknown) => {
    await reportFailure({ host, options, target, hook }, targets, asGuardianError(thrown));
    throw thrown;
  });
  const { report, loaded } = run;
  const code = exitCodeOf(report);
  // From here on the report is written: a failure must not write a second one.
  await writeReports(host, isQuietWhenClean && report.verdict === 'clean' ? { ...options, quiet: true } : options, targets, report);
  run.timings.end('report');
  const failure = await log(host, loggingOf(host, loaded), run.gitDir, report);
  const counted = failure === null ? run : { ...run, report: { ...report, errors: [...report.errors, failure] } };
  if (target.kind !== 'receive') await keep(counted, host, options);
  await afterwards(run, code);
  return code;
}

/** Records the run in the ledger, and publishes it if the config says so. */
async function keep({ gitDir, loaded, report, timings }: ScanRun, host: Host, options: Options): Promise<void> {
  if (gitDir === null) return;
  if (loaded.config.monitoring.ledger) {
    const { recordRun } = await import('../run/recording/record-run.ts');
    recordRun(host, gitDir, report);
  }
  const publishing = publishingOf(host.env, loaded);
  if (publishing === null) return;
  const { publishLater } = await import('../run/recording/publish-later.ts');
  publishLater(host, { ...publishing, gitDir, report, timings: timings.done, isFromShim: options.piped !== undefined });
}

/** People read the error on stderr; programs get it in their report. */
async function reportFailure(
  { host, options, target, hook }: RunRequest,
  targets: readonly ReportTarget[],
  error: GuardianError,
): Promise<void> {
  const forPrograms = targets.filter(({ format, file }) => format !== 'pretty' || file !== null);
  const { failedReport } = await import('../run/assemble-report.ts');
  const { redactReport } = await import('../run/redact-report.ts');
  const report = redactReport(failedReport({ host, target, hook }, error), DEFAULT_CONFIG);
  await writeReports(host, options, forPrograms, report);
  await log(host, loggingWithoutConfig(host, options), null, report);
}

/** @returns why the log could not be written, or null */
async function log(host: Host, config: Config['logging'], gitDir: string | null, report: ScanReport): Promise<ReportedError | null> {
  if (!isRunLogged(config)) return null;
  const { logRun } = await import('./log-run.ts');
  const failure = await logRun(host, config, gitDir, report);
  return failure === null ? null : { code: failure.code, message: failure.message, hint: failure.hint };
}

export function exitCodeOf({ verdict, blocksIncomplete }: ScanReport): number {
  if (verdict === 'blocked') return EXIT.blocked;
  return verdict === 'incomplete' && blocksIncomplete ? EXIT.failed : EXIT.ok;
}
