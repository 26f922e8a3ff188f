import { CONFIG_KEYS, LAYER } from './schema.ts';
import { describedJson, type JsonSchema, SHARED_SCHEMAS } from './schema-parts.ts';

type Tree = Readonly<Record<string, unknown>>;

/** What an editor shows for a rule. */
interface NamedRule {
  readonly id: string;
  readonly message: string;
}

/**
 * The JSON Schema (draft 2020-12) of a config file, from the same table as the check itself.
 *
 * @param rules built-in rules, for editors to offer
 */
export function configJsonSchema(rules: readonly NamedRule[]): JsonSchema {
  const withDefaults = CONFIG_KEYS.reduce<Tree>(
    (tree, key) => (key.default === undefined ? tree : withDefault(tree, key.path, key.default)),
    describedJson(LAYER),
  );
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Code-Guardian configuration',
    ...withDefaults,
    $defs: { ...SHARED_SCHEMAS, rules: withRules(SHARED_SCHEMAS['rules']!, rules) },
  };
}

function withDefault(schema: Tree, [key = '', ...rest]: readonly string[], value: unknown): Tree {
  const properties = schema['properties'] as Tree;
  const inner = properties[key] as Tree;
  const changed = rest.length === 0 ? { ...inner, default: value } : withDefault(inner, rest, value);
  return { ...schema, properties: { ...properties, [key]: changed } };
}

/** Adds a property for each built-in rule; any other name is still allowed, for rules of one's own. */
function withRules(schema: JsonSchema, rules: readonly NamedRule[]): JsonSchema {
  const setting = schema['additionalProperties'] as Tree;
  return { ...schema, properties: Object.fromEntries(rules.map(({ id, message }) => [id, { description: message, ...setting }])) };
}
