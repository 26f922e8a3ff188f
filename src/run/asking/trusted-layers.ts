import { isDeepStrictEqual } from 'node:util';
import { type ConfigRequest, type LoadedConfig, loadConfig } from '../../config/load.ts';
import { isPackageJson } from '../../config/search.ts';
import { GuardianError } from '../../errors/guardian-error.ts';
import type { GitClient } from '../../git/client.ts';
import { readHeadFiles } from '../../git/read-index-files.ts';
import { weakeningsOf } from '../../policy/weakenings.ts';

type Request = Omit<ConfigRequest, 'source'>;

/**
 * The policy that a commit is judged by which changes it: the new one where that lets nothing more pass, else the one before, which is that
 * of HEAD. A policy could otherwise be weakened by the very change that it judges. Either way the report says so.
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
  // Every other commit changes a package.json, most of which have nothing to say here.
  const isConfig = (path: string): boolean => !isPackageJson(path) || [...before.layers, ...after.layers].some(({ file }) => file === path);
  const announced = [`the policy changes in this commit: ${changed.filter(isConfig).join(', ')}`, ...notices];
  const weakenings = weakeningsOf(before.config, after.config);
  if (weakenings.length === 0) return { ...after, warnings: [...after.warnings, ...announced] };
  return {
    ...before,
    warnings: [
      ...before.warnings,
      ...announced,
      `the change weakens the policy, so this commit is judged by the policy before it: ${weakenings.join('; ')}`,
      'to adopt the change, commit the config first, by itself: it holds from the next commit on',
    ],
  };
}

/** By what HEAD has; nothing on an unborn branch. Where that is broken it never judged anything, and no config of the repository counts. */
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
    return { loaded, notices: [`the config before this commit cannot be used (${mistake}), so none is taken to have been there`] };
  }
}
