import type { ConfigLayer, LogFormat, LogLevel } from '../policy/config.ts';
import type { Severity } from '../engine/rule.ts';

/** Options that set config keys. Paths stay as typed, relative to the current folder. */
export interface ConfigFlags {
  readonly failFast?: boolean;
  readonly failOn?: Severity;
  readonly bail?: number;
  readonly baseline?: string;
  readonly logLevel?: LogLevel;
  readonly logFormat?: LogFormat;
  readonly logFile?: string;
}

/** Options → the topmost layer. */
export function flagLayer({ failFast, failOn, bail, baseline, logLevel, logFormat, logFile }: ConfigFlags): ConfigLayer {
  return withoutAbsent({
    failFast,
    failOn,
    bail,
    baseline,
    logging: withoutAbsent({ level: logLevel, format: logFormat, file: logFile }),
  });
}

/** Drops undefined keys and empty objects. */
function withoutAbsent<T extends Readonly<Record<string, unknown>>>(entries: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const isSaid = ([, value]: [string, unknown]): boolean =>
    value !== undefined && !(typeof value === 'object' && value !== null && Object.keys(value).length === 0);
  return Object.fromEntries(Object.entries(entries).filter(isSaid)) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
