import { randomUUID } from 'node:crypto';
import type { Host } from '../../host/host.ts';
import { asGuardianError } from '../../errors/guardian-error.ts';
import type { Config } from '../../policy/config.ts';
import { type RedactText, createRedactor } from '../../run/redact-text.ts';
import { tellError } from '../../run/tell-error.ts';
import { createLogger, type LogFields, type Logger } from '../../telemetry/logger.ts';

/** Writes one line, with the trace of the request. */
export type Log = (level: Parameters<Logger['log']>[0], message: string, fields?: LogFields, traceparent?: string) => void;

/**
 * The log of a service, written line by line. Quoted text, such as a system error with a path, is redacted. A failure to write is printed on
 * stderr and otherwise ignored.
 */
export function openLog(host: Host, config: Config['logging']): Log {
  const runId = randomUUID();
  const redact = guarded(createRedactor());
  return (level, message, fields = {}, traceparent) => {
    const env = traceparent === undefined ? host.env : { TRACEPARENT: traceparent };
    const logger = createLogger({ config, stderr: host.stderr, env, runId, hook: null, now: host.now });
    const shown = Object.entries(fields).map(([name, value]) => [name, typeof value === 'string' ? redact(value) : value] as const);
    logger.log(level, redact(message), Object.fromEntries(shown));
    logger.flush().catch((thrown: unknown) => tellError(asGuardianError(thrown), host));
  };
}

/** If the rules cannot be loaded (the package is being replaced, for example), print nothing that may contain a secret. */
function guarded(redact: RedactText): RedactText {
  return (text) => {
    try {
      return redact(text);
    } catch {
      return '…';
    }
  };
}
