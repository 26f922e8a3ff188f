import { GuardianError } from '../errors/guardian-error.ts';
import { type Config, isLogged, type LogLevel } from '../policy/config.ts';
import { appendLines } from './log-file.ts';
import { openTraceContext } from './trace-context.ts';

export type Level = Exclude<LogLevel, 'silent'>;

/** Facts of a log line: counts, codes, times, hashes. Never a path, a line, a value, or what somebody else has said. */
export type LogFields = Readonly<Record<string, string | number | boolean | null>>;

export interface Logger {
  readonly log: (level: Level, message: string, fields?: LogFields) => void;
  /**
   * Writes what has been logged; call it after the verdict.
   *
   * @throws GuardianError TELEMETRY_FAILED where the file cannot be written; what goes to stderr has been written then
   */
  readonly flush: () => Promise<void>;
}

export interface LoggerOptions {
  readonly config: Config['logging'];
  readonly stderr: LogOutput;
  readonly env: NodeJS.ProcessEnv;
  readonly runId: string;
  readonly hook: string | null;
  /** As `readRepositoryHash` makes it; absent: not known. */
  readonly repository?: string;
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
      // For people there is the report; who names a file has asked for the log there.
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
    throw new GuardianError('TELEMETRY_FAILED', `the log could not be written: ${(thrown as Error).message}`, {
      hint: 'Name a log file that can be written: `logging.file`, `--log-file`.',
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
