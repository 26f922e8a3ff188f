import { flagLayer } from '../../config/flags.ts';
import { type ConfigRequest, type LoadedConfig, loadConfig } from '../../config/load.ts';
import { configCandidates } from '../../config/search.ts';
import type { ChangedFile } from '../../diff/changed-file.ts';
import { readIndexFiles } from '../../git/read-index-files.ts';
import { listRuleIds } from '../../rules/rule-index.ts';
import { openLayerStore } from '../../state/kept-layers.ts';
import type { Asked } from './ask-git.ts';
import { timeBudgetOf } from '../limits/time-budget.ts';
import type { ScanRequest } from '../scan-request.ts';

/** The config of a run. A commit that weakens the policy is judged by the policy before it: see `trusted-layers.ts`. */
export async function loadLayers({ host, target, options, layer }: ScanRequest, asked: Asked): Promise<LoadedConfig> {
  const { git, repository, staged, configFiles } = asked;
  const request: Omit<ConfigRequest, 'source'> = {
    cwd: host.cwd,
    top: repository?.top ?? null,
    env: host.env,
    flags: layer ?? flagLayer(options),
    ...(options.config === undefined ? {} : { configFile: options.config }),
    knownRules: listRuleIds,
    // A server's repository is not written to.
    store: repository === null || target.kind === 'receive' ? null : openLayerStore(repository.gitDir),
  };
  if (configFiles === null || options.config !== undefined) return loadConfig({ ...request, source: { kind: 'disk' } });

  /** Files that the config extends, and what links lead to. */
  const read = new Set<string>();
  const files = await configFiles();
  const readFile = async (path: string): Promise<Buffer | null> => {
    read.add(path);
    return (await readIndexFiles(git, [path])).get(path) ?? null;
  };
  const loaded = await loadConfig({ ...request, source: { kind: 'index', files, readFile } });
  // Git may still be listing what is staged.
  const { errors, performance } = loaded.config;
  git.configure(timeBudgetOf(errors, () => performance.timeout - host.elapsed()));
  const candidates = configCandidates(repository?.prefix ?? '');
  const changed = staged === null ? [] : changedAmong(await staged(), [...candidates, ...read]);
  if (changed.length === 0) return loaded;
  const { loadTrusted } = await import('./trusted-layers.ts');
  return loadTrusted(git, request, loaded, changed, candidates);
}

function changedAmong(changes: readonly ChangedFile[], paths: readonly string[]): string[] {
  const wanted = new Set(paths);
  return changes.map(({ record }) => record.pathBytes.toString()).filter((path) => wanted.has(path));
}
