import { type CharSet, sizeOf } from './char-set.ts';
import type { PatternTree } from './pattern-tree.ts';

/** Texts of which every match contains one. */
type Texts = readonly string[];

/** What is known of the matches of a part. */
interface Known {
  /** Every match is one of these; null: there are too many. */
  readonly exact: Texts | null;
  /** Every match contains one of these, each long enough for the gate; null: none is known. */
  readonly held: Texts | null;
}

const MIN_LENGTH = 3;
const MAX_LENGTH = 32;
const MAX_TEXTS = 24;
/** A character of so many is still told one by one. */
const MAX_CHARS = 4;

const UNKNOWN: Known = { exact: null, held: null };

/**
 * Literals of which every match of a pattern contains one: the keyword gate can search for them.
 *
 * @param ignoresCase the gate does not tell cases apart; the literals are in lower case then
 * @returns null where none of three ASCII characters or more are sure to be there
 */
export function requiredLiterals(tree: PatternTree, ignoresCase: boolean): Texts | null {
  const { exact, held } = knownOf(tree, ignoresCase);
  const best = better(usable(exact), held);
  return best === null ? null : [...new Set(best)];
}

function knownOf(tree: PatternTree, ignoresCase: boolean): Known {
  switch (tree.kind) {
    case 'chars':
      return { exact: charsIn(tree.set, ignoresCase), held: null };
    case 'sequence':
      return knownOfSequence(tree.items.map((item) => knownOf(item, ignoresCase)));
    case 'choice': {
      const options = tree.options.map((option) => knownOf(option, ignoresCase));
      const exact = joined(options.map((option) => option.exact));
      return { exact, held: joined(options.map((option) => better(usable(option.exact), option.held))) };
    }
    case 'repeat': {
      if (tree.min === 0) return UNKNOWN;
      const item = knownOf(tree.item, ignoresCase);
      if (tree.min === tree.max && tree.min <= MAX_LENGTH) return knownOfSequence(Array.from({ length: tree.min }, () => item));
      return { exact: null, held: better(usable(item.exact), item.held) };
    }
    case 'group':
      return knownOf(tree.item, ignoresCase);
    case 'place':
      return { exact: [''], held: null };
    case 'look':
    case 'reference':
      return UNKNOWN;
  }
}

/** Of the stretches of it whose texts are known, the best. */
function knownOfSequence(items: readonly Known[]): Known {
  let held: Texts | null = null;
  for (const [from, item] of items.entries()) {
    held = better(held, item.held);
    let texts: Texts | null = [''];
    for (const { exact } of items.slice(from)) {
      texts = crossed(texts, exact);
      if (texts === null) break;
      held = better(held, usable(texts));
      if (shortest(texts) >= MAX_LENGTH) break;
    }
  }
  return { exact: items.reduce<Texts | null>((texts, { exact }) => crossed(texts, exact), ['']), held };
}

function charsIn(set: CharSet, ignoresCase: boolean): Texts | null {
  if (sizeOf(set) > MAX_CHARS) return null;
  const chars = set.flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, i) => String.fromCodePoint(first + i)));
  return ignoresCase ? [...new Set(chars.map((char) => char.toLowerCase()))] : chars;
}

/** Each of the one followed by each of the other. */
function crossed(before: Texts | null, after: Texts | null): Texts | null {
  if (before === null || after === null || before.length * after.length > MAX_TEXTS) return null;
  return before.flatMap((text) => after.map((more) => text + more));
}

function joined(lists: readonly (Texts | null)[]): Texts | null {
  const all = lists.flatMap((texts) => texts ?? []);
  return lists.includes(null) || all.length > MAX_TEXTS ? null : all;
}

/** Cut to what the gate takes; null where one is too short, or no printable ASCII. */
function usable(texts: Texts | null): Texts | null {
  return texts !== null && texts.every((text) => /^[\x20-\x7e]{3,}$/.test(text)) ? texts.map((text) => text.slice(0, MAX_LENGTH)) : null;
}

/** The longer the shortest is, the rarer it is; then the fewer the better. */
function better(a: Texts | null, b: Texts | null): Texts | null {
  if (a === null || b === null) return a ?? b;
  const [shortestOfA, shortestOfB] = [shortest(a), shortest(b)];
  return shortestOfB > shortestOfA || (shortestOfB === shortestOfA && b.length < a.length) ? b : a;
}

function shortest(texts: Texts): number {
  return Math.min(...texts.map(({ length }) => length));
}

/** Can it be a keyword? */
export function isKeyword(text: string): boolean {
  return text.length >= MIN_LENGTH && /^[\x20-\x7e]+$/.test(text);
}
