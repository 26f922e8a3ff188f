import type { ConfigLayer } from '../policy/config.ts';
import { isGrowingList, isTree, mergeLayers } from '../policy/merge-config.ts';
import type { Layer } from './source.ts';

/** A merged config in which each leaf is the name of the layer that set it. A rule setting is one leaf, and so is each entry of a growing list. */
export type Origins = { readonly [key: string]: string | Origins | readonly (string | Origins)[] };

/** The origin of each value: the same merge with names instead of values, so that both always agree. */
export function mergeOrigins(layers: readonly Layer[]): Origins {
  const named = layers.map(({ name, file, value }) => tag(value, file === null || name.endsWith(file) ? name : `${name} (${file})`, []));
  return mergeLayers(named as ConfigLayer[]) as unknown as Origins;
}

function tag(value: unknown, name: string, path: readonly string[]): unknown {
  if (isTree(value))
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, inner === undefined ? undefined : tag(inner, name, [...path, key])]),
    );
  if (!Array.isArray(value) || !isGrowingList(path)) return name;
  // Custom rules and stages replace each other by id, so keep their ids.
  const isNamed = path[0] === 'customRules' || path[0] === 'stages';
  return value.map((entry: unknown) => (isNamed && isTree(entry) ? { id: entry['id'] ?? entry['use'], origin: name } : name));
}
