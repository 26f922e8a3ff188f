import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Node, type Pair } from 'yaml';

/** Both from 1; columns in UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/**
 * Finds keys and values in the text of a YAML or JSON file (JSON is YAML). For a missing node it returns the nearest parent.
 */
export function locateIn(text: string): (path: readonly (string | number)[], at: 'key' | 'value') => Position {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, merge: true, uniqueKeys: false, strict: false, logLevel: 'silent' });

  return (path, at) => {
    let node: unknown = document.contents;
    let offset = startOf(node) ?? 0;
    for (const [i, part] of path.entries()) {
      if (isAlias(node)) node = node.resolve(document);
      const pair = isMap(node) ? pairOf(node.items, part) : undefined;
      const next = isSeq(node) && typeof part === 'number' ? node.items[part] : pair?.value;
      const isAtKey = at === 'key' && i === path.length - 1;
      const start = isAtKey && pair !== undefined ? startOf(pair.key) : (startOf(next) ?? startOf(pair?.key));
      if (start === undefined) break;
      [node, offset] = [next, start];
    }
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
}

/** The last of repeated keys counts. */
function pairOf(pairs: readonly Pair[], key: string | number): Pair | undefined {
  return pairs.findLast((pair) => isScalar(pair.key) && String(pair.key.value) === String(key));
}

function startOf(node: unknown): number | undefined {
  return (node as Node | null | undefined)?.range?.[0];
}
