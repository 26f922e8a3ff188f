import type { ConfigLayer, LogFormat, LogLevel } from '../policy/config.ts';
import type { Severity } from '../engine/rule.ts';

/** Options that set config keys. Names are checked where they come in; paths stay as they were written, relative to the working folder. */
export interface ConfigFlags {
  readonly failFast?: boolean;
  readonly failOn?: Severity;
  readonly bail?: number;
  readonly baseline?: string;
  readonly logLevel?: LogLevel;
  readonly logFormat?: LogFormat;
  readonly logFile?: string;
}

/** Options → the layer above all others. */
export function flagLayer({ failFast, failOn, bail, baseline, logLevel, logFormat, logFile }: ConfigFlags): ConfigLayer {
  return withoutAbsent({
    failFast,
    failOn,
    bail,
    baseline,
    logging: withoutAbsent({ level: logLevel, format: logFormat, file: logFile }),
  });
}

/** Without keys that say nothing, and without objects that have none. */
function withoutAbsent<T extends Readonly<Record<string, unknown>>>(entries: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const isSaid = ([, value]: [string, unknown]): boolean =>
    value !== undefined && !(typeof value === 'object' && value !== null && Object.keys(value).length === 0);
  return Object.fromEntries(Object.entries(entries).filter(isSaid)) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
