import { homedir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { GuardianError } from '../errors/guardian-error.ts';
import type { Config, ConfigLayer } from '../policy/config.ts';
import { DEFAULT_CONFIG } from '../policy/config.ts';
import { mergeConfig } from '../policy/merge-config.ts';
import { findStaged, probeFolder, probeUp, USER_PLACES } from './search.ts';
import type { ConfigDocument, Layer, Reader } from './source.ts';
import { isConfigVariable, parseEnvironmentName } from './variable-names.ts';

export type { Layer } from './source.ts';

/** Where the repository's config is read from. */
export type ConfigSource =
  | { readonly kind: 'disk' }
  | {
      readonly kind: 'index';
      /** Path from the top → staged content, of those `configCandidates` that are staged. */
      readonly files: ReadonlyMap<string, Buffer>;
      /** Staged content of any other path from the top; null where it is not staged. */
      readonly readFile: (path: string) => Promise<Buffer | null>;
    };

export interface ConfigRequest {
  /** Absolute; the search starts here. */
  readonly cwd: string;
  /** Absolute top of the repository, where the search ends; null outside of one, where only `cwd` is searched. */
  readonly top: string | null;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What `parseFlags` made of the command line. */
  readonly flags: ConfigLayer;
  /** From `--config`: read from the disk in place of the repository's. */
  readonly configFile?: string | undefined;
  readonly source: ConfigSource;
  /** Ids of the built-in rules. */
  readonly knownRules: readonly string[];
}

export interface LoadedConfig {
  readonly config: Config;
  /** Lowest first. */
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
 * This runs in every commit: where there is no config, no key's variable and no user folder, nothing is imported for it.
 *
 * @throws GuardianError CONFIG_INVALID that names file, line, column and key of every mistake in a layer
 */
export async function loadConfig(request: ConfigRequest): Promise<LoadedConfig> {
  const { env, flags } = request;
  const environment = parseEnvironmentName(env);
  const user = findUserConfig(env);
  const repository = findRepositoryConfig(request);
  const isPlain = user === null && repository.path === null && !Object.keys(env).some((name) => isConfigVariable(name, env));
  const read = isPlain ? NOTHING : await readAll(request, user, repository.path, environment.name);

  const layers: Layer[] = [
    { name: 'defaults', file: null, value: DEFAULT_CONFIG },
    ...read.layers,
    ...(Object.keys(flags).length === 0 ? [] : [{ name: 'flags', file: null, value: flags }]),
  ];
  return {
    config: mergeConfig(layers.slice(1).map(({ value }) => value)),
    layers,
    layerNames: [...new Set(layers.map(({ name }) => name))],
    warnings: [...repository.warnings, ...read.warnings],
    notes: environment.isNamed && !read.hasOverlay ? [`no layer has an environment ${environment.name}`] : [],
  };
}

const NOTHING = { layers: [], warnings: [], hasOverlay: false } as const;

/** Absolute path of the user's config; null where there is none. */
function findUserConfig(env: ConfigRequest['env']): string | null {
  const home = env['HOME'] || env['USERPROFILE'] || homedir();
  const folder = join(env['XDG_CONFIG_HOME'] || join(home, '.config'), 'code-guardian');
  const [place] = probeFolder(folder, USER_PLACES).places;
  return place === undefined ? null : join(folder, place);
}

/** Absolute path of the repository's config; null where there is none. */
function findRepositoryConfig({ cwd, top, source, configFile }: ConfigRequest): {
  readonly path: string | null;
  readonly warnings: readonly string[];
} {
  if (configFile !== undefined) return { path: resolve(cwd, configFile), warnings: [] };
  const end = top ?? cwd;
  const prefix = prefixOf(end, cwd);
  const { found, scripts } = probeUp(join(end, prefix), end);
  const onDisk = found === null ? null : join(found.folder, found.places[0]!);
  const staged = source.kind === 'index' ? findStaged(prefix, source.files) : null;
  return {
    path: source.kind === 'disk' ? onDisk : staged === null ? null : join(end, staged),
    warnings: scripts.map(
      (script) => `${relative(end, script)} is not read: a config is data, as in .code-guardianrc.yaml; nothing is run`,
    ),
  };
}

/** Folder of the search from the top: '' or ends with '/'. Outside the work tree git's own folder is the top. */
function prefixOf(top: string, cwd: string): string {
  const below = relative(top, cwd).replaceAll('\\', '/');
  return below === '' || below === '..' || below.startsWith('../') || resolve(below) === below ? '' : `${below}/`;
}

async function readAll(
  { cwd, top, env, source, configFile, knownRules }: ConfigRequest,
  user: string | null,
  repository: string | null,
  environment: string,
) {
  const [{ readDocument }, { diskReader, indexReader }, { readLayers }] = await Promise.all([
    import('./read-document.ts'),
    import('./readers.ts'),
    import('./layers.ts'),
  ]);
  const base = top ?? cwd;
  const isStaged = source.kind === 'index' && configFile === undefined;
  const reader = isStaged ? indexReader(base, source.files, source.readFile) : diskReader(base);
  const documents: ConfigDocument[] = [];
  const readIn = async (from: Reader, path: string, family: string): Promise<void> => {
    const document = await readDocument(from, path, (file) => `${family}:${file}`);
    if (document === null) throw absenceError(from.show(path), path === repository ? configFile : undefined);
    documents.push(document);
  };
  if (user !== null) await readIn(diskReader(null), user, 'user');
  if (repository !== null) await readIn(reader, repository, 'repository');
  return readLayers({ documents, env, base, environment, builtIn: knownRules });
}

/** Of a config that was asked for by name, or of one that was found: without it another policy would hold. */
function absenceError(file: string, typed: string | undefined): GuardianError {
  return typed === undefined
    ? new GuardianError('CONFIG_INVALID', `${file} is a link to nothing`, { hint: 'Make it a file, or remove it.', path: file })
    : new GuardianError('CONFIG_INVALID', `there is no config ${typed}`, { hint: 'Check the path after --config.', path: typed });
}
