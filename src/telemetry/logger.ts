import { GuardianError } from '../errors/guardian-error.ts';
import { type Config, isLogged, type LogLevel } from '../policy/config.ts';
import { appendLines } from './log-file.ts';
import { openTraceContext } from './trace-context.ts';

export type Level = Exclude<LogLevel, 'silent'>;

/** Fields of a log line: counts, codes, times, hashes. Never a path, a line, a value, or text from outside. */
export type LogFields = Readonly<Record<string, string | number | boolean | null>>;

export interface Logger {
  readonly log: (level: Level, message: string, fields?: LogFields) => void;
  /**
   * Writes the log; call it after the verdict.
   *
   * @throws GuardianError TELEMETRY_FAILED if the file cannot be written; stderr has been written by then
   */
  readonly flush: () => Promise<void>;
}

export interface LoggerOptions {
  readonly config: Config['logging'];
  readonly stderr: LogOutput;
  readonly env: NodeJS.ProcessEnv;
  readonly runId: string;
  readonly hook: string | null;
  /** From `readRepositoryHash`; absent: unknown. */
  readonly repository?: string;
  readonly now: () => Date;
}

/** The stream for lines. */
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
 * Buffers the log until the verdict is printed: nothing is loaded before that, and lines below the level cost nothing.
 */
export function createLogger({ config, stderr, env, runId, hook, repository, now }: LoggerOptions): Logger {
  const entries: Entry[] = [];

  return {
    log(level, message, fields = {}) {
      if (isLogged(config, level)) entries.push({ time: now(), level, message, fields });
    },
    async flush() {
      if (entries.length === 0) return;
      const { traceId, spanId, parentId } = openTraceContext(env);
      const lines = entries.map(({ time, level, message, fields }) =>
        JSON.stringify({
          time: time.toISOString(),
          level,
          msg: message,
          run_id: runId,
          trace_id: traceId,
          span_id: spanId,
          ...(parentId === null ? {} : { parent_span_id: parentId }),
          hook,
          ...(repository === undefined ? {} : { repository }),
          ...fields,
        }),
      );
      if (config.format === 'json') stderr.write(lines.map((line) => `${line}\n`).join(''));
      // People read the report; with a log file, the log goes only there.
      else if (config.file === null || isLogged(config, 'debug')) await writeText(stderr, entries);
      entries.length = 0;
      if (config.file !== null) appendTo(config.file, lines, config.maxSize);
    },
  };
}

function appendTo(file: string, lines: readonly string[], maxSize: number): void {
  try {
    appendLines(file, lines, maxSize);
  } catch (thrown) {
    throw new GuardianError('TELEMETRY_FAILED', `cannot write the log: ${(thrown as Error).message}`, {
      hint: 'Set `logging.file` or `--log-file` to a writable file.',
      path: file,
      cause: thrown,
    });
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
