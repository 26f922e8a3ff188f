import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * The places of a config in a folder, in search order: cosmiconfig's names, data formats only.
 *
 * The search is ours, by cosmiconfig's rules (a test compares the two), for three reasons: `cosmiconfig()` itself runs a
 * `.config/config.js` of the working folder, which no config of ours may do; its search skips a file that it may not read, so
 * that a policy would silently vanish; and the same search has to work on the index.
 */
export const CONFIG_PLACES: readonly string[] = [
  'package.json',
  ...rcNames('.code-guardianrc'),
  ...rcNames('.config/code-guardianrc'),
  ...dataNames('code-guardian.config'),
];

/** The same for the user's own folder. */
export const USER_PLACES: readonly string[] = [...CONFIG_PLACES, ...dataNames('config')];

/** The folder of the organization's config on a machine, with the same names. The repository cannot change it. */
export const ORGANISATION_FOLDER = '/etc/code-guardian';

/** The key of package.json. */
export const PACKAGE_KEY = 'code-guardian';

/** Names that other tools would execute. Our configs are data, so these are ignored. */
const SCRIPT = /^(?:\.code-guardianrc|code-guardian\.config)\.(?:[cm]?[jt]s)$/;

function rcNames(stem: string): string[] {
  return [stem, ...dataNames(stem)];
}

function dataNames(stem: string): string[] {
  return ['json', 'yaml', 'yml'].map((extension) => `${stem}.${extension}`);
}

/**
 * Every possible path of the repository's config, from the repository's top with forward slashes, in search order: the folder of `prefix`
 * first, the top last.
 *
 * @param prefix start folder, relative to the top: '' or ends with '/'
 */
export function configCandidates(prefix: string): string[] {
  return foldersUp(prefix).flatMap((folder) => CONFIG_PLACES.map((place) => folder + place));
}

/** `a/b/` → `a/b/`, `a/`, ``. */
function foldersUp(prefix: string): string[] {
  const parts = prefix.split('/').filter((part) => part !== '');
  return Array.from({ length: parts.length + 1 }, (_, gone) =>
    parts
      .slice(0, parts.length - gone)
      .map((part) => `${part}/`)
      .join(''),
  );
}

/** The configs in a folder. */
export interface Probe {
  readonly folder: string;
  /** The places that exist. */
  readonly places: readonly string[];
  /** Names of configs that are programs, which are ignored. */
  readonly scripts: readonly string[];
}

/**
 * Which of the places exist in a folder. Runs in every commit and usually finds nothing: one synchronous `readdir`, which takes a tenth of the
 * time of a promise.
 */
export function probeFolder(folder: string, places: readonly string[]): Probe {
  const names = namesIn(folder);
  const nested = names.has('.config') ? namesIn(join(folder, '.config')) : new Set<string>();
  const isThere = (place: string): boolean =>
    place.startsWith('.config/') ? nested.has(place.slice('.config/'.length)) : names.has(place);
  return {
    folder,
    places: places.filter((place) => isThere(place) && (place !== 'package.json' || mayNameUs(join(folder, place)))),
    scripts: [...names].filter((name) => SCRIPT.test(name)),
  };
}

/** Probes a folder and its parents up to `top`; the first with a config ends the search. */
export function probeUp(folder: string, top: string): { readonly found: Probe | null; readonly scripts: readonly string[] } {
  const scripts: string[] = [];
  for (let current = folder; ; current = dirname(current)) {
    const probe = probeFolder(current, CONFIG_PLACES);
    scripts.push(...probe.scripts.map((name) => join(current, name)));
    if (probe.places.length > 0) return { found: probe, scripts };
    if (current === top || dirname(current) === current) return { found: null, scripts };
  }
}

/** The first candidate in the index with a config. */
export function findStaged(prefix: string, files: ReadonlyMap<string, Buffer>): string | null {
  const isConfig = (path: string): boolean => {
    const content = files.get(path);
    return content !== undefined && (!isPackageJson(path) || namesUs(content.toString()));
  };
  return configCandidates(prefix).find(isConfig) ?? null;
}

/** Whether the config is a key of this file. */
export function isPackageJson(path: string): boolean {
  return /(?:^|[\\/])package\.json$/.test(path);
}

/** Whether a package.json has our key. Our name also occurs in `overrides` or `peerDependenciesMeta`. */
export function namesUs(text: string): boolean {
  if (!/"code-guardian"\s*:/.test(text)) return false;
  try {
    const content = JSON.parse(text.replace(/^\uFEFF/, '')) as Readonly<Record<string, unknown>> | null;
    return (content?.[PACKAGE_KEY] ?? null) !== null;
  } catch {
    // npm reports its mistakes, unless they may be in our key.
    return /"code-guardian"\s*:\s*\{/.test(text);
  }
}

function namesIn(folder: string): Set<string> {
  // An exception costs more than a check.
  if (!existsSync(folder)) return new Set();
  try {
    return new Set(readdirSync(folder));
  } catch (thrown) {
    // A missing or unreadable folder has no config.
    if (['ENOENT', 'ENOTDIR', 'ELOOP', 'EACCES', 'EPERM'].includes((thrown as NodeJS.ErrnoException).code ?? '')) return new Set();
    throw thrown;
  }
}

/** True if package.json is unreadable: reading it again reports the reason. */
function mayNameUs(path: string): boolean {
  try {
    return namesUs(readFileSync(path, 'utf8'));
  } catch (thrown) {
    return !['ENOENT', 'EISDIR'].includes((thrown as NodeJS.ErrnoException).code ?? '');
  }
}
