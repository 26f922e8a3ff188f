import { EXIT, type Host } from '../cli/host.ts';
import type { Options } from '../cli/options.ts';
import { asGuardianError, type GuardianError } from '../errors/guardian-error.ts';
import { type Config, DEFAULT_CONFIG, isLogged } from '../policy/config.ts';
import type { ScanReport } from '../report/scan-report.ts';
import { runScan } from '../run/run-scan.ts';
import type { ScanRun } from '../run/scan-request.ts';
import type { Target } from '../run/target.ts';
import { parseReportTargets, type ReportTarget, writeReports } from './write-reports.ts';

interface RunRequest {
  readonly host: Host;
  readonly options: Options;
  readonly target: Target;
  readonly hook: string | null;
  /** Does another hook of the same commit tell people that all is well? */
  readonly isQuietWhenClean?: boolean;
}

/**
 * One run to its exit code: scan, write the reports, then log. A run that fails is reported too, and thrown on.
 *
 * @param afterwards what else is to be done when the reports are written
 */
export async function runAndReport(
  { host, options, target, hook, isQuietWhenClean = false }: RunRequest,
  afterwards: (run: ScanRun, code: number) => void | Promise<void> = () => undefined,
): Promise<number> {
  const targets = parseReportTargets(options);
  const run = await runScan({ host, options, target, hook }).catch(async (thrown: unknown) => {
    await reportFailure({ host, options, target, hook }, targets, asGuardianError(thrown));
    throw thrown;
  });
  const { report, loaded } = run;
  const code = exitCodeOf(report);
  // What fails from here on has its document already: there must not be two.
  await writeReports(host, isQuietWhenClean && report.verdict === 'clean' ? { ...options, quiet: true } : options, targets, report);
  if (run.gitDir !== null && loaded.config.monitoring.ledger && target.kind !== 'receive') {
    const { recordRun } = await import('../run/record-run.ts');
    recordRun(host, run.gitDir, report);
  }
  await afterwards(run, code);
  await logRun(host, loaded.config.logging, report);
  return code;
}

/** People read the error itself on stderr; programs find it in the document that they asked for. */
async function reportFailure(
  { host, options, target, hook }: RunRequest,
  targets: readonly ReportTarget[],
  error: GuardianError,
): Promise<void> {
  const forPrograms = targets.filter(({ format, file }) => format !== 'pretty' || file !== null);
  const { failedReport } = await import('../run/failed-report.ts');
  const report = failedReport({ host, target, hook }, error);
  await writeReports(host, options, forPrograms, report);
  await logFailure(host, options, report, error);
}

function exitCodeOf({ verdict, blocksIncomplete }: ScanReport): number {
  if (verdict === 'blocked') return EXIT.blocked;
  return verdict === 'incomplete' && blocksIncomplete ? EXIT.failed : EXIT.ok;
}

async function logRun(host: Host, config: Config['logging'], { run, verdict, findings, coverage }: ScanReport): Promise<void> {
  // In text the report's own last line says it.
  const level = config.format === 'json' || config.file !== null ? 'info' : 'debug';
  if (!isLogged(config, level)) return;
  const { createLogger } = await import('../telemetry/logger.ts');
  const logger = createLogger({ config, stderr: host.stderr, env: host.env, runId: run.id, hook: run.hook, now: host.now });
  logger.log(level, 'run finished', {
    target: run.target,
    verdict,
    findings: findings.length,
    files: coverage.files.scanned,
    bytes: coverage.bytes.scanned,
    duration_ms: Math.round(run.durationMs * 10) / 10,
  });
  await logger.flush();
}

async function logFailure(host: Host, options: Options, { run }: ScanReport, { code }: GuardianError): Promise<void> {
  if (options['log-format'] !== 'json') return;
  const { createLogger } = await import('../telemetry/logger.ts');
  const config = { ...DEFAULT_CONFIG.logging, format: 'json' } as const;
  const logger = createLogger({ config, stderr: host.stderr, env: host.env, runId: run.id, hook: run.hook, now: host.now });
  logger.log('error', 'run failed', { code });
  await logger.flush();
}
