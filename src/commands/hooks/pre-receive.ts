import type { Run } from '../command.ts';
import type { Host } from '../../host/host.ts';
import { parsePushOption, parseReceiveLines } from '../../diff/ref-update.ts';
import { visible } from '../../findings/redact.ts';
import { loggingOf } from '../../run/recording/logging.ts';
import type { ScanRun } from '../../run/scan-request.ts';
import { runAndReport } from '../run-and-report.ts';
import { readHookInput } from './read-input.ts';

/** Characters of a reason that are kept: it is somebody's text, and may be long. */
const MAX_REASON = 200;

/** pre-receive, on a server: looks at every commit that the push brings, before it is accepted. */
export const run: Run = async ({ host, options, args: [hook = ''] }) => {
  const updates = parseReceiveLines(await readHookInput(host));
  const skipReason = parsePushOption(host.env, 'code-guardian.skip')?.slice(0, MAX_REASON) ?? null;
  return runAndReport({ host, options, target: { kind: 'receive', updates, skipReason }, hook }, (run) => logSkip(host, run));
};

/** Who leaves the scan out is told on, in the server's log. */
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
