import { randomUUID } from 'node:crypto';
import { VERSION } from '../host/version.ts';
import type { ReportedError, ScanReport } from '../report/scan-report.ts';
import type { GuardianError } from '../errors/guardian-error.ts';
import type { Conclusion } from './conclude-run.ts';
import { redactReport } from './redact-report.ts';
import type { RunContext } from './run-context.ts';
import type { ScanRequest, ScanRun } from './scan-request.ts';

const NOTHING = { expected: 0, scanned: 0 };

/** The parts that every report has. */
function emptyReport({ host, target, hook }: Omit<ScanRequest, 'options'>, startedAt: Date): ScanReport {
  return {
    version: VERSION,
    run: { id: randomUUID(), target: target.kind, hook, startedAt, durationMs: host.elapsed() },
    verdict: 'incomplete',
    findings: [],
    suppressed: [],
    skipped: [],
    coverage: { files: NOTHING, hunks: NOTHING, lines: NOTHING, bytes: NOTHING },
    errors: [],
    layers: [],
    blocksIncomplete: true,
    skippedRules: [],
    notices: [],
  };
}

/** Fourth act: the one place that builds the report of a run. No secret is in it, wherever its texts come from. */
export async function assembleReport(context: RunContext, conclusion: Conclusion): Promise<ScanRun> {
  const { git, repository, asked, startedAt, loaded, collector, timings, skippedRules } = context;
  const { verdict, findings, suppressed, keyId, key, baseline, push, stages } = conclusion;
  // A scan that the pusher left out is not clean, even if the policy allows it.
  const isSkipped = context.pushSkip?.ranRequired === false;
  const report: ScanReport = {
    ...emptyReport(context, startedAt),
    verdict: isSkipped ? 'incomplete' : verdict,
    findings,
    suppressed,
    ...(keyId === undefined ? {} : { keyId }),
    ...(push === null ? {} : { push }),
    skipped: collector.skipped,
    coverage: collector.coverage,
    errors: collector.errors.map(reportedError),
    ...(stages.length === 0 ? {} : { stages }),
    ...(git.retries() === 0 ? {} : { retries: { GIT_FAILED: git.retries() } }),
    layers: loaded.layerNames,
    skippedRules,
    blocksIncomplete: loaded.config.onIncomplete === 'block' && !isSkipped,
    notices: noticesOf(context, conclusion),
  };
  return {
    report: redactReport(report, loaded.config, collector.found),
    loaded,
    key,
    baseline,
    gitDir: repository?.gitDir ?? null,
    timings,
    staged: asked.staged === null ? null : await asked.staged(),
  };
}

/** The report of a run that could not be done. */
export function failedReport(request: Omit<ScanRequest, 'options'>, error: GuardianError): ScanReport {
  return { ...emptyReport(request, request.host.now()), errors: [reportedError(error)] };
}

function reportedError({ code, message, hint, path }: GuardianError): ReportedError {
  return { code, message, hint, ...(path === undefined ? {} : { path }) };
}

function noticesOf({ notices, options, collector, loaded }: RunContext, { expired }: Conclusion): string[] {
  return [
    ...notices,
    ...expired.map((entry) => `the baseline entry ${entry.fingerprint} (${entry.rule}, ${entry.path}) expired on ${entry.expires}`),
    ...(options.verbose === true
      ? collector.unusedDirectives.map(({ path, line }) => `${path}:${line}: this suppression has no effect`)
      : []),
    ...(collector.isDone() ? [`stopped after ${loaded.config.bail} blocking findings (bail)`] : []),
  ];
}
