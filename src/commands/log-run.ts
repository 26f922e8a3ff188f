import type { Host } from '../host/host.ts';
import { asGuardianError, type GuardianError } from '../errors/guardian-error.ts';
import { SYMPTOM } from '../errors/symptoms.ts';
import type { Config } from '../policy/config.ts';
import type { ScanReport } from '../report/scan-report.ts';
import { commonDirOf } from '../state/common-dir.ts';
import { levelOfRun } from '../run/recording/logging.ts';
import { tellError } from '../run/tell-error.ts';
import { createLogger, type Level, type LogFields, type Logger } from '../telemetry/logger.ts';
import { readRepositoryHash } from '../telemetry/repository-hash.ts';

/**
 * Logs a finished run: its errors and its result.
 *
 * @param gitDir null outside a repository
 * @returns why the log could not be written, or null
 */
export async function logRun(
  host: Host,
  config: Config['logging'],
  gitDir: string | null,
  report: ScanReport,
): Promise<GuardianError | null> {
  const { run, errors, retries, stages = [] } = report;
  const logger = createLogger({
    config,
    stderr: host.stderr,
    env: host.env,
    runId: run.id,
    hook: run.hook,
    ...(gitDir === null ? {} : { repository: readRepositoryHash(commonDirOf(gitDir)) }),
    now: host.now,
  });
  const level = levelOfRun(config);
  const atLeast = (higher: Level): Level => (level === 'info' ? higher : level);
  for (const { code } of errors) logger.log(atLeast('error'), SYMPTOM[code], { code });
  for (const { id, status, files, results, durationMs } of stages) {
    const facts = {
      stage: id,
      status,
      files: files.scanned,
      missed: files.expected - files.scanned,
      results,
      duration_ms: round(durationMs),
    };
    logger.log(level, 'stage finished', facts);
  }
  for (const [code, count] of Object.entries(retries ?? {})) logger.log(atLeast('warn'), 'retried', { code, count });
  logger.log(level, 'run finished', factsOf(report, host.startMs));
  return flushLog(logger, host);
}

/** Writes the log. A failure is printed on stderr and returned; it never fails the run. */
export async function flushLog(logger: Logger, host: Host): Promise<GuardianError | null> {
  try {
    await logger.flush();
    return null;
  } catch (thrown) {
    const error = asGuardianError(thrown);
    if (error.recovery !== 'degrade') throw error;
    await tellError(error, host);
    return error;
  }
}

function factsOf({ run, verdict, findings, suppressed, skipped, errors, coverage }: ScanReport, startMs: number): LogFields {
  const countOf = (outcome: string): number => findings.filter((finding) => finding.outcome === outcome).length;
  return {
    target: run.target,
    verdict,
    findings: findings.length,
    blocking: countOf('block'),
    warnings: countOf('warn'),
    suppressed: suppressed.length,
    skipped: skipped.length,
    errors: errors.length,
    files: coverage.files.scanned,
    lines: coverage.lines.scanned,
    bytes: coverage.bytes.scanned,
    start_ms: round(startMs),
    duration_ms: round(run.durationMs),
  };
}

function round(milliseconds: number): number {
  return Math.round(milliseconds * 10) / 10;
}
