import type { GuardianError } from '../errors/guardian-error.ts';
import type { ScanReport } from '../report/scan-report.ts';
import { VERSION } from '../host/version.ts';
import { createRunId } from './run-id.ts';
import type { ScanRequest } from './scan-request.ts';
import { targetName } from './targets/target.ts';

/** A report of a run that could not be done. */
export function failedReport({ host, target, hook }: Omit<ScanRequest, 'options'>, error: GuardianError): ScanReport {
  const none = { expected: 0, scanned: 0 };
  const { code, message, hint, path } = error;
  return {
    version: VERSION,
    run: { id: createRunId(), target: targetName(target), hook, startedAt: host.now(), durationMs: host.elapsed() },
    verdict: 'incomplete',
    findings: [],
    suppressed: [],
    skipped: [],
    coverage: { files: none, hunks: none, lines: none, bytes: none },
    errors: [{ code, message, hint, ...(path === undefined ? {} : { path }) }],
    layers: [],
    blocksIncomplete: true,
    skippedRules: [],
    notices: [],
  };
}
