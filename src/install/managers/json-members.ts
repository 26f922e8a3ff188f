import { isMap, isScalar, type Pair, parseDocument, type Scalar, type YAMLMap } from 'yaml';

/** JSON is YAML in flow style, and the YAML parser has positions. */
type Member = Pair<Scalar<string>, Scalar>;

/**
 * Adds a member at the start of an object in a JSON file and changes nothing else.
 *
 * @param keys path of the object
 * @returns null if there is no such object
 */
export function withMember(text: string, keys: readonly string[], name: string, value: string): string | null {
  const map = findMap(text, keys);
  if (map === null) return null;
  const brace = map.range![0] + 1;
  const gap = /^\s*/.exec(text.slice(brace))![0];
  const member = `${JSON.stringify(name)}: ${JSON.stringify(value)}`;
  const isEmpty = map.items.length === 0;
  return text.slice(0, brace) + (isEmpty ? member : `${gap}${member},`) + text.slice(brace);
}

/** The opposite of {@link withMember}, wherever the member is now. */
export function withoutMember(text: string, keys: readonly string[], name: string): string {
  const map = findMap(text, keys);
  const at = map?.items.findIndex((pair) => isMember(pair) && pair.key.value === name) ?? -1;
  if (map === null || at === -1) return text;
  const end = (map.items[at] as Member).value!.range![1];
  const start = at === 0 ? map.range![0] + 1 : (map.items[at - 1]!.value as Scalar).range![1];
  const comma = at === 0 ? /^\s*,/.exec(text.slice(end)) : null;
  return text.slice(0, start) + text.slice(end + (comma?.[0].length ?? 0));
}

/** Adds a prefix to a string member; null if there is none. */
export function withPrefix(text: string, keys: readonly string[], name: string, prefix: string): string | null {
  const at = startOf(text, keys, name);
  return at === null ? null : text.slice(0, at) + escaped(prefix) + text.slice(at);
}

/** The opposite of {@link withPrefix}. */
export function withoutPrefix(text: string, keys: readonly string[], name: string, prefix: string): string {
  const at = startOf(text, keys, name);
  return at === null || !text.startsWith(escaped(prefix), at) ? text : text.slice(0, at) + text.slice(at + escaped(prefix).length);
}

function startOf(text: string, keys: readonly string[], name: string): number | null {
  const member = findMap(text, keys)?.items.find((pair) => isMember(pair) && pair.key.value === name);
  const value = member?.value;
  return isScalar(value) && typeof value.value === 'string' && text[value.range![0]] === '"' ? value.range![0] + 1 : null;
}

function escaped(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

function findMap(text: string, keys: readonly string[]): YAMLMap | null {
  const document = parseDocument(text);
  const node = document.errors.length > 0 ? null : keys.length === 0 ? document.contents : document.getIn(keys, true);
  return isMap(node) && node.flow === true && text[node.range![0]] === '{' ? node : null;
}

function isMember(pair: Pair): pair is Member {
  return isScalar(pair.key) && isScalar(pair.value);
}
