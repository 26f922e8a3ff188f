import { dirname, join, resolve } from 'node:path';
import { didYouMean } from '../errors/did-you-mean.ts';
import type { ConfigLayer } from '../policy/config.ts';
import { isTree } from '../policy/merge-config.ts';
import { PRESETS } from '../policy/presets.ts';
import type { Owner } from '../policy/required.ts';
import { documentError, type Problem, show } from './problem.ts';
import { isDataFile, readDocument } from './read-document.ts';
import { diskReader } from './readers.ts';
import type { ConfigDocument, Reader } from './source.ts';

/** A preset as a layer. */
export interface PresetSource {
  readonly layer: string;
  readonly owner: Owner;
  readonly preset: ConfigLayer;
}

export type Source = ConfigDocument | PresetSource;

/** The origin of an `extends`: base folder, and where to report mistakes. */
interface Extender {
  readonly value: unknown;
  /** Absolute folder. */
  readonly folder: string;
  readonly reader: Reader;
  /** Prefix for the names of file layers: `repository`, `package` and so on. */
  readonly family: string;
  readonly owner: Owner;
  /** The chain of files, outermost first. */
  readonly chain: readonly { readonly path: string; readonly file: string }[];
  readonly blame: (problem: Problem) => Promise<Error> | Error;
}

/**
 * A file and everything that it extends, lowest first: below the file comes what it extends, with the first list entry lowest.
 *
 * @throws GuardianError CONFIG_INVALID that points at an entry which names nothing, is no data, or extends itself
 */
export async function resolveDocument(document: ConfigDocument, chain: Extender['chain'] = []): Promise<Source[]> {
  const extended = await resolveExtends({
    value: document.value,
    folder: dirname(document.path),
    reader: document.reader,
    family: document.layer.slice(0, document.layer.indexOf(':')),
    owner: document.owner,
    chain: [...chain, { path: document.path, file: document.file }],
    blame: async (problem) => documentError(document, [problem]),
  });
  return [...extended, document];
}

/** The entries of an `extends`, lowest first. A wrong shape counts as empty: the check reports it. */
export async function resolveExtends(extender: Extender): Promise<Source[]> {
  const written = isTree(extender.value) ? extender.value['extends'] : undefined;
  const entries = Array.isArray(written) ? written.entries() : [[null, written] as const];
  const sources: Source[] = [];
  for (const [i, entry] of entries) {
    if (typeof entry !== 'string' || entry === '') continue;
    const path = i === null ? ['extends'] : ['extends', i];
    sources.push(
      ...(await resolveEntry(entry, extender, (message) => extender.blame({ path, at: 'value', message: `{key}: ${message}` }))),
    );
  }
  return sources;
}

type Blame = (message: string) => Promise<Error> | Error;

async function resolveEntry(entry: string, extender: Extender, blame: Blame): Promise<Source[]> {
  if (/^\.{1,2}[\\/]/.test(entry)) return resolveFile(resolve(extender.folder, entry), extender, extender.reader, blame);
  if (Object.hasOwn(PRESETS, entry)) return presetSources(entry, extender.owner);
  const match = /^((?:@[a-z0-9~-][\w.~-]*\/)?[a-z0-9~-][\w.~-]*)(?:\/(.+))?$/i.exec(entry);
  if (match === null) throw await blame(`${show(entry)} is not a preset, a package, or a file such as ./team.yaml`);
  const [, name = '', inside] = match;
  const found = await findPackage(name, extender.folder);
  if (found !== null) return resolvePackage(found, name, inside, extender, blame);
  if (isDataFile(entry) && /\.\w+$/.test(entry)) throw await blame(`no package ${show(entry)}; did you mean the file ./${entry}?`);
  throw await blame(`no preset or package ${show(entry)}${didYouMean(entry, Object.keys(PRESETS))}`);
}

/** A preset with its base presets. */
function presetSources(name: string, owner: Owner): PresetSource[] {
  const preset = PRESETS[name]!;
  const below = preset.extends === undefined ? [] : [preset.extends].flat();
  return [...below.flatMap((inner) => presetSources(inner, owner)), { layer: `preset:${name}`, owner, preset }];
}

async function resolveFile(path: string, { chain, family, owner }: Extender, reader: Reader, blame: Blame): Promise<Source[]> {
  const shown = reader.show(path);
  const refusal = reader.refusal(path);
  if (refusal !== null) throw await blame(`${shown} ${refusal}`);
  if (!isDataFile(path)) throw await blame(`${shown} is not .json, .yaml or .yml: configs are data, never programs`);
  const seen = chain.findIndex((link) => link.path === path);
  if (seen >= 0) throw await blame(`${[...chain.slice(seen).map(({ file }) => file), shown].join(' extends ')}: circular extends`);
  const document = await readDocument(reader, path, owner, (file) => `${family}:${file}`);
  if (document === null) throw await blame(`no file ${shown}${reader.absence}`);
  return resolveDocument(document, chain);
}

/** Package configs are read from disk even if everything else comes from the index: packages are installed, not committed. */
async function resolvePackage(root: string, name: string, inside: string | undefined, extender: Extender, blame: Blame): Promise<Source[]> {
  const reader = packageReader(root, name);
  const chosen = inside === undefined ? await mainOf(root, reader) : join(root, inside);
  if (chosen === null) throw await blame(`package ${name} has no code-guardian.json, .yaml or .yml, and its main is not one either`);
  return resolveFile(chosen, { ...extender, family: 'package' }, reader, blame);
}

function packageReader(root: string, name: string): Reader {
  const isInside = (path: string): boolean => path.startsWith(join(root, '/'));
  const { show } = diskReader(root);
  return {
    ...diskReader(root, (path) => (isInside(path) ? `${name}/${show(path)}` : show(path))),
    refusal: (path) => (isInside(path) ? null : 'is outside its package'),
  };
}

/** The folder of a package by Node's lookup, or null. */
async function findPackage(name: string, from: string): Promise<string | null> {
  for (let folder = from; ; folder = dirname(folder)) {
    const root = join(folder, 'node_modules', name);
    if ((await diskReader(null).read(join(root, 'package.json'))) !== null) return root;
    if (dirname(folder) === folder) return null;
  }
}

const PACKAGE_FILES = ['json', 'yaml', 'yml'].flatMap((extension) => [`code-guardian.${extension}`, `code-guardian.config.${extension}`]);

/** `main` if it is data, otherwise a file with a known name. A main that is a program is returned for the error message. */
async function mainOf(root: string, reader: Reader): Promise<string | null> {
  const { main } = packageJson((await reader.read(join(root, 'package.json'))) ?? '');
  const hasDataMain = typeof main === 'string' && /\.(?:json|ya?ml)$/.test(main);
  if (hasDataMain) return join(root, main);
  for (const file of PACKAGE_FILES) if ((await reader.read(join(root, file))) !== null) return join(root, file);
  return typeof main === 'string' ? join(root, main) : null;
}

function packageJson(text: string): { readonly main?: unknown } {
  try {
    return JSON.parse(text) as { readonly main?: unknown };
  } catch {
    return {}; // npm's to report; without a main the known names are tried
  }
}
