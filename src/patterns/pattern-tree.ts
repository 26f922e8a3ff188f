import type { CharSet } from './char-set.ts';

/** What a regular expression says, whatever syntax it is written in. */
export type PatternTree = Span & PatternNode;

/** Where a part is in the source, in UTF-16 code units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

type PatternNode =
  /** One character out of a set. */
  | { readonly kind: 'chars'; readonly set: CharSet }
  | { readonly kind: 'sequence'; readonly items: readonly PatternTree[] }
  | { readonly kind: 'choice'; readonly options: readonly PatternTree[] }
  /** `max`: Infinity where there is no end. */
  | { readonly kind: 'repeat'; readonly item: PatternTree; readonly min: number; readonly max: number; readonly isLazy: boolean }
  /** A group that captures; counted from 1. */
  | { readonly kind: 'group'; readonly item: PatternTree; readonly index: number; readonly name: string | null }
  | { readonly kind: 'place'; readonly place: Place }
  | { readonly kind: 'look'; readonly item: PatternTree }
  /** Back to what a group has matched. */
  | { readonly kind: 'reference' };

/** Lines end at LF. */
export type Place = 'text-start' | 'text-end' | 'line-start' | 'line-end' | 'word-edge' | 'no-word-edge';

/** Where a parser is. */
export interface Cursor {
  readonly source: string;
  at: number;
  /** Groups that are open. */
  depth: number;
}

/** What a group turns out to be by what follows its `(`. */
type Opening = { readonly kind: 'plain' | 'look' } | { readonly kind: 'capture'; readonly index: number; readonly name: string | null };

/** In what one syntax of regular expressions differs from another. */
export interface Dialect {
  /** Reads behind a `(`. Null: it only set flags, and its `)` has been read. */
  readonly openGroup: (cursor: Cursor) => Opening | null;
  readonly closeGroup: () => void;
  /** Reads anything else that is not a group, `|` or a repeat; a repeat that follows is one of the last. */
  readonly readAtoms: (cursor: Cursor) => readonly PatternTree[];
  readonly isLazy: (isMarked: boolean) => boolean;
  /** Judges a repeat as it is written. */
  readonly checkRepeat: (text: string, min: number, max: number) => void;
  readonly fail: (reason: string) => never;
}

/** Deeper than anybody writes; Go takes no more than 1000. */
const MAX_DEPTH = 250;
const REPEAT = /^(?:[*+?]|\{(\d+)(?:(,)(\d*))?\})/;
/** What a repeat looks like from where the cursor is. */
const LONGEST_REPEAT = 32;

/** Source → tree. */
export function parsePattern(source: string, dialect: Dialect): PatternTree {
  const cursor: Cursor = { source, at: 0, depth: 0 };
  const tree = parseChoice(cursor, dialect);
  if (cursor.at < source.length) dialect.fail('a `)` without its `(`');
  return tree;
}

function parseChoice(cursor: Cursor, dialect: Dialect): PatternTree {
  const start = cursor.at;
  const options = [parseSequence(cursor, dialect)];
  while (cursor.source[cursor.at] === '|') {
    cursor.at++;
    options.push(parseSequence(cursor, dialect));
  }
  return options.length === 1 ? options[0]! : { kind: 'choice', options, start, end: cursor.at };
}

function parseSequence(cursor: Cursor, dialect: Dialect): PatternTree {
  const start = cursor.at;
  const items: PatternTree[] = [];
  while (cursor.at < cursor.source.length && !'|)'.includes(cursor.source[cursor.at]!)) {
    if (parseRepeat(cursor, dialect) !== null) dialect.fail('a repeat of nothing');
    const atoms = parseAtoms(cursor, dialect);
    const last = atoms.at(-1);
    if (last === undefined) continue;
    const repeat = parseRepeat(cursor, dialect);
    if (repeat !== null && parseRepeat(cursor, dialect) !== null) dialect.fail('a repeat of a repeat');
    items.push(
      ...atoms.slice(0, -1),
      repeat === null ? last : { kind: 'repeat', item: last, ...repeat, start: last.start, end: repeat.end },
    );
  }
  return items.length === 1 ? items[0]! : { kind: 'sequence', items, start, end: cursor.at };
}

function parseAtoms(cursor: Cursor, dialect: Dialect): readonly PatternTree[] {
  const start = cursor.at;
  if (cursor.source[start] !== '(') return dialect.readAtoms(cursor);
  cursor.at++;
  const opening = dialect.openGroup(cursor);
  if (opening === null) return [];
  if (++cursor.depth > MAX_DEPTH) dialect.fail('groups that are nested too deeply');
  const inner = parseChoice(cursor, dialect);
  if (cursor.source[cursor.at] !== ')') dialect.fail('a `(` without its `)`');
  cursor.at++;
  cursor.depth--;
  dialect.closeGroup();
  const span = { start, end: cursor.at };
  switch (opening.kind) {
    case 'plain':
      return [{ ...inner, ...span }];
    case 'look':
      return [{ kind: 'look', item: inner, ...span }];
    case 'capture':
      return [{ kind: 'group', item: inner, index: opening.index, name: opening.name, ...span }];
  }
}

/** Reads `*`, `+`, `?` or `{…}`, with its `?`; null where none is there. */
function parseRepeat(cursor: Cursor, dialect: Dialect): { min: number; max: number; isLazy: boolean; end: number } | null {
  const found = REPEAT.exec(cursor.source.slice(cursor.at, cursor.at + LONGEST_REPEAT));
  if (found === null) return null;
  const [text, least, comma, most] = found;
  cursor.at += text.length;
  const isMarked = cursor.source[cursor.at] === '?';
  if (isMarked) cursor.at++;
  const min = least === undefined ? (text === '+' ? 1 : 0) : Number(least);
  const max = least === undefined ? (text === '?' ? 1 : Infinity) : comma === undefined ? min : most === '' ? Infinity : Number(most);
  dialect.checkRepeat(text, min, max);
  return { min, max, isLazy: dialect.isLazy(isMarked), end: cursor.at };
}

/** A tree's direct parts. */
export function partsOf(tree: PatternTree): readonly PatternTree[] {
  switch (tree.kind) {
    case 'sequence':
      return tree.items;
    case 'choice':
      return tree.options;
    case 'repeat':
    case 'group':
    case 'look':
      return [tree.item];
    case 'chars':
    case 'place':
    case 'reference':
      return [];
  }
}

/** Least and most characters that a match of it has. */
export function lengthOf(tree: PatternTree): readonly [min: number, max: number] {
  switch (tree.kind) {
    case 'chars':
      return [1, 1];
    case 'sequence':
      return tree.items.map(lengthOf).reduce(([min, max], [least, most]) => [min + least, max + most], [0, 0]);
    case 'choice': {
      const lengths = tree.options.map(lengthOf);
      return [Math.min(...lengths.map(([min]) => min)), Math.max(...lengths.map(([, max]) => max))];
    }
    case 'repeat': {
      const [min, max] = lengthOf(tree.item);
      return [min * tree.min, max === 0 || tree.max === 0 ? 0 : max * tree.max];
    }
    case 'group':
      return lengthOf(tree.item);
    case 'place':
    case 'look':
      return [0, 0];
    case 'reference':
      return [0, Infinity];
  }
}
