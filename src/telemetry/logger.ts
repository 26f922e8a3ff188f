import { appendFileSync } from 'node:fs';
import { fileError } from '../errors/guardian-error.ts';
import { type Config, isLogged, type LogLevel } from '../policy/config.ts';
import { openTraceContext } from './trace-context.ts';

type Level = Exclude<LogLevel, 'silent'>;

/** Facts of a log line. Never a path of the scanned tree, a line or a value. */
export type LogFields = Readonly<Record<string, string | number | boolean | null>>;

export interface Logger {
  readonly log: (level: Level, message: string, fields?: LogFields) => void;
  /** Writes what has been logged; call it after the verdict. */
  readonly flush: () => Promise<void>;
}

export interface LoggerOptions {
  readonly config: Config['logging'];
  readonly stderr: LogOutput;
  readonly env: NodeJS.ProcessEnv;
  readonly runId: string;
  readonly hook: string | null;
  readonly now: () => Date;
}

/** Where lines go that people or programs read as they come. */
export interface LogOutput {
  readonly write: (text: string) => void;
}

interface Entry {
  readonly time: Date;
  readonly level: Level;
  readonly message: string;
  readonly fields: LogFields;
}

/**
 * Keeps what is logged until the verdict is out: until then nothing is loaded, and what is below the level costs nothing.
 */
export function createLogger({ config, stderr, env, runId, hook, now }: LoggerOptions): Logger {
  const entries: Entry[] = [];

  return {
    log(level, message, fields = {}) {
      if (isLogged(config, level)) entries.push({ time: now(), level, message, fields });
    },
    async flush() {
      if (entries.length === 0) return;
      const { traceId, spanId } = openTraceContext(env['TRACEPARENT']);
      const lines = entries.map(({ time, level, message, fields }) =>
        JSON.stringify({
          time: time.toISOString(),
          level,
          msg: message,
          run_id: runId,
          trace_id: traceId,
          span_id: spanId,
          hook,
          ...fields,
        }),
      );
      if (config.file !== null) appendLines(config.file, lines);
      if (config.format === 'json') stderr.write(lines.map((line) => `${line}\n`).join(''));
      else await writeText(stderr, entries);
      entries.length = 0;
    },
  };
}

/** One write a run: appends of concurrent commits do not mix. */
function appendLines(file: string, lines: readonly string[]): void {
  try {
    appendFileSync(file, lines.map((line) => `${line}\n`).join(''));
  } catch (thrown) {
    throw fileError(thrown, file, 'Name a log file that can be written: `logging.file`, `--log-file`.');
  }
}

async function writeText(stderr: LogOutput, entries: readonly Entry[]): Promise<void> {
  const { createConsola } = await import('consola/basic');
  const stream = stderr as unknown as NodeJS.WriteStream;
  const consola = createConsola({ level: 5, stdout: stream, stderr: stream, formatOptions: { date: false, colors: false } });
  for (const { level, message, fields } of entries) {
    const facts = Object.entries(fields).map(([name, value]) => `${name}=${String(value)}`);
    consola[level]([message, ...facts].join(' '));
  }
}
