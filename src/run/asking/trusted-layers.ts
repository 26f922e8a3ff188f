import { isDeepStrictEqual } from 'node:util';
import { type ConfigRequest, type LoadedConfig, loadConfig } from '../../config/load.ts';
import { isPackageJson } from '../../config/search.ts';
import { GuardianError } from '../../errors/guardian-error.ts';
import type { GitClient } from '../../git/client.ts';
import { readHeadFiles } from '../../git/read-index-files.ts';
import { weakeningsOf } from '../../policy/weakenings.ts';

type Request = Omit<ConfigRequest, 'source'>;

/**
 * The policy that judges a commit which changes the policy: the new one if it lets nothing more pass, otherwise the one of HEAD. A policy that
 * the people it judges can change is no policy. Either way the report says so.
 *
 * @param after by the staged files
 * @param changed files of the config that the commit changes
 * @param candidates where the config may be
 */
export async function loadTrusted(
  git: GitClient,
  request: Request,
  after: LoadedConfig,
  changed: readonly string[],
  candidates: readonly string[],
): Promise<LoadedConfig> {
  const { loaded: before, notices } = await loadBefore(git, request, candidates);
  if (isDeepStrictEqual(before.config, after.config)) return after;
  // Many commits change a package.json, and few of those change the config in it.
  const isConfig = (path: string): boolean => !isPackageJson(path) || [...before.layers, ...after.layers].some(({ file }) => file === path);
  const announced = [`this commit changes the policy: ${changed.filter(isConfig).join(', ')}`, ...notices];
  const weakenings = weakeningsOf(before.config, after.config);
  if (weakenings.length === 0) return { ...after, warnings: [...after.warnings, ...announced] };
  return {
    ...before,
    warnings: [
      ...before.warnings,
      ...announced,
      `the change weakens the policy, so the previous policy judges this commit: ${weakenings.join('; ')}`,
      'to adopt the change, commit the config on its own: it takes effect with the next commit',
    ],
  };
}

/** The config of HEAD; none on an unborn branch. A broken one never judged anything, so then no config of the repository counts. */
async function loadBefore(
  git: GitClient,
  request: Request,
  candidates: readonly string[],
): Promise<{ loaded: LoadedConfig; notices: string[] }> {
  const files = await readHeadFiles(git, candidates);
  const readFile = async (path: string): Promise<Buffer | null> => (await readHeadFiles(git, [path])).get(path) ?? null;
  try {
    return { loaded: await loadConfig({ ...request, source: { kind: 'index', files, readFile } }), notices: [] };
  } catch (thrown) {
    if (!(thrown instanceof GuardianError) || thrown.code !== 'CONFIG_INVALID') throw thrown;
    const [mistake = ''] = thrown.message.split('\n');
    const loaded = await loadConfig({ ...request, source: { kind: 'index', files: new Map(), readFile: async () => null } });
    return { loaded, notices: [`the config before this commit is invalid (${mistake}), so it was ignored`] };
  }
}
