import type { Host } from '../../host/host.ts';
import type { Options } from '../options.ts';
import { flagLayer } from '../../config/flags.ts';
import { type LoadedConfig, loadConfig } from '../../config/load.ts';
import { GuardianError } from '../../errors/guardian-error.ts';
import type { Repository } from '../../git/repository.ts';
import { type Config, DEFAULT_CONFIG } from '../../policy/config.ts';
import { mergeConfig } from '../../policy/merge-config.ts';
import { listRuleIds } from '../../rules/rule-index.ts';

/** The config on disk. A bare repository has no files, so no layer of its own. */
export function loadCurrentConfig({ cwd, env }: Host, options: Options, { top, commonDir }: Repository): Promise<LoadedConfig> {
  return loadConfig({
    cwd: top === null ? commonDir : cwd,
    top,
    env,
    flags: flagLayer(options),
    configFile: options.config,
    source: { kind: 'disk' },
    knownRules: listRuleIds,
  });
}

/** The logging config. With a broken config the service still starts, and reports that it is not ready. */
export async function readLogging(host: Host, options: Options, repository: Repository): Promise<Config['logging']> {
  try {
    return (await loadCurrentConfig(host, options, repository)).config.logging;
  } catch (thrown) {
    if (!(thrown instanceof GuardianError)) throw thrown;
    return mergeConfig([DEFAULT_CONFIG, flagLayer(options)]).logging;
  }
}
