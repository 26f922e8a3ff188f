import { type CharSet, complement, DIGITS, foldCase, isSame, LAST_CODE, shared, sizeOf, unite, WORD } from './char-set.ts';
import { lengthOf, partsOf, type PatternTree, type Place } from './pattern-tree.ts';
import { cannotCarry } from '../errors/cannot-carry.ts';

export interface Style {
  /** The group that is the value; null: the whole match. */
  readonly secretGroup: number | null;
  /** It will have the flag `i`, which only a tree may have that is {@link isEitherCase}. */
  readonly ignoresCase: boolean;
}

/**
 * A tree → JavaScript that matches the same bytes of UTF-8 text: the engine looks at it byte by byte.
 *
 * @throws GuardianError INPUT_INVALID where JavaScript would match something else
 */
export function renderPattern(tree: PatternTree, style: Style): string {
  checkRepeats(tree, style.secretGroup);
  return render(tree, 'choice', style);
}

/** Does it make no difference anywhere whether a letter is upper or lower case? */
export function isEitherCase(tree: PatternTree): boolean {
  // Bytes that are letters in Latin-1 would get two cases as well.
  if (tree.kind === 'chars') return isSame(foldCase(tree.set), tree.set) && !isBeyondAscii(tree.set);
  return partsOf(tree).every(isEitherCase);
}

/** Only in part: what excludes some ASCII takes in all that lies beyond. */
function isBeyondAscii(set: CharSet): boolean {
  const beyond = shared(set, BEYOND_ASCII);
  return beyond.length > 0 && !isSame(beyond, BEYOND_ASCII);
}

/** Does it name a letter in both its cases? */
export function hasFoldedLetter(tree: PatternTree): boolean {
  if (tree.kind !== 'chars') return partsOf(tree).some(hasFoldedLetter);
  return sizeOf(tree.set) === 2 && sizeOf(shared(tree.set, LETTERS)) === 2 && isSame(foldCase(tree.set), tree.set);
}

const UPPER: CharSet = [[0x41, 0x5a]];
const LETTERS: CharSet = [
  [0x41, 0x5a],
  [0x61, 0x7a],
];

/**
 * The two syntaxes go different ways where what repeats may be empty, and where a group within a repeat is passed over in one round: JavaScript
 * forgets what it held, Go does not.
 */
function checkRepeats(tree: PatternTree, secretGroup: number | null): void {
  if (tree.kind === 'repeat' && tree.min !== tree.max) {
    if (lengthOf(tree.item)[0] === 0 && !isSuperfluous(tree)) cannotCarry('a repeat of what may be empty');
  }
  if (tree.kind === 'repeat' && tree.max > 1 && secretGroup !== null) {
    const isLost = holdsGroup(tree.item, secretGroup) && !isInEveryMatch(tree.item, secretGroup);
    if (isLost) cannotCarry('the group of the value is not in every round of a repeat');
  }
  for (const part of partsOf(tree)) checkRepeats(part, secretGroup);
}

/** `X?` where X can always be empty: X alone says the same. */
function isSuperfluous(tree: PatternTree): boolean {
  return tree.kind === 'repeat' && tree.min === 0 && tree.max === 1 && !tree.isLazy && canBeEmpty(tree.item);
}

/** Wherever it stands? */
function canBeEmpty(tree: PatternTree): boolean {
  switch (tree.kind) {
    case 'sequence':
      return tree.items.every(canBeEmpty);
    case 'choice':
      return tree.options.some(canBeEmpty);
    case 'repeat':
      return tree.min === 0 || canBeEmpty(tree.item);
    case 'group':
      return canBeEmpty(tree.item);
    default:
      return false;
  }
}

function holdsGroup(tree: PatternTree, index: number): boolean {
  return (tree.kind === 'group' && tree.index === index) || partsOf(tree).some((part) => holdsGroup(part, index));
}

/** Has every match of a tree this group in it? */
export function isInEveryMatch(tree: PatternTree, index: number): boolean {
  switch (tree.kind) {
    case 'group':
      return tree.index === index || isInEveryMatch(tree.item, index);
    case 'sequence':
      return tree.items.some((item) => isInEveryMatch(item, index));
    case 'repeat':
      return tree.min > 0 && isInEveryMatch(tree.item, index);
    case 'choice':
      return tree.options.every((option) => isInEveryMatch(option, index));
    default:
      return false;
  }
}

/** Where a part is put: what would fall apart there is put into a group. */
type Level = 'choice' | 'sequence' | 'atom';

const PLACES: Readonly<Record<Place, string>> = {
  'text-start': '^',
  'text-end': '$',
  // With the flag `m` lines would end at CR too.
  'line-start': '(?<![^\\n])',
  'line-end': '(?![^\\n])',
  'word-edge': '\\b',
  'no-word-edge': '\\B',
};

function render(tree: PatternTree, level: Level, style: Style): string {
  switch (tree.kind) {
    case 'chars':
      return renderChars(tree.set, level, style);
    case 'sequence': {
      const text = tree.items.map((item) => render(item, 'sequence', style)).join('');
      return level === 'atom' ? `(?:${text})` : text;
    }
    case 'choice': {
      const text = tree.options.map((option) => render(option, 'sequence', style)).join('|');
      return level === 'choice' ? text : `(?:${text})`;
    }
    case 'repeat': {
      if (isSuperfluous(tree)) return render(tree.item, level, style);
      const text = render(tree.item, 'atom', style) + renderCount(tree.min, tree.max) + (tree.isLazy && tree.min !== tree.max ? '?' : '');
      return level === 'atom' ? `(?:${text})` : text;
    }
    case 'group':
      return tree.index === style.secretGroup ? `(?<secret>${render(tree.item, 'choice', style)})` : render(tree.item, level, style);
    case 'place':
      return level === 'atom' ? `(?:${PLACES[tree.place]})` : PLACES[tree.place];
    case 'look':
    case 'reference':
      return cannotCarry('it looks around or back');
  }
}

function renderCount(min: number, max: number): string {
  if (min === 0 && max === 1) return '?';
  if (max === Infinity) return min === 0 ? '*' : min === 1 ? '+' : `{${min},}`;
  return min === max ? `{${min}}` : `{${min},${max}}`;
}

const BEYOND_ASCII: CharSet = [[0x80, LAST_CODE]];
const HIGH_BYTES: CharSet = [[0x80, 0xff]];
const ALL_BYTES: CharSet = [[0, 0xff]];
/** So many characters beyond ASCII are written out. */
const MAX_WRITTEN_OUT = 8;

/** A set of characters as single bytes, and as texts of several bytes, one character a byte. */
function bytesOf(set: CharSet): { readonly single: CharSet; readonly rest: readonly string[] } {
  const ascii = shared(set, [[0, 0x7f]]);
  const beyond = shared(set, BEYOND_ASCII);
  if (beyond.length === 0) return { single: ascii, rest: [] };
  if (isSame(beyond, BEYOND_ASCII)) return { single: unite(ascii, HIGH_BYTES), rest: [] };
  if (sizeOf(beyond) > MAX_WRITTEN_OUT) return cannotCarry('a class of characters beyond ASCII: text is scanned byte by byte');
  const codes = beyond.flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, i) => first + i));
  return { single: ascii, rest: codes.map((code) => Buffer.from(String.fromCodePoint(code)).toString('latin1')) };
}

function renderChars(set: CharSet, level: Level, style: Style): string {
  const { single, rest } = bytesOf(set);
  if (rest.length === 0) return renderClass(single, style);
  const options = [
    ...(single.length === 0 ? [] : [renderClass(single, style)]),
    ...rest.map((text) => Array.from(text, renderByte).join('')),
  ];
  return options.length === 1 && level !== 'atom' ? options[0]! : `(?:${options.join('|')})`;
}

function renderClass(set: CharSet, { ignoresCase }: Style): string {
  const rest = shared(complement(set), ALL_BYTES);
  if (rest.length === 0) return '[\\s\\S]';
  const named = [
    [DIGITS, 'd'],
    [WORD, 'w'],
  ] as const;
  for (const [known, letter] of named) {
    if (isSame(set, known)) return `\\${letter}`;
    if (isSame(rest, known)) return `\\${letter.toUpperCase()}`;
  }
  const written = ignoresCase ? lowerCase(set) : set;
  if (sizeOf(written) === 1) return renderLiteral(written[0]![0]);
  const [plain, negated] = [`[${renderRanges(written)}]`, `[^${renderRanges(ignoresCase ? lowerCase(rest) : rest)}]`];
  const takesAllBeyond = isSame(shared(set, HIGH_BYTES), HIGH_BYTES);
  return takesAllBeyond && negated.length < plain.length ? negated : plain;
}

function lowerCase(set: CharSet): CharSet {
  return shared(set, complement(UPPER));
}

/** A dash is at the end, where it does not form a range. */
function renderRanges(set: CharSet): string {
  const hasWord = isSame(shared(set, WORD), WORD);
  const hasDash = set.some(([first, last]) => first === DASH || last === DASH);
  const rest = shared(set, complement(unite(hasWord ? WORD : [], hasDash ? [[DASH, DASH]] : [])));
  const ranges = rest.map(([first, last]) => {
    const [from, to] = [renderInClass(first), renderInClass(last)];
    return first === last ? from : last === first + 1 ? from + to : `${from}-${to}`;
  });
  return (hasWord ? '\\w' : '') + ranges.join('') + (hasDash ? '-' : '');
}

const DASH = 0x2d;

function renderInClass(code: number): string {
  const char = String.fromCharCode(code);
  return '\\]^-'.includes(char) ? `\\${char}` : renderByte(char);
}

function renderLiteral(code: number): string {
  const char = String.fromCharCode(code);
  return '\\^$.*+?()[]{}|'.includes(char) ? `\\${char}` : renderByte(char);
}

const CONTROLS: Readonly<Record<string, string>> = { '\t': '\\t', '\n': '\\n', '\v': '\\v', '\f': '\\f', '\r': '\\r' };

function renderByte(char: string): string {
  return CONTROLS[char] ?? (/[\x20-\x7e]/.test(char) ? char : `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`);
}
