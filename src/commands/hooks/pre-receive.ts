import type { Run } from '../command.ts';
import type { Host } from '../../host/host.ts';
import { parsePushOption, parseReceiveLines } from '../../diff/ref-update.ts';
import { visible } from '../../findings/redact.ts';
import { loggingOf } from '../../run/recording/logging.ts';
import type { ScanRun } from '../../run/scan-request.ts';
import { runAndReport } from '../run-and-report.ts';
import { readHookInput } from '../../startup/read-hook-input.ts';

/** Characters of the reason that are kept: the pusher wrote it, so it may be long. */
const MAX_REASON = 200;

/** pre-receive, on a server: scans every commit of a push before it is accepted. */
export const run: Run = async ({ host, options, args: [hook = ''] }) => {
  const updates = parseReceiveLines(await readHookInput(host));
  const skipReason = parsePushOption(host.env, 'code-guardian.skip')?.slice(0, MAX_REASON) ?? null;
  return runAndReport({ host, options, target: { kind: 'receive', updates, skipReason }, hook }, (run) => logSkip(host, run));
};

/** Logs on the server that a pusher skipped the scan. */
async function logSkip(host: Host, { report, loaded }: ScanRun): Promise<void> {
  const { run, push } = report;
  if (push?.skip === undefined) return;
  const [{ createLogger }, { flushLog }] = await Promise.all([import('../../telemetry/logger.ts'), import('../log-run.ts')]);
  const logger = createLogger({
    config: loggingOf(host, loaded),
    stderr: host.stderr,
    env: host.env,
    runId: run.id,
    hook: run.hook,
    now: host.now,
  });
  logger.log('warn', 'push not scanned', {
    reason: visible(push.skip.reason),
    ran_required: push.skip.ranRequired,
    refs: push.refs.length,
  });
  await flushLog(logger, host);
}
