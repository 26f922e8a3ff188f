import { isTree } from '../policy/merge-config.ts';
import { CONFIG_KEYS, describedJson, type JsonSchema, LAYER } from './schema.ts';

type Tree = Readonly<Record<string, unknown>>;

/**
 * The JSON Schema (draft 2020-12) of a config file, from the same table as the check itself.
 *
 * @param rules built-in rules, for editors to offer
 */
export function configJsonSchema(rules: readonly { readonly id: string; readonly message: string }[]): JsonSchema {
  const withDefaults = CONFIG_KEYS.reduce<Tree>(
    (tree, key) => (key.default === undefined ? tree : withDefault(tree, key.path, key.default)),
    describedJson(LAYER),
  );
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Code-Guardian configuration',
    ...(withRules(withDefaults, rules) as Tree),
    $defs: { setting: settingSchema() },
  };
}

function withDefault(schema: Tree, [key = '', ...rest]: readonly string[], value: unknown): Tree {
  const properties = schema['properties'] as Tree;
  const inner = properties[key] as Tree;
  const changed = rest.length === 0 ? { ...inner, default: value } : withDefault(inner, rest, value);
  return { ...schema, properties: { ...properties, [key]: changed } };
}

function settingSchema(): unknown {
  return ((LAYER.json['properties'] as Tree)['rules'] as Tree)['additionalProperties'];
}

/** Puts the rules' names wherever `rules` are written: at the top, in overrides and in overlays. */
function withRules(schema: unknown, rules: readonly { readonly id: string; readonly message: string }[]): unknown {
  if (Array.isArray(schema)) return schema.map((inner) => withRules(inner, rules));
  if (!isTree(schema)) return schema;
  const setting = { $ref: '#/$defs/setting' };
  const named = Object.fromEntries(rules.map(({ id, message }) => [id, { description: message, ...setting }]));
  return Object.fromEntries(
    Object.entries(schema).map(([key, inner]) =>
      key === 'rules' && isTree(inner) && 'additionalProperties' in inner
        ? [key, { ...inner, properties: named, additionalProperties: setting }]
        : [key, withRules(inner, rules)],
    ),
  );
}
