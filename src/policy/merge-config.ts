import { type Config, type ConfigLayer, DEFAULT_CONFIG } from './config.ts';
import { idOfStage } from './stage.ts';

type Tree = Readonly<Record<string, unknown>>;

/** Lists that layers append to, lower layers first; other lists are replaced. */
const GROWING: ReadonlySet<string> = new Set([
  'ignore.paths',
  'ignore.values',
  'ignore.words',
  'customRules',
  'overrides',
  'stages',
  'security.required',
]);

/** Whether this is the path of a list that layers append to. */
export function isGrowingList(path: readonly string[]): boolean {
  return GROWING.has(path.join('.'));
}

/**
 * Layers, lowest first → one layer. Objects merge key by key, rules therefore by id; scalars and rule settings of a later layer
 * replace; the lists named above grow. A custom rule, or a stage, takes the place of an earlier one with its id. `extends`, `environments` and
 * `enforce` are resolved before and drop out.
 */
export function mergeLayers(layers: readonly ConfigLayer[]): ConfigLayer {
  const merged = layers.reduce<Tree>((below, layer) => mergeTrees(below, withoutReferences(layer), []), {}) as ConfigLayer;
  const { customRules, stages } = merged;
  return {
    ...merged,
    ...(customRules === undefined ? {} : { customRules: lastOfEachId(customRules, ({ id }) => id) }),
    ...(stages === undefined ? {} : { stages: lastOfEachId(stages, idOfStage) }),
  };
}

/** Layers on top of the defaults → a complete config. */
export function mergeConfig(layers: readonly ConfigLayer[]): Config {
  return mergeLayers([DEFAULT_CONFIG, ...layers]) as Config;
}

function mergeTrees(below: Tree, above: Tree, path: readonly string[]): Tree {
  const merged = new Map(Object.entries(below));
  for (const [key, value] of Object.entries(above)) {
    if (value !== undefined) merged.set(key, mergeValues(merged.get(key), value, [...path, key]));
  }
  // fromEntries defines keys as they are, so a key `__proto__` stays a key.
  return Object.fromEntries(merged);
}

function mergeValues(below: unknown, above: unknown, path: readonly string[]): unknown {
  if (isTree(above)) return mergeTrees(isTree(below) ? below : {}, above, path);
  if (Array.isArray(below) && Array.isArray(above) && isGrowingList(path)) return [...below, ...above];
  return above;
}

/** Whether it is an object and not a list. */
export function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function withoutReferences({ extends: _extends, environments: _environments, enforce: _enforce, ...rest }: ConfigLayer): Tree {
  return rest;
}

function lastOfEachId<T>(entries: readonly T[], idOf: (entry: T) => string): readonly T[] {
  return [...new Map(entries.map((entry) => [idOf(entry), entry])).values()];
}
