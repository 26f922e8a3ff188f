import { GuardianError } from '../errors/guardian-error.ts';
import type { ConfigLayer, LogLevel } from '../policy/config.ts';
import type { Severity } from '../rules/rule.ts';

/** The command-line options that set config keys, as they were typed; the command line has checked the names among them. */
export interface ConfigFlags {
  readonly 'fail-fast'?: boolean;
  readonly 'fail-on'?: string;
  readonly bail?: string;
  readonly baseline?: string;
  readonly 'log-level'?: string;
  readonly 'log-format'?: string;
  readonly 'log-file'?: string;
}

/**
 * Options → the layer above all others. Files stay as they were typed, and are meant from the working folder.
 *
 * @throws GuardianError USAGE where `--bail` is no count
 */
export function parseFlags(flags: ConfigFlags): ConfigLayer {
  return withoutAbsent({
    failFast: flags['fail-fast'],
    failOn: flags['fail-on'] as Severity | undefined,
    bail: parseBail(flags.bail),
    baseline: flags.baseline,
    logging: withoutAbsent({
      level: flags['log-level'] as LogLevel | undefined,
      format: flags['log-format'] as 'text' | 'json' | undefined,
      file: flags['log-file'],
    }),
  });
}

function parseBail(typed: string | undefined): number | undefined {
  if (typed === undefined) return undefined;
  if (/^\d{1,15}$/.test(typed)) return Number(typed);
  throw new GuardianError('USAGE', `--bail takes a count, not ${JSON.stringify(typed)}`, {
    hint: 'Write the number of blocking findings to stop after, as in `--bail 1`; 0 never stops.',
  });
}

/** Without keys that say nothing, and without objects that have none. */
function withoutAbsent<T extends Readonly<Record<string, unknown>>>(entries: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const isSaid = ([, value]: [string, unknown]): boolean =>
    value !== undefined && !(typeof value === 'object' && value !== null && Object.keys(value).length === 0);
  return Object.fromEntries(Object.entries(entries).filter(isSaid)) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
