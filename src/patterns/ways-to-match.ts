import { holds } from './char-set.ts';
import { partsOf, type PatternTree } from './pattern-tree.ts';

/**
 * Does it say nothing of where it stands within one character over and over? The edge of a word is nowhere there. What looks around or back
 * may mean anything: it is taken to tell the ways apart.
 */
export function isFree(tree: PatternTree): boolean {
  return tree.kind === 'place' && tree.place === 'no-word-edge';
}

/** The first and the last character of every range: of the texts of one character over and over, these stand for the rest. */
export function samplesOf(tree: PatternTree): number[] {
  const own = tree.kind === 'chars' ? tree.set.flat() : [];
  return [...new Set([...own, ...partsOf(tree).flatMap(samplesOf)])].slice(0, MAX_SAMPLES);
}

const MAX_SAMPLES = 64;
const LONGEST = 6;

/** In how many ways it matches one character 0, 1, 2, … times. */
type Ways = readonly number[];

const NO_WAY: Ways = Array.from({ length: LONGEST + 1 }, () => 0);
const EMPTY_ONLY: Ways = NO_WAY.map((_, length) => (length === 0 ? 1 : 0));
const ONE_ONLY: Ways = NO_WAY.map((_, length) => (length === 1 ? 1 : 0));

function both(a: Ways, b: Ways): Ways {
  return NO_WAY.map((_, length) => a.slice(0, length + 1).reduce((sum, ways, i) => sum + ways * b[length - i]!, 0));
}

function either(a: Ways, b: Ways): Ways {
  return a.map((ways, length) => ways + b[length]!);
}

export function waysToMatch(tree: PatternTree, code: number): Ways {
  switch (tree.kind) {
    case 'chars':
      return holds(tree.set, code) ? ONE_ONLY : NO_WAY;
    case 'sequence':
      return tree.items.map((item) => waysToMatch(item, code)).reduce(both, EMPTY_ONLY);
    case 'choice':
      return tree.options.map((option) => waysToMatch(option, code)).reduce(either, NO_WAY);
    case 'repeat':
      return waysToRepeat(waysToMatch(tree.item, code), tree.min, tree.max);
    case 'group':
      return waysToMatch(tree.item, code);
    case 'place':
    case 'look':
    case 'reference':
      return isFree(tree) ? EMPTY_ONLY : NO_WAY;
  }
}

/** Large counts become small ones: it only matters whether they differ. A round that matches nothing does not count. */
function waysToRepeat(item: Ways, least: number, most: number): Ways {
  const min = item[0]! > 0 ? 0 : Math.min(least, 2);
  const max = most === least ? min : Math.min(most, LONGEST);
  const round = item.map((ways, length) => (length === 0 ? 0 : ways));
  let [rounds, all] = [EMPTY_ONLY, min === 0 ? EMPTY_ONLY : NO_WAY];
  for (let count = 1; count <= max; count++) {
    rounds = both(rounds, round);
    if (count >= min) all = either(all, rounds);
  }
  return all;
}

/** Repeated, can it match the same text in two ways? By itself in two, or once in place of some times. */
export function isAmbiguous(ways: Ways): boolean {
  const lengths = ways.flatMap((count, length) => (length > 0 && count > 0 ? [length] : []));
  return lengths.length > 1 || lengths.some((length) => ways[length]! > 1);
}
