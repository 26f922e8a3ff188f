import type { Host } from '../../cli/host.ts';
import { asGuardianError } from '../../errors/guardian-error.ts';
import { renderError } from '../../errors/render-error.ts';
import type { Config } from '../../policy/config.ts';
import { createRunId } from '../../run/run-id.ts';
import { createLogger, type LogFields, type Logger } from '../../telemetry/logger.ts';

/** Writes one line, of the trace that a request is part of. */
export type Log = (level: Parameters<Logger['log']>[0], message: string, fields?: LogFields, traceparent?: string) => void;

/** The log of a service: a line is written when it is said. One that cannot be written is told of on stderr, and nothing hangs on it. */
export function openLog(host: Host, config: Config['logging']): Log {
  const runId = createRunId();
  return (level, message, fields, traceparent) => {
    const env = traceparent === undefined ? host.env : { TRACEPARENT: traceparent };
    const logger = createLogger({ config, stderr: host.stderr, env, runId, hook: null, now: host.now });
    logger.log(level, message, fields);
    logger.flush().catch((thrown: unknown) => host.stderr.write(renderError(asGuardianError(thrown), false)));
  };
}
