import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Where a config may stand in a folder, in the order of search: the names that cosmiconfig gives them, data formats only.
 *
 * The search is ours, by cosmiconfig's rules (a test compares the two), for three reasons: `cosmiconfig()` itself runs a
 * `.config/config.js` of the working folder, which no config of ours may do; its search passes over a file that it may not read, so
 * that a policy would vanish in silence; and the same search has to work on the index.
 */
export const CONFIG_PLACES: readonly string[] = [
  'package.json',
  ...rcNames('.code-guardianrc'),
  ...rcNames('.config/code-guardianrc'),
  ...dataNames('code-guardian.config'),
];

/** The same for the user's own folder. */
export const USER_PLACES: readonly string[] = [...CONFIG_PLACES, ...dataNames('config')];

/** Where a machine has the config of an organisation, under the same names; the repository has no say in it. */
export const ORGANISATION_FOLDER = '/etc/code-guardian';

/** The key of package.json. */
export const PACKAGE_KEY = 'code-guardian';

/** Names that other tools would run. A config is data here: these are not read. */
const SCRIPT = /^(?:\.code-guardianrc|code-guardian\.config)\.(?:[cm]?[jt]s)$/;

function rcNames(stem: string): string[] {
  return [stem, ...dataNames(stem)];
}

function dataNames(stem: string): string[] {
  return ['json', 'yaml', 'yml'].map((extension) => `${stem}.${extension}`);
}

/**
 * Every path that may hold the repository's config, from the repository's top with forward slashes, in the order of search:
 * the folder of `prefix` first, the top last.
 *
 * @param prefix folder that the search starts in, from the top: '' or ends with '/'
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

/** What a folder has to say. */
export interface Probe {
  readonly folder: string;
  /** The places of the list that are there. */
  readonly places: readonly string[];
  /** Names of configs that are programs. */
  readonly scripts: readonly string[];
}

/**
 * Which of the places are in a folder. This runs in every commit, mostly to find nothing: one `readdir`, synchronous because
 * that takes a tenth of the time a promise does.
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

/** Probes a folder and those above it up to `top`; the first that holds a config ends the search. */
export function probeUp(folder: string, top: string): { readonly found: Probe | null; readonly scripts: readonly string[] } {
  const scripts: string[] = [];
  for (let current = folder; ; current = dirname(current)) {
    const probe = probeFolder(current, CONFIG_PLACES);
    scripts.push(...probe.scripts.map((name) => join(current, name)));
    if (probe.places.length > 0) return { found: probe, scripts };
    if (current === top || dirname(current) === current) return { found: null, scripts };
  }
}

/** The first candidate of the index that holds a config. */
export function findStaged(prefix: string, files: ReadonlyMap<string, Buffer>): string | null {
  const isConfig = (path: string): boolean => {
    const content = files.get(path);
    return content !== undefined && (!isPackageJson(path) || namesUs(content.toString()));
  };
  return configCandidates(prefix).find(isConfig) ?? null;
}

/** Is the config a key of this file? */
export function isPackageJson(path: string): boolean {
  return /(?:^|[\\/])package\.json$/.test(path);
}

/** Does the text of a package.json hold our key? Others name us too, in `overrides` or `peerDependenciesMeta`. */
export function namesUs(text: string): boolean {
  if (!/"code-guardian"\s*:/.test(text)) return false;
  try {
    const content = JSON.parse(text.replace(/^\uFEFF/, '')) as Readonly<Record<string, unknown>> | null;
    return (content?.[PACKAGE_KEY] ?? null) !== null;
  } catch {
    // Its mistakes are npm's to report, unless they may be in what is ours.
    return /"code-guardian"\s*:\s*\{/.test(text);
  }
}

function namesIn(folder: string): Set<string> {
  // To be thrown an error costs more than a look.
  if (!existsSync(folder)) return new Set();
  try {
    return new Set(readdirSync(folder));
  } catch (thrown) {
    // A folder that is not there, or not ours to read, holds no config for us.
    if (['ENOENT', 'ENOTDIR', 'ELOOP', 'EACCES', 'EPERM'].includes((thrown as NodeJS.ErrnoException).code ?? '')) return new Set();
    throw thrown;
  }
}

/** A package.json that cannot be read may: reading it again says what is wrong. */
function mayNameUs(path: string): boolean {
  try {
    return namesUs(readFileSync(path, 'utf8'));
  } catch (thrown) {
    return !['ENOENT', 'EISDIR'].includes((thrown as NodeJS.ErrnoException).code ?? '');
  }
}
