import type { Host } from '../../host/host.ts';
import type { ScanReport } from '../../report/scan-report.ts';
import { bypassOf, type LedgerRecord, recordOf } from '../../telemetry/ledger-record.ts';
import { appendRecord } from '../../telemetry/ledger.ts';
import { openTraceContext } from '../../telemetry/trace-context.ts';
import { commonDirOf } from '../../state/common-dir.ts';
import { createRunId } from '../run-id.ts';

/** Adds a run to the ledger. A git directory that cannot be written to keeps none: nobody's commit hangs on it. */
export function recordRun({ startMs, env }: Host, gitDir: string, report: ScanReport): void {
  append(gitDir, recordOf(report, startMs, openTraceContext(env).traceId));
}

/** Adds a hook that was switched off. */
export function recordBypass(host: Host, gitDir: string, hook: string): void {
  append(gitDir, bypassOf(createRunId(), hook, host.now()));
}

function append(gitDir: string, record: LedgerRecord): void {
  try {
    appendRecord(commonDirOf(gitDir), record);
  } catch {
    // Read-only, full, or gone: the run has said what it has to say.
  }
}
