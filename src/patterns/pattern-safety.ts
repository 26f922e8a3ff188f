import { type CharSet, complement, isSame, overlaps, shared, unite } from './char-set.ts';
import { parseJsPattern, WHITE_SPACE } from './parse-js-pattern.ts';
import { lengthOf, partsOf, type PatternTree, type Span } from './pattern-tree.ts';
import { isAmbiguous, isFree, samplesOf, waysToMatch } from './ways-to-match.ts';

/**
 * A place where a regular expression may try far more ways than its text has characters.
 *
 * - `nested`: a repeat of what repeats, and nothing says where one round ends: `(\w+\s?)+`. The ways double with each character.
 * - `alternatives`: a repeat of alternatives that match the same: `(\w|\d)+`. The same.
 * - `adjacent`: two repeats without an end side by side that match the same: `\w*\d*x`. The ways grow with the square of the text.
 */
export interface PatternRisk extends Span {
  readonly shape: 'nested' | 'alternatives' | 'adjacent';
}

/**
 * Looks for the shapes that make a regular expression run away. It proves nothing: what it tells is risky, and what it does not tell is
 * still run within a time box.
 *
 * @param source one that `RegExp` takes with these flags
 * @returns places in the source, in their order; of those within one another the outermost
 */
export function findPatternRisks(source: string, flags: string): PatternRisk[] {
  if (source.length > LONGEST_SOURCE) return [];
  let tree: PatternTree;
  try {
    tree = parseJsPattern(source, flags);
  } catch (thrown) {
    // Groups within groups without an end.
    if (thrown instanceof SyntaxError) return [];
    throw thrown;
  }
  return risksIn(tree, false);
}

/** Longer patterns are generated, and analysing them takes too long. */
const LONGEST_SOURCE = 10_000;

const LONGEST_QUOTE = 40;

/** Where it is, what is wrong there, and how to write it: for people, to be put behind what the pattern is called. */
export function describeRisk(source: string, { shape, start, end }: PatternRisk): string {
  const part = source.slice(start, end);
  const quote = part.length <= LONGEST_QUOTE ? part : `${part.slice(0, LONGEST_QUOTE)}…`;
  return `may take very long, for its part ${quote} (character ${start + 1}) ${ADVICE[shape]}`;
}

const ADVICE: Readonly<Record<PatternRisk['shape'], string>> = {
  nested:
    'repeats what repeats already: let one of the two repeat, or let each round end with a character that the inner repeat leaves alone',
  alternatives: 'repeats alternatives that match the same: make one of them, as one class in brackets',
  adjacent: 'has two repeats without an end that match the same: leave one out, or give both an end, such as {0,100}',
};

/** `isFollowed`: has a match to go on behind it? Where it has not, nothing makes it try other ways. */
function risksIn(tree: PatternTree, isFollowed: boolean): PatternRisk[] {
  if (tree.kind === 'repeat' && tree.max > 1) {
    const shape = shapeOf(tree.item, tree.max);
    if (shape !== null) return [{ shape, start: tree.start, end: tree.end }];
  }
  if (tree.kind !== 'sequence') return partsOf(tree).flatMap((part) => risksIn(part, isFollowed || tree.kind === 'repeat'));
  const { items } = tree;
  const needsMore = (i: number): boolean => isFollowed || items.slice(i + 1).some(isDemanding);
  const adjacent = items.flatMap((item, i) => {
    const other = neighbourOf(items, i);
    return other !== null && needsMore(items.indexOf(other)) ? [{ shape: 'adjacent' as const, start: item.start, end: other.end }] : [];
  });
  return [...items.flatMap((item, i) => risksIn(item, needsMore(i))), ...adjacent].sort((a, b) => a.start - b.start);
}

/** May the text fail to have it? */
function isDemanding(tree: PatternTree): boolean {
  switch (tree.kind) {
    case 'sequence':
      return tree.items.some(isDemanding);
    case 'choice':
      return tree.options.every(isDemanding);
    case 'repeat':
      return tree.min > 0 && isDemanding(tree.item);
    case 'group':
      return isDemanding(tree.item);
    case 'chars':
    case 'place':
    case 'look':
      return true;
    case 'reference':
      return false;
  }
}

/** What is wrong with repeating something up to `max` times. */
function shapeOf(item: PatternTree, max: number): PatternRisk['shape'] | null {
  const inner = innerRepeats(item);
  if (inner.includes('open')) return 'nested';
  if (max !== Infinity) return null;
  return samplesOf(item).some((code) => isAmbiguous(waysToMatch(item, code))) ? (inner.length > 0 ? 'nested' : 'alternatives') : null;
}

/**
 * Repeats within one round of a repeat.
 *
 * `open`: it has no end, and its neighbours may consist of its own characters. So it can match what the next round begins with, and one
 * round can replace two: with `(\w+-?)+` any word is one round or many. In `(\w+-)+` the dash tells the rounds apart.
 */
function innerRepeats(tree: PatternTree, neighbours: readonly PatternTree[] = []): ('open' | 'closed')[] {
  switch (tree.kind) {
    case 'repeat': {
      const set = charsOf(tree.item);
      const isOpen = tree.max === Infinity && neighbours.every((part) => (set === null ? lengthOf(part)[0] === 0 : isMadeOf(part, set)));
      return [isOpen ? 'open' : 'closed', ...innerRepeats(tree.item, neighbours)];
    }
    case 'sequence':
      return tree.items.flatMap((item, i) => innerRepeats(item, [...neighbours, ...tree.items.filter((_, other) => other !== i)]));
    case 'choice':
      return tree.options.flatMap((option) => innerRepeats(option, neighbours));
    case 'group':
      return innerRepeats(tree.item, neighbours);
    case 'look':
    case 'chars':
    case 'place':
    case 'reference':
      return [];
  }
}

/** The characters of something that is always one character; null where it is not. */
function charsOf(tree: PatternTree): CharSet | null {
  switch (tree.kind) {
    case 'chars':
      return tree.set;
    case 'group':
      return charsOf(tree.item);
    case 'choice': {
      const sets = tree.options.map(charsOf);
      return sets.includes(null) ? null : unite(...sets.map((set) => set!));
    }
    default:
      return null;
  }
}

/** Can it match a text of these characters alone? */
function isMadeOf(tree: PatternTree, set: CharSet): boolean {
  switch (tree.kind) {
    case 'chars':
      return overlaps(tree.set, set);
    case 'choice':
      return tree.options.some((option) => isMadeOf(option, set));
    case 'repeat':
      return tree.min === 0 || isMadeOf(tree.item, set);
    case 'sequence':
    case 'group':
      return partsOf(tree).every((part) => isMadeOf(part, set));
    case 'place':
    case 'look':
    case 'reference':
      return isFree(tree);
  }
}

/**
 * The next endless repeat after one, if nothing must come between them and both match the same character. Long runs of white space do not
 * occur, so repeats of white space count only if they are the same.
 */
function neighbourOf(items: readonly PatternTree[], from: number): PatternTree | null {
  const set = endlessSet(items[from]!);
  if (set === null) return null;
  for (const [i, item] of items.entries()) {
    if (i <= from) continue;
    const other = endlessSet(item) ?? [];
    if (overlaps(shared(set, other), INK) || (i === from + 1 && isSame(set, other))) return item;
    if (lengthOf(item)[0] > 0 || item.kind === 'place' || item.kind === 'look') return null;
  }
  return null;
}

const INK = complement(WHITE_SPACE);

/** What an endless repeat of single characters matches; null if the tree is not one. */
function endlessSet(tree: PatternTree): CharSet | null {
  if (tree.kind === 'group') return endlessSet(tree.item);
  return tree.kind === 'repeat' && tree.max === Infinity ? charsOf(tree.item) : null;
}
