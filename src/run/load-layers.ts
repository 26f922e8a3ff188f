import type { Host } from '../cli/host.ts';
import type { Options } from '../cli/options.ts';
import { parseFlags } from '../config/flags.ts';
import { type ConfigSource, type LoadedConfig, loadConfig } from '../config/load.ts';
import { readIndexFiles } from '../git/read-index-files.ts';
import { HEADS } from '../rules/heads.ts';
import type { Asked } from './ask-git.ts';

/** The config of a run. */
export async function loadLayers(host: Host, { git, place, configFiles }: Asked, options: Options): Promise<LoadedConfig> {
  const source: ConfigSource =
    configFiles === null
      ? { kind: 'disk' }
      : {
          kind: 'index',
          files: await configFiles(),
          readFile: async (path) => (await readIndexFiles(git, [path])).get(path) ?? null,
        };
  return loadConfig({
    cwd: host.cwd,
    top: place?.top ?? null,
    env: host.env,
    flags: parseFlags(options),
    source,
    ...(options.config === undefined ? {} : { configFile: options.config }),
    knownRules: HEADS.map(({ id }) => id),
  });
}
