import { randomUUID } from 'node:crypto';
import type { Host } from '../../host/host.ts';
import type { ScanReport } from '../../report/scan-report.ts';
import { bypassOf, type LedgerRecord, recordOf } from '../../telemetry/ledger-record.ts';
import { appendRecord } from '../../telemetry/ledger.ts';
import { openTraceContext } from '../../telemetry/trace-context.ts';
import { commonDirOf } from '../../state/common-dir.ts';

/** Adds a run to the ledger. If the git directory is not writable, the run is not recorded: no commit fails for it. */
export function recordRun({ startMs, env }: Host, gitDir: string, report: ScanReport): void {
  append(gitDir, recordOf(report, startMs, openTraceContext(env).traceId));
}

/** Adds a hook that was switched off. */
export function recordBypass(host: Host, gitDir: string, hook: string): void {
  append(gitDir, bypassOf(randomUUID(), hook, host.now()));
}

function append(gitDir: string, record: LedgerRecord): void {
  try {
    appendRecord(commonDirOf(gitDir), record);
  } catch {
    // Read-only, full, or gone: the report was written already.
  }
}
