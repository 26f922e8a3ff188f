import { EXIT, type Host } from '../cli/host.ts';
import type { Options } from '../cli/options.ts';
import { asGuardianError, type GuardianError } from '../errors/guardian-error.ts';
import { type Config, DEFAULT_CONFIG } from '../policy/config.ts';
import type { ScanReport } from '../report/scan-report.ts';
import { failedReport } from '../run/failed-report.ts';
import { newRunId, runScan } from '../run/run-scan.ts';
import type { Target } from '../run/target.ts';
import { createLogger } from '../telemetry/logger.ts';
import { parseReportTargets, writeReports } from './write-reports.ts';

interface RunRequest {
  readonly host: Host;
  readonly options: Options;
  readonly target: Target;
  readonly hook: string | null;
}

/** One run to its exit code: scan, write the reports, then log. A run that fails is reported too, and thrown on. */
export async function runAndReport({ host, options, target, hook }: RunRequest): Promise<number> {
  const runId = newRunId();
  const targets = parseReportTargets(options);
  try {
    const { report, loaded } = await runScan({ host, options, target, hook, runId });
    await writeReports(host, options, targets, report);
    await logRun({ host, hook, runId }, loaded.config.logging, report);
    return exitCodeOf(report);
  } catch (thrown) {
    const error = asGuardianError(thrown);
    // People read the error itself on stderr; programs find it in the document that they asked for.
    const forPrograms = targets.filter(({ format, file }) => format !== 'pretty' || file !== null);
    await writeReports(host, options, forPrograms, failedReport({ host, target, hook, runId }, error));
    await logFailure({ host, hook, runId }, options, error);
    throw thrown;
  }
}

function exitCodeOf({ verdict, blocksIncomplete }: ScanReport): number {
  if (verdict === 'blocked') return EXIT.blocked;
  return verdict === 'incomplete' && blocksIncomplete ? EXIT.failed : EXIT.ok;
}

type LogContext = Pick<RunRequest, 'host' | 'hook'> & { readonly runId: string };

async function logRun(
  { host, hook, runId }: LogContext,
  config: Config['logging'],
  { run, verdict, findings, coverage }: ScanReport,
): Promise<void> {
  const logger = createLogger({ config, stderr: host.stderr, env: host.env, runId, hook, now: host.now });
  // In text the report's own last line says it.
  const level = config.format === 'json' || config.file !== null ? 'info' : 'debug';
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

async function logFailure({ host, hook, runId }: LogContext, options: Options, { code }: GuardianError): Promise<void> {
  if (options['log-format'] !== 'json') return;
  const logger = createLogger({
    config: { ...DEFAULT_CONFIG.logging, format: 'json' },
    stderr: host.stderr,
    env: host.env,
    runId,
    hook,
    now: host.now,
  });
  logger.log('error', 'run failed', { code });
  await logger.flush();
}
