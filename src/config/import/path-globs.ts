import { type CharSet, complement, isSame, LAST_CODE, setOf, shared, sizeOf } from '../../patterns/char-set.ts';
import type { PatternTree } from '../../patterns/pattern-tree.ts';
import { cannotCarry } from '../../errors/cannot-carry.ts';

/** Parts of a path. */
type Part =
  /** A glob within a name. */
  | { readonly kind: 'name'; readonly glob: string }
  /** `anything`: any characters. `start` and `end` come from the pattern. */
  | { readonly kind: 'slash' | 'anything' | 'start' | 'end' };

const SLASH: Part = { kind: 'slash' };
const ANYTHING: Part = { kind: 'anything' };

function name(glob: string): Part {
  return { kind: 'name', glob };
}

/** One alternative, from left to right. */
type Way = readonly Part[];

const MAX_WAYS = 24;
const MAX_COUNT = 16;

/**
 * A path pattern → globs that match the same paths. A `.` for one character never means `/`: in `go.mod` people mean the dot.
 *
 * @throws GuardianError INPUT_INVALID for what globs cannot say
 */
export function pathGlobs(tree: PatternTree): string[] {
  const globs = new Set(waysOf(tree).flatMap((way) => globsOf(withEnds(way))));
  if (globs.size === 0) cannotCarry('a path pattern that matches no path');
  if (globs.has('**/*')) cannotCarry('a path pattern that matches every path');
  return withoutDoubles(globs).map(renderTop);
}

function waysOf(tree: PatternTree): readonly Way[] {
  switch (tree.kind) {
    case 'chars':
      return waysOfChars(tree.set);
    case 'sequence':
      return tree.items.map(waysOf).reduce(crossed, [[]]);
    case 'choice':
      return limited(tree.options.flatMap(waysOf));
    case 'group':
      return waysOf(tree.item);
    case 'repeat':
      return waysOfRepeat(tree.item, tree.min, tree.max);
    case 'place':
      if (tree.place === 'text-start') return [[{ kind: 'start' }]];
      return tree.place === 'text-end' ? [[{ kind: 'end' }]] : cannotCarry('a path pattern with a line or word boundary');
    case 'look':
    case 'reference':
      return cannotCarry('a path pattern with lookaround or backreference');
  }
}

function crossed(before: readonly Way[], after: readonly Way[]): readonly Way[] {
  return limited(before.flatMap((way) => after.map((more) => [...way, ...more])));
}

function limited(ways: readonly Way[]): readonly Way[] {
  return ways.length <= MAX_WAYS ? ways : cannotCarry('a path pattern that needs too many globs');
}

const SLASH_SET = setOf('/');
const LF_SET = setOf('\n');
/** All characters that a name may hold: no path has a line break in it that anybody looks for. */
const NAME: CharSet = complement(setOf('\n/'));

function isAnything(set: CharSet): boolean {
  return isSame(shared(set, complement(LF_SET)), complement(LF_SET));
}

function waysOfChars(set: CharSet): readonly Way[] {
  if (isSame(set, SLASH_SET)) return [[SLASH]];
  if (isAnything(set)) return [[name('?')]];
  const hasSlash = shared(set, SLASH_SET).length > 0;
  // A class that leaves out a few characters has the slash by accident; one that names it means it.
  const isMeant = hasSlash && sizeOf(set) < LAST_CODE / 2;
  return [
    [name(renderOne(shared(set, NAME)))],
    ...(isMeant ? [[SLASH]] : hasSlash ? cannotCarry('a path pattern with [^…] that includes `/`') : []),
  ];
}

function waysOfRepeat(item: PatternTree, min: number, max: number): readonly Way[] {
  if (max === Infinity || max > MAX_COUNT) {
    const set = item.kind === 'chars' ? item.set : null;
    if (set === null || max !== Infinity || min > MAX_COUNT)
      return cannotCarry('a path pattern with a repetition that globs do not support');
    const one = renderOne(shared(set, NAME));
    if (isAnything(set)) return [[name('?'.repeat(min)), ANYTHING]];
    if (shared(set, SLASH_SET).length > 0) return cannotCarry('a path pattern with a repetition that globs do not support');
    if (one === '?') return [[name(`${'?'.repeat(min)}*`)]];
    return [[name(min === 0 ? `*(${one})` : `${one.repeat(min - 1)}+(${one})`)]];
  }
  const once = waysOf(item);
  const counts = Array.from({ length: max - min + 1 }, (_, i) => min + i);
  return limited(counts.flatMap((count) => Array.from({ length: count }, () => once).reduce(crossed, [[]])));
}

/** One character of a name. */
function renderOne(set: CharSet): string {
  if (set.length === 0) return cannotCarry('a path pattern with a class that matches no name');
  if (isSame(set, NAME)) return '?';
  if (sizeOf(set) === 1) return escapeGlob(String.fromCodePoint(set[0]![0]));
  const rest = shared(complement(set), NAME);
  const isNegated = sizeOf(rest) < sizeOf(set);
  const ranges = (isNegated ? rest : set).map(([first, last]) => {
    const [from, to] = [first, last].map((code) => escapeInClass(String.fromCodePoint(code)));
    return first === last ? from : last === first + 1 ? `${from}${to}` : `${from}-${to}`;
  });
  return `[${isNegated ? '!' : ''}${ranges.join('')}]`;
}

function escapeInClass(char: string): string {
  return '[]^!-\\'.includes(char) ? `\\${char}` : char;
}

function escapeGlob(char: string): string {
  return '*?[]{}()!+@\\|,'.includes(char) ? `\\${char}` : char;
}

/** A regular expression may match anywhere; a glob matches all of a path. */
function withEnds(way: Way): Way {
  const first = way.findIndex(({ kind }) => kind !== 'start');
  const last = way.findLastIndex(({ kind }) => kind !== 'end');
  const middle = first === -1 ? [] : way.slice(first, last + 1);
  if (middle.some(({ kind }) => kind === 'start' || kind === 'end')) return cannotCarry('a path pattern with ^ or $ in the middle');
  return [...(way[0]?.kind === 'start' ? [] : [ANYTHING]), ...middle, ...(way.at(-1)?.kind === 'end' ? [] : [ANYTHING])];
}

/**
 * In a glob `*` ends at a slash, and `**` is whole folders: anything, within a name, is the rest of it, or the rest of it, some folders and the
 * beginning of another name.
 */
function globsOf(way: Way): string[] {
  let globs = [''];
  for (const part of way) {
    if (part.kind === 'anything') globs = globs.flatMap(withAnything);
    else globs = globs.map((glob) => (part.kind === 'name' ? withName(glob, part.glob) : `${glob}/`));
    if (globs.length > MAX_WAYS) return cannotCarry('a path pattern that needs too many globs');
  }
  return globs.filter((glob) => !NO_NAME.test(glob)).map((glob) => glob.replace(/(?<=\/)\*\*\/\*$/, '**'));
}

/** No path has a name like these, and to a glob they mean other folders. */
const NO_NAME = /(?:^|\/)\.{0,2}(?:\/|$)/;

function withAnything(glob: string): string[] {
  if (/(?:^|\/)\*\*\/\*$/.test(glob)) return [glob];
  return /(?:^|\/)$/.test(glob) ? [`${glob}**/*`] : [withName(glob, '*'), `${withName(glob, '*')}/**/*`];
}

/** Two stars side by side would be whole folders, and the first has all that the second could take. */
function withName(glob: string, more: string): string {
  if (!/(?<!\\)\*$/.test(glob) || !more.startsWith('*')) return glob + more;
  return more.startsWith('*(') ? glob : glob + more.slice(1);
}

// `**` may be no folder at all: with `a/b` there, `a/**` `/*` `/b` is `a/**` `/b`.
function withoutDoubles(globs: ReadonlySet<string>): string[] {
  const narrower = (glob: string): string => glob.replace('**/*/', '');
  const wide = [...globs].filter((glob) => narrower(glob) !== glob && globs.has(narrower(glob)));
  const covered = new Set(wide.map(narrower));
  return [...globs].filter((glob) => !covered.has(glob)).map((glob) => (wide.includes(glob) ? glob.replace('**/*/', '**/') : glob));
}

/** Without a slash a glob fits in every folder, with one at its start only at the top. */
function renderTop(glob: string): string {
  const [, name] = /^\*\*\/([^/]*)$/.exec(glob) ?? [];
  return name ?? (glob.includes('/') ? glob : `/${glob}`);
}
