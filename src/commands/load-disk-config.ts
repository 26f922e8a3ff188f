import type { Invocation } from './command.ts';
import { flagLayer } from '../config/flags.ts';
import { type LoadedConfig, loadConfig } from '../config/load.ts';
import { GuardianError } from '../errors/guardian-error.ts';
import { openGit } from '../git/client.ts';
import { readRepository } from '../git/repository.ts';
import { listRuleIds } from '../rules/rule-index.ts';
import { tellWarnings } from '../run/tell-error.ts';

/** The config for the current folder, with the repository's layer from disk. Prints warnings on stderr. */
export async function loadDiskConfig(
  { host, options }: Pick<Invocation, 'host' | 'options'>,
  configFile = options.config,
): Promise<LoadedConfig> {
  const loaded = await loadConfig({
    cwd: host.cwd,
    top: await readTop({ host }),
    env: host.env,
    flags: flagLayer(options),
    configFile,
    source: { kind: 'disk' },
    knownRules: listRuleIds,
  });
  if (loaded.warnings.length > 0) await tellWarnings(loaded.warnings, host);
  return loaded;
}

/** The top of the repository; null outside of one. */
export async function readTop({ host }: Pick<Invocation, 'host'>): Promise<string | null> {
  try {
    return (await readRepository(openGit(host.cwd, host.env))).top;
  } catch (thrown) {
    if (thrown instanceof GuardianError && thrown.code === 'NOT_A_REPOSITORY') return null;
    throw thrown;
  }
}
