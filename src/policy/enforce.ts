import type { Config, ConfigLayer, Level, RuleSetting } from './config.ts';
import { isTree, mergeLayers } from './merge-config.ts';
import { levelIn, LEVELS, optionsIn, settingIn } from './rule-setting.ts';
import { isWeaker, ORDERED_KEYS } from './strictness.ts';

/** Layers to merge as usual, with everything enforced still in effect. */
export interface Enforced<L> {
  /** Without settings that weaken what is enforced. */
  readonly layers: readonly L[];
  /** The layer above them: everything enforced, except where they are stricter. */
  readonly above: ConfigLayer;
}

/**
 * Keeps layers from weakening what is enforced:
 *
 * - a key whose values have an order (see `strictness.ts`) is as strict as enforced, or stricter;
 * - so is the level of a rule, in every file; its options are the enforced ones;
 * - a list of `ignore` is exactly the enforced one;
 * - everything else is merged as from a layer on top.
 *
 * @param layers all others, lowest first
 */
export function enforceOn<L extends { readonly value: ConfigLayer }>(layers: readonly L[], enforced: ConfigLayer): Enforced<L> {
  const rules = (enforced.rules ?? {}) as Config['rules'];
  const allowed = layers.map((layer) => ({ ...layer, value: withoutIgnores(withinRules(layer.value, rules), enforced.ignore ?? {}) }));
  const below = mergeLayers(layers.map(({ value }) => value));
  const strictest = Object.entries(rules).map(
    ([id, setting]) => [id, atLeast(setting, settingIn((below.rules ?? {}) as Config['rules'], id))] as const,
  );
  const above = ORDERED_KEYS.reduce(
    (layer, key) => {
      const path = key.split('.');
      return isWeaker(key, valueAt(enforced, path), valueAt(below, path)) ? without(layer, path) : layer;
    },
    strictest.length === 0 ? enforced : { ...enforced, rules: Object.fromEntries(strictest) },
  );
  return { layers: allowed, above };
}

/** An enforced setting, or its options with a stricter level. */
function atLeast(enforced: RuleSetting, other: RuleSetting | undefined): RuleSetting {
  const level = levelIn(other);
  if (level === null || !isStricter(level, levelIn(enforced)!)) return enforced;
  return typeof enforced === 'string' ? level : [level, optionsIn(enforced)];
}

function isStricter(level: Level, than: Level): boolean {
  return LEVELS.indexOf(level) > LEVELS.indexOf(than);
}

/** Removes settings weaker than the enforced rules from a layer's overrides. */
function withinRules(layer: ConfigLayer, enforced: Config['rules']): ConfigLayer {
  if (layer.overrides === undefined || Object.keys(enforced).length === 0) return layer;
  const overrides = layer.overrides.flatMap(({ files, rules }) => {
    const kept = Object.entries(rules).flatMap(([id, setting]) => {
      const floor = settingIn(enforced, id);
      if (floor === undefined) return [[id, setting] as const];
      const level = levelIn(setting)!;
      return isStricter(level, levelIn(floor)!) ? [[id, level] as const] : [];
    });
    return kept.length === 0 ? [] : [{ files, rules: Object.fromEntries(kept) }];
  });
  return { ...layer, overrides };
}

function withoutIgnores(layer: ConfigLayer, enforced: NonNullable<ConfigLayer['ignore']>): ConfigLayer {
  const closed = Object.entries(enforced).filter(([, list]) => list !== undefined);
  return closed.reduce<ConfigLayer>((rest, [key]) => without(rest, ['ignore', key]), layer);
}

type Tree = Readonly<Record<string, unknown>>;

function valueAt(tree: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, key) => (isTree(inner) ? inner[key] : undefined), tree);
}

function without(tree: Tree, [key = '', ...rest]: readonly string[]): Tree {
  const { [key]: inner, ...others } = tree;
  return rest.length === 0 || !isTree(inner) ? others : { ...others, [key]: without(inner, rest) };
}
