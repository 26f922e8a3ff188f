import { Document, isMap, isScalar, isSeq } from 'yaml';
import type { Config } from '../policy/config.ts';
import { isTree } from '../policy/merge-config.ts';
import type { Origins } from './origins.ts';
import { CONFIG_KEYS, type ConfigKey } from './schema.ts';
import { renderDuration, renderSize } from './units.ts';

/**
 * A merged config as YAML that can be read back as an equivalent config.
 *
 * @param origins if given, a comment at each leaf names the layer that set it
 */
export function renderConfig(config: Config, origins?: Origins): string {
  const document = new Document(withUnits(config));
  if (origins !== undefined) comment(document.contents, origins);
  return document.toString({ lineWidth: 0 });
}

/** Sizes and durations as people write them. */
function withUnits(config: Config): unknown {
  return CONFIG_KEYS.reduce<unknown>((tree, key) => {
    const render = unitOf(key);
    return render === null ? tree : mapAt(tree, key.path, (value) => (typeof value === 'number' ? render(value) : value));
  }, config);
}

function unitOf({ part }: ConfigKey): ((value: number) => string | number) | null {
  return part.unit === 'size' ? renderSize : part.unit === 'duration' ? renderDuration : null;
}

function mapAt(tree: unknown, [key, ...rest]: readonly string[], map: (value: unknown) => unknown): unknown {
  if (key === undefined) return map(tree);
  return isTree(tree) ? { ...tree, [key]: mapAt(tree[key], rest, map) } : tree;
}

function comment(node: unknown, origins: Origins[string]): void {
  if (isMap(node) && isTree(origins)) {
    for (const { key, value } of node.items) {
      const origin = isScalar(key) ? origins[String(key.value)] : undefined;
      if (origin !== undefined) comment(value, origin);
    }
  } else if (isSeq(node) && Array.isArray(origins)) {
    for (const [i, item] of node.items.entries()) {
      const entry: unknown = origins[i];
      comment(item, isTree(entry) && typeof entry['origin'] === 'string' ? entry['origin'] : (entry as string));
    }
  } else if (typeof origins === 'string' && (isScalar(node) || isSeq(node))) {
    if (isSeq(node)) node.flow = true;
    node.comment = ` ${origins}`;
  } else if (typeof origins === 'string' && isMap(node)) {
    node.commentBefore = ` ${origins}`;
  }
}
