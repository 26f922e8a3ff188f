import type { ConfigLayer } from '../policy/config.ts';
import { isGrowingList, isTree, mergeLayers } from '../policy/merge-config.ts';
import type { Layer } from './source.ts';

/** A merged config with, in the place of each leaf, the name of the layer that set it. A rule's setting is one leaf, and so is each entry of a growing list. */
export type Origins = { readonly [key: string]: string | Origins | readonly (string | Origins)[] };

/** Who set what: the same merge, done with names in the place of values, so that the two cannot disagree. */
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
  // Custom rules and stages replace each other by id, so theirs stays.
  const isNamed = path[0] === 'customRules' || path[0] === 'stages';
  return value.map((entry: unknown) => (isNamed && isTree(entry) ? { id: entry['id'] ?? entry['use'], origin: name } : name));
}
