import type { Host } from '../../host/host.ts';
import type { RunOptions } from '../run-options.ts';
import type { LoadedConfig } from '../../config/load.ts';
import { parseEnvironmentName } from '../../config/variable-names.ts';
import { type Config, DEFAULT_CONFIG, isLogged, LOG_LEVELS, type LogLevel } from '../../policy/config.ts';

type Logging = Config['logging'];

/** How a run is logged. In CI programs read the log, so it is JSON unless the config says otherwise. */
export function loggingOf(host: Host, { config, layers }: LoadedConfig): Logging {
  const isSaid = layers.slice(1).some(({ value }) => value.logging?.format !== undefined);
  return isSaid || !isReadByPrograms(host) ? config.logging : { ...config.logging, format: 'json' };
}

/** Is anything of a run logged? In text the report's last line is enough, unless the level asks for more. */
export function isRunLogged(logging: Logging): boolean {
  return isLogged(logging, levelOfRun(logging)) || (hasReader(logging) && logging.level !== 'silent');
}

/** The result is logged at this level; failures at a higher one if programs read the log. */
export function levelOfRun(logging: Logging): 'info' | 'debug' {
  return hasReader(logging) ? 'info' : 'debug';
}

function hasReader({ format, file }: Logging): boolean {
  return format === 'json' || file !== null;
}

/** {@link loggingOf} for a run that failed, perhaps because of its config: flags and variables alone decide. */
export function loggingWithoutConfig(host: Host, options: RunOptions): Logging {
  const typed = (flag: string | undefined, variable: string): string | undefined =>
    flag ?? (host.env[`CODE_GUARDIAN_LOGGING_${variable}`] || undefined);
  const level = typed(options.logLevel, 'LEVEL') as LogLevel | undefined;
  const format = typed(options.logFormat, 'FORMAT') ?? (isReadByPrograms(host) ? 'json' : undefined);
  return {
    ...DEFAULT_CONFIG.logging,
    ...(level !== undefined && LOG_LEVELS.includes(level) ? { level } : {}),
    format: format === 'json' ? 'json' : 'text',
    file: typed(options.logFile, 'FILE') ?? null,
  };
}

function isReadByPrograms({ env, stderr }: Host): boolean {
  return parseEnvironmentName({ CI: env['CI'] }).name === 'ci' && !stderr.isTTY;
}
