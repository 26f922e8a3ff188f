import { accessSync, constants, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { GuardianError } from '../errors/guardian-error.ts';
import type { Config, ConfigLayer } from '../policy/config.ts';
import { DEFAULT_CONFIG } from '../policy/config.ts';
import { mergeConfig } from '../policy/merge-config.ts';
import { optionsIn } from '../policy/rule-setting.ts';
import { type Guards, guardRequired, type Owner } from '../policy/required.ts';
import { type ConfigFile, describeInput, findKnown, isKeepable, keepKnown, type LayerStore } from './known-layers.ts';
import type { ReadLayers } from './layers.ts';
import { findStaged, ORGANISATION_FOLDER, probeFolder, probeUp, USER_PLACES } from './search.ts';
import type { ConfigDocument, Layer, Reader } from './source.ts';
import { isConfigVariable, parseEnvironmentName } from './variable-names.ts';

export type { Layer } from './source.ts';

/** The source of the repository's config. */
export type ConfigSource =
  | { readonly kind: 'disk' }
  | {
      readonly kind: 'index';
      /** Path from the top → content, for all staged `configCandidates`. */
      readonly files: ReadonlyMap<string, Buffer>;
      /** Staged content of any other path from the top; null if not staged. */
      readonly readFile: (path: string) => Promise<Buffer | null>;
    };

export interface ConfigRequest {
  /** Absolute; the search starts here. */
  readonly cwd: string;
  /** Absolute top of the repository, where the search ends; null outside a repository, where only `cwd` is searched. */
  readonly top: string | null;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** From `flagLayer`. */
  readonly flags: ConfigLayer;
  /** From `--config`: read from disk instead of the repository's. */
  readonly configFile?: string | undefined;
  readonly source: ConfigSource;
  /** Folder of the organization's config if no variable names it; only tests change it. */
  readonly organisationFolder?: string;
  /** Ids of the built-in rules. */
  readonly knownRules: () => readonly string[];
  /** Null: no cache. */
  readonly store?: LayerStore | null;
}

export interface LoadedConfig {
  readonly config: Config;
  /** For `compilePolicy`. */
  readonly guards: Guards;
  /** Lowest first, without settings that weaken what is enforced. */
  readonly layers: readonly Layer[];
  /** Their names, each once. */
  readonly layerNames: readonly string[];
  /** For people, on every run. */
  readonly warnings: readonly string[];
  /** For the debug log. */
  readonly notes: readonly string[];
}

/**
 * Finds, reads, checks and merges all layers of the config.
 *
 * Runs in every commit: without a config, variables and a user folder it imports nothing.
 *
 * @throws GuardianError CONFIG_INVALID that names file, line, column and key of every mistake in a layer
 */
export async function loadConfig(request: ConfigRequest): Promise<LoadedConfig> {
  const { env, flags } = request;
  const environment = parseEnvironmentName(env);
  const repository = findRepositoryConfig(request);
  const found = {
    organisation: onDisk('organisation', findOrganisationConfig(request)),
    user: onDisk('user', findUserConfig(env)),
    repository: repository.file,
  };
  const isPlain = Object.values(found).every((file) => file === null) && !Object.keys(env).some((name) => isConfigVariable(name, env));
  const read = isPlain ? NOTHING : await readOnce(request, found, environment.name);

  const spoken: Layer[] = [
    { name: 'defaults', owner: 'defaults', file: null, value: DEFAULT_CONFIG },
    ...read.layers,
    ...(Object.keys(flags).length === 0 ? [] : [{ name: 'flags', owner: 'flags', file: null, value: flags } as const]),
  ];
  const layers = read.enforced === null ? spoken : await enforce(spoken, read.enforced);
  const config = mergeConfig(layers.map(({ value }) => value));
  return {
    config,
    guards: guardRequired(layers),
    layers,
    layerNames: [...new Set(layers.map(({ name }) => name))],
    warnings: [...repository.warnings, ...read.warnings, ...(isPlain ? [] : await warnOfPatterns(config))],
    notes: environment.isNamed && !read.hasOverlay ? [`no layer has an environment ${environment.name}`] : [],
  };
}

const NOTHING = { layers: [], warnings: [], hasOverlay: false, enforced: null } as const;

/** Warnings about slow regular expressions in the config; loads nothing if there are none. */
async function warnOfPatterns({ customRules, ignore, rules, overrides }: Config): Promise<readonly string[]> {
  const settings = [rules, ...overrides.map((entry) => entry.rules)].flatMap((entry) => Object.values(entry));
  const hasPatterns =
    customRules.length > 0 || ignore.values.length > 0 || settings.some((setting) => optionsIn(setting).allow !== undefined);
  if (!hasPatterns) return [];
  const { patternRisks } = await import('./pattern-risks.ts');
  return patternRisks({ customRules, ignore, rules, overrides });
}

async function enforce(spoken: readonly Layer[], enforced: Layer): Promise<readonly Layer[]> {
  const { enforceOn } = await import('../policy/enforce.ts');
  const { layers, above } = enforceOn(spoken, enforced.value);
  return [...layers, { ...enforced, value: above }];
}

/**
 * Absolute path of the organization's config, or null.
 *
 * @throws GuardianError CONFIG_INVALID if its folder is not readable: its rules would not apply
 */
function findOrganisationConfig({ cwd, env, organisationFolder = ORGANISATION_FOLDER }: ConfigRequest): string | null {
  const named = env['CODE_GUARDIAN_ORG_CONFIG'];
  if (named !== undefined && named !== '') return resolve(cwd, named);
  try {
    if (statSync(organisationFolder, { throwIfNoEntry: false }) === undefined) return null;
    accessSync(organisationFolder, constants.R_OK | constants.X_OK);
  } catch (cause) {
    throw new GuardianError('CONFIG_INVALID', `cannot read ${organisationFolder}: ${(cause as Error).message}`, {
      hint: "This is the organization's config, which applies to every user: make the folder and its files readable.",
      path: organisationFolder,
      cause,
    });
  }
  return findIn(organisationFolder);
}

/** Absolute path of the user's config, or null. */
function findUserConfig(env: ConfigRequest['env']): string | null {
  const home = env['HOME'] || env['USERPROFILE'] || homedir();
  return findIn(join(env['XDG_CONFIG_HOME'] || join(home, '.config'), 'code-guardian'));
}

function findIn(folder: string): string | null {
  const [place] = probeFolder(folder, USER_PLACES).places;
  return place === undefined ? null : join(folder, place);
}

function onDisk(owner: Owner, path: string | null): ConfigFile | null {
  return path === null ? null : { owner, path, staged: null };
}

/** The repository's config, or null. */
function findRepositoryConfig({ cwd, top, source, configFile }: ConfigRequest): {
  readonly file: ConfigFile | null;
  readonly warnings: readonly string[];
} {
  if (configFile !== undefined) return { file: onDisk('repository', resolve(cwd, configFile)), warnings: [] };
  const end = top ?? cwd;
  const prefix = prefixOf(end, cwd);
  const { found, scripts } = probeUp(join(end, prefix), end);
  return {
    file:
      source.kind === 'disk' ? onDisk('repository', found && join(found.folder, found.places[0]!)) : findInIndex(end, prefix, source.files),
    warnings: scripts.map(
      (script) => `${relative(end, script)} is ignored: configs are data, such as .code-guardianrc.yaml, never programs`,
    ),
  };
}

function findInIndex(top: string, prefix: string, files: ReadonlyMap<string, Buffer>): ConfigFile | null {
  const staged = findStaged(prefix, files);
  return staged === null ? null : { owner: 'repository', path: join(top, staged), staged: files.get(staged)! };
}

/** Folder of the search from the top: '' or ends with '/'. Outside the work tree git's own folder is the top. */
function prefixOf(top: string, cwd: string): string {
  const below = relative(top, cwd).replaceAll('\\', '/');
  return below === '' || below === '..' || below.startsWith('../') || resolve(below) === below ? '' : `${below}/`;
}

type Found = Readonly<Record<'organisation' | 'user' | 'repository', ConfigFile | null>>;

/** From the cache, if nothing has changed. */
async function readOnce(request: ConfigRequest, found: Found, environment: string): Promise<ReadLayers> {
  const { env, store = null } = request;
  const files = Object.values(found).filter((file) => file !== null);
  const input = { files, environment, env };
  const description = store === null ? null : describeInput(input);
  if (store === null || description === null) return (await readAll(request, found, environment)).read;
  const known = findKnown(store, description);
  if (known !== null) return known;
  const { read, documents } = await readAll(request, found, environment);
  if (isKeepable(input, documents, read)) keepKnown(store, description, read);
  return read;
}

async function readAll(
  { cwd, top, env, source, configFile, knownRules }: ConfigRequest,
  { organisation, user, repository }: Found,
  environment: string,
): Promise<{ readonly read: ReadLayers; readonly documents: readonly ConfigDocument[] }> {
  const [{ readDocument }, { diskReader, indexReader }, { readLayers }] = await Promise.all([
    import('./read-document.ts'),
    import('./readers.ts'),
    import('./layers.ts'),
  ]);
  const base = top ?? cwd;
  const isStaged = source.kind === 'index' && configFile === undefined;
  const reader = isStaged ? indexReader(base, source.files, source.readFile) : diskReader(base);
  const documents: ConfigDocument[] = [];
  const readIn = async (from: Reader, file: ConfigFile | null, named?: Named): Promise<void> => {
    if (file === null) return;
    const { owner } = file;
    const document = await readDocument(from, file.path, owner, (shown) => `${owner}:${shown}`);
    if (document === null) throw absenceError(from.show(file.path), named);
    documents.push(document);
  };
  await readIn(diskReader(null), organisation, { typed: env['CODE_GUARDIAN_ORG_CONFIG'], by: 'CODE_GUARDIAN_ORG_CONFIG' });
  await readIn(diskReader(null), user);
  await readIn(reader, repository, { typed: configFile, by: '--config' });
  return { read: await readLayers({ documents, env, base, environment, builtIn: knownRules() }), documents };
}

/** Who named a config by its path. */
interface Named {
  readonly typed: string | undefined;
  readonly by: string;
}

/** A missing config is an error, because a different policy would apply without it. */
function absenceError(file: string, { typed = '', by }: Named = { typed: '', by: '' }): GuardianError {
  return typed === ''
    ? new GuardianError('CONFIG_INVALID', `${file} is a broken link`, { hint: 'Replace it with a file, or remove it.', path: file })
    : new GuardianError('CONFIG_INVALID', `${typed}: no such config file`, { hint: `Check the path after ${by}.`, path: typed });
}
