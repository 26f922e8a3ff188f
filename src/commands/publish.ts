import { resolve } from 'node:path';
import type { Run } from './command.ts';
import { EXIT } from '../errors/exit-codes.ts';
import { GuardianError } from '../errors/guardian-error.ts';
import { tellWarnings } from '../run/tell-error.ts';
import { commonDirOf } from '../state/common-dir.ts';
import { readLedger } from '../telemetry/ledger.ts';
import { instanceOf } from '../telemetry/instance.ts';
import { takeRuns } from '../telemetry/outbox.ts';
import { publishRuns } from '../telemetry/publish-runs.ts';
import { VERSION } from '../host/version.ts';

/** Milliseconds to wait for a receiver. */
const DEADLINE = 15_000;

/** `code-guardian publish GIT_DIR`: hooks start it when they end, to publish recorded runs. */
export const run: Run = async ({ host, args: [gitDir = '.git'] }) => {
  const folder = resolve(host.cwd, gitDir);
  const taken = takeRuns(folder, host.now());
  const commonDir = commonDirOf(folder);
  const warnings: string[] = [];
  const deadline = setTimeout(() => process.exit(EXIT.failed), DEADLINE).unref();
  try {
    const sender = { version: VERSION, instance: instanceOf(commonDir) };
    await publishRuns(taken.runs, readLedger(commonDir), sender, { env: host.env, onWarning: (warning) => void warnings.push(warning) });
  } catch (cause) {
    throw new GuardianError('TELEMETRY_FAILED', `cannot publish runs: ${(cause as Error).message}`, {
      hint: 'They are kept for a day and retried after the next run. Check `monitoring` in the config and the variables OTEL_EXPORTER_OTLP_….',
      cause,
    });
  } finally {
    clearTimeout(deadline);
    if (warnings.length > 0) await tellWarnings(warnings, host);
  }
  taken.done();
  return EXIT.ok;
};
