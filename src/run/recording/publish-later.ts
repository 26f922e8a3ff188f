import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import type { Host } from '../../host/host.ts';
import type { ScanReport } from '../../report/scan-report.ts';
import { recordOf } from '../../telemetry/ledger-record.ts';
import { leaveRun } from '../../telemetry/outbox.ts';
import { openTraceContext } from '../../telemetry/trace-context.ts';
import type { Timing } from '../timings.ts';
import type { Publishing } from './publishing.ts';

/** A run that is over, and where to publish it. */
export interface FinishedRun extends Publishing {
  readonly gitDir: string;
  readonly report: ScanReport;
  readonly timings: readonly Timing[];
  /** Our own shim started it, and looks into the outbox when it ends. */
  readonly isFromShim: boolean;
}

/** Leaves a run to a process of its own for publishing, so that the user does not wait. If that fails, it is not published. */
export function publishLater(host: Host, { gitDir, report, timings, isFromShim, ...publishing }: FinishedRun): void {
  const { timeOrigin } = performance;
  const absolute = timings.map(({ name, start, end }) => ({ name, start: timeOrigin + start, end: timeOrigin + end }));
  const textfile = publishing.textfile === null ? null : resolve(host.cwd, publishing.textfile);
  const times = { start: timeOrigin, end: timeOrigin + host.elapsed() };
  const trace = openTraceContext(host.env);
  try {
    leaveRun(gitDir, {
      record: recordOf(report, host.startMs, trace.traceId),
      trace,
      ...times,
      stages: absolute,
      ...publishing,
      textfile,
    });
  } catch {
    // The git directory is not writable, so the ledger does not have the run either.
    return;
  }
  // A shell starts a process in a tenth of the time that Node needs.
  const isSeen = isFromShim && resolve(host.cwd, host.env['GIT_DIR'] ?? '.git') === gitDir;
  if (isSeen) return;
  const child = spawn(process.execPath, [host.script, 'publish', gitDir], { detached: true, stdio: 'ignore', env: host.env });
  child.on('error', () => undefined);
  child.unref();
}
