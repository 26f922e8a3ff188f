import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Host } from '../cli/host.ts';
import type { ScanReport } from '../report/scan-report.ts';
import { bypassOf, type LedgerRecord, recordOf } from '../telemetry/ledger-record.ts';
import { appendRecord } from '../telemetry/ledger.ts';
import { createRunId } from './run-id.ts';

/** Adds a run to the ledger. A git directory that cannot be written to keeps none: nobody's commit hangs on it. */
export function recordRun({ startMs }: Host, gitDir: string, report: ScanReport): void {
  append(gitDir, recordOf(report, startMs));
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

/** The git directory that all worktrees share: a linked worktree's names it. */
function commonDirOf(gitDir: string): string {
  const file = join(gitDir, 'commondir');
  // Mostly it is not there, and an error costs more than a look.
  return existsSync(file) ? resolve(gitDir, readFileSync(file, 'utf8').trim()) : gitDir;
}
