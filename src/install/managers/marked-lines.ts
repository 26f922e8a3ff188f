import { isAlias, isCollection, isMap, isScalar, parseDocument, type Pair, type YAMLMap } from 'yaml';

const BEGIN = /^[ \t]*# code-guardian install: the next (\d+) lines\r?\n$/;
const END = /^[ \t]*# code-guardian install: end\r?\n?$/;

/**
 * Adds lines at the start of a collection in a YAML file, between two comments that {@link withoutLines} finds. Changes nothing else.
 *
 * @param keys path of the collection; missing keys are created
 * @param lines of block style, not indented
 * @returns null if the file does not parse or the collection is not in block style
 */
export function withLines(text: string, keys: readonly string[], lines: readonly string[]): string | null {
  const place = findPlace(text, keys);
  if (place === null) return null;
  const missing = keys.slice(place.depth);
  const nested = [...missing.map((key, i) => '  '.repeat(i) + `${key}:`), ...lines.map((line) => '  '.repeat(missing.length) + line)];
  const marked = [`# code-guardian install: the next ${nested.length} lines`, ...nested, '# code-guardian install: end'];
  const newline = /\r?\n/.exec(text)?.[0] ?? '\n';
  const block = marked.map((line) => place.indent + line).join(newline);
  const [before, after] = [text.slice(0, place.offset), text.slice(place.offset)];
  // Keep a missing newline at the end of the file.
  return before === '' || before.endsWith('\n') ? before + block + newline + after : before + newline + block;
}

/**
 * Removes everything that {@link withLines} added.
 *
 * @returns null if our lines were changed
 */
export function withoutLines(text: string): string | null {
  const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  const kept: string[] = [];
  for (let i = 0; i < lines.length; i++) {
    const count = BEGIN.exec(lines[i]!)?.[1];
    if (count === undefined) {
      kept.push(lines[i]!);
      continue;
    }
    const end = lines[i + Number(count) + 1];
    if (end === undefined || !END.test(end)) return null;
    i += Number(count) + 1;
    if (!end.endsWith('\n') && kept.length > 0) kept.push(kept.pop()!.replace(/\r?\n$/, ''));
  }
  const rest = kept.join('');
  return /^[ \t]*# code-guardian install:/m.test(rest) ? null : rest;
}

interface Place {
  readonly offset: number;
  readonly indent: string;
  /** How many of the keys exist. */
  readonly depth: number;
}

function findPlace(text: string, keys: readonly string[]): Place | null {
  const document = parseDocument(text);
  // With an explicit document end, or several documents, nothing can be added at the end of the text.
  if (document.errors.length > 0 || /^\.\.\.[ \t\r]*$/m.test(text)) return null;
  if (document.contents === null) return { offset: text.length, indent: '', depth: 0 };
  let node: unknown = document.contents;
  let offset = text.length;
  for (let depth = 0; ; depth++) {
    if (isAlias(node) || !isCollection(node) || node.flow === true || node.range == null) return null;
    const indent = text.slice(text.lastIndexOf('\n', node.range[0] - 1) + 1, node.range[0]);
    if (/[^ ]/.test(indent)) return null;
    if (depth < keys.length && !isMap(node)) return null;
    const pair = isMap(node) && depth < keys.length ? pairOf(node, keys[depth]!) : undefined;
    if (pair === undefined) return { offset, indent, depth };
    const keyEnd = isScalar(pair.key) ? pair.key.range![1] : 0;
    const newline = text.indexOf('\n', keyEnd);
    offset = newline === -1 ? text.length : newline + 1;
    if (pair.value === null || (isScalar(pair.value) && pair.value.value === null && pair.value.source === '')) {
      return { offset, indent: `${indent}  `, depth: depth + 1 };
    }
    node = pair.value;
  }
}

function pairOf(map: YAMLMap, key: string): Pair | undefined {
  return map.items.find((pair) => isScalar(pair.key) && pair.key.value === key);
}
