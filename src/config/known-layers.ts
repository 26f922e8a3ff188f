import { readFileSync } from 'node:fs';
import type { Owner } from '../policy/required.ts';
import { BUILD } from '../host/version.ts';
import type { ReadLayers } from './layers.ts';
import type { ConfigDocument } from './source.ts';
import { isConfigVariable } from './variable-names.ts';

/**
 * Keeps what was made of a config: most commits have that of the commit before, and to parse and check it takes longer than to scan.
 */
export interface LayerStore {
  /** Null: nothing is kept yet. */
  readonly load: () => string | null;
  /** Never fails: what cannot be kept is read again. */
  readonly save: (text: string) => void;
}

/** All that decides what a config says. */
export interface ConfigInput {
  readonly files: readonly ConfigFile[];
  readonly environment: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** A file that was found. */
export interface ConfigFile {
  readonly owner: Owner;
  /** Absolute. */
  readonly path: string;
  /** What is staged of it; null: it is read from the disk. */
  readonly staged: Buffer | null;
}

/** Larger configs are read each time. Characters. */
const MAX_INPUT = 32 * 1024;
/** So many are kept: those of branches and environments that take turns. */
const MAX_KEPT = 4;

/** What may hold a secret, and is kept nowhere else: settings in which people list values, and whatever is long and has digits. */
const MAY_HIDE = /(?:\b|_)(?:values|words|allow)\b|(?=\w*\d)\w{16}/i;

/**
 * All that decides what a config says, short of other files that it extends, as one text: what is the same is the same config. No digest: to
 * load the hashes of Node takes longer than to compare.
 *
 * @returns null where it cannot be read, is large, or may hold what is not to be kept
 */
export function describeInput({ files, environment, env }: ConfigInput): string | null {
  const variables = Object.keys(env)
    .filter((name) => isConfigVariable(name, env))
    .toSorted()
    .map((name) => [name, env[name]]);
  // As bytes: what is no UTF-8 has another text than any that is.
  const texts = files.map((file) => readContent(file)?.toString('latin1'));
  if (texts.includes(undefined)) return null;
  const places = files.map(({ owner, path }) => [owner, path]);
  const content = JSON.stringify([environment, variables, texts]);
  return content.length > MAX_INPUT || MAY_HIDE.test(content) ? null : JSON.stringify([BUILD, places, content]);
}

/** What was made of the same input before; null: nothing is known of it. */
export function findKnown(store: LayerStore, input: string): ReadLayers | null {
  return parseKept(store.load()).find(([known]) => known === input)?.[1] ?? null;
}

/** Keeps it in place of the one that has been there for longest. */
export function keepKnown(store: LayerStore, input: string, read: ReadLayers): void {
  const others = parseKept(store.load()).filter(([known]) => known !== input);
  store.save(JSON.stringify([[input, read], ...others].slice(0, MAX_KEPT)));
}

/** Is a config made of its files alone? Where it extends others it is read anew: nobody has looked whether these have changed. */
export function isKeepable({ files }: ConfigInput, documents: readonly ConfigDocument[], { layers }: ReadLayers): boolean {
  const own = new Set(documents.map(({ file }) => file));
  const isAsFound = (file: ConfigFile): boolean => {
    const text = readContent(file)?.toString();
    return documents.some((document) => document.path === file.path && document.text === text);
  };
  return files.every(isAsFound) && layers.every(({ file }) => file === null || own.has(file));
}

type Kept = readonly (readonly [string, ReadLayers])[];

function parseKept(text: string | null): Kept {
  try {
    const kept = JSON.parse(text ?? '[]') as Kept;
    return kept.every(([input, { layers, warnings }]) => typeof input === 'string' && Array.isArray(layers) && Array.isArray(warnings))
      ? kept
      : [];
  } catch {
    // Damaged: it is written anew.
    return [];
  }
}

function readContent({ path, staged }: ConfigFile): Buffer | null {
  try {
    return staged ?? readFileSync(path);
  } catch {
    // Whoever reads it next says why.
    return null;
  }
}
