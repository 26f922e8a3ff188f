import { readFileSync } from 'node:fs';
import type { Owner } from '../policy/required.ts';
import { BUILD } from '../host/version.ts';
import type { ReadLayers } from './layers.ts';
import type { ConfigDocument } from './source.ts';
import { isConfigVariable } from './variable-names.ts';

/**
 * A cache of parsed configs: most commits have the same config as the one before, and parsing and checking takes longer than scanning.
 */
export interface LayerStore {
  /** Null: nothing is cached. */
  readonly load: () => string | null;
  /** Never fails: without the cache the config is read again. */
  readonly save: (text: string) => void;
}

/** Everything that determines a config. */
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
  /** Its staged content; null: read it from disk. */
  readonly staged: Buffer | null;
}

/** Larger configs are not cached. Characters. */
const MAX_INPUT = 32 * 1024;
/** Entries in the cache, for branches and environments that alternate. */
const MAX_KEPT = 4;

/** Settings that may contain a secret and must not be cached: lists of values, and long texts with digits. */
const MAY_HIDE = /(?:\b|_)(?:values|words|allow)\b|(?=\w*\d)\w{16}/i;

/**
 * The cache key: everything that determines a config, except other files that it extends, as one text. Not a digest, because
 * equal texts cannot be a collision.
 *
 * @returns null if it cannot be read, is large, or may contain a secret
 */
export function describeInput({ files, environment, env }: ConfigInput): string | null {
  const variables = Object.keys(env)
    .filter((name) => isConfigVariable(name, env))
    .toSorted()
    .map((name) => [name, env[name]]);
  // As bytes, so that invalid UTF-8 never equals a valid text.
  const texts = files.map((file) => readContent(file)?.toString('latin1'));
  if (texts.includes(undefined)) return null;
  const places = files.map(({ owner, path }) => [owner, path]);
  const content = JSON.stringify([environment, variables, texts]);
  return content.length > MAX_INPUT || MAY_HIDE.test(content) ? null : JSON.stringify([BUILD, places, content]);
}

/** The cached result for the same input, or null. */
export function findKnown(store: LayerStore, input: string): ReadLayers | null {
  return parseKept(store.load()).find(([known]) => known === input)?.[1] ?? null;
}

/** Caches it in place of the oldest entry. */
export function keepKnown(store: LayerStore, input: string, read: ReadLayers): void {
  const others = parseKept(store.load()).filter(([known]) => known !== input);
  store.save(JSON.stringify([[input, read], ...others].slice(0, MAX_KEPT)));
}

/** Whether a config consists only of its own files. With `extends` it is not cached: the other files may have changed. */
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
    // Damaged: it gets overwritten.
    return [];
  }
}

function readContent({ path, staged }: ConfigFile): Buffer | null {
  try {
    return staged ?? readFileSync(path);
  } catch {
    // The next reader reports the reason.
    return null;
  }
}
