import { type CharSet, charSet, complement, DIGITS, foldCase, LAST_CODE, setOf, unite, WORD } from './char-set.ts';
import { type Cursor, type Dialect, parsePattern, type PatternTree } from './pattern-tree.ts';

/** What `\s` stands for. */
export const WHITE_SPACE = charSet(
  [0x09, 0x0d],
  [0x20, 0x20],
  [0xa0, 0xa0],
  [0x1680, 0x1680],
  [0x2000, 0x200a],
  [0x2028, 0x2029],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
  [0xfeff, 0xfeff],
);
const LINE_ENDS = setOf('\n\r\u2028\u2029');
const ANY: CharSet = [[0, LAST_CODE]];

const CLASSES: Readonly<Record<string, CharSet>> = {
  d: DIGITS,
  D: complement(DIGITS),
  w: WORD,
  W: complement(WORD),
  s: WHITE_SPACE,
  S: complement(WHITE_SPACE),
};

const CONTROLS: Readonly<Record<string, number>> = { t: 0x09, n: 0x0a, v: 0x0b, f: 0x0c, r: 0x0d, '0': 0 };

/**
 * The source of a JavaScript regular expression → its tree.
 *
 * @param flags `i`, `m`, `s` and `u` count
 * @param source one that `RegExp` takes
 * @throws SyntaxError where it takes it and this does not: groups that are nested too deeply
 */
export function parseJsPattern(source: string, flags: string): PatternTree {
  return parsePattern(source, jsDialect(flags));
}

function jsDialect(flags: string): Dialect {
  const isUnicode = flags.includes('u');
  const fold = (set: CharSet): CharSet => (flags.includes('i') ? foldCase(set) : set);
  let groups = 0;

  return {
    openGroup(cursor) {
      const [text = '', name = null] = /^\?(?:<([^>=!][^>]*)>|:|=|!|<=|<!)/.exec(cursor.source.slice(cursor.at)) ?? [];
      cursor.at += text.length;
      if (text === '?:') return { kind: 'plain' };
      return text === '' || name !== null ? { kind: 'capture', index: ++groups, name } : { kind: 'look' };
    },
    closeGroup: () => undefined,
    isLazy: (isMarked) => isMarked,
    checkRepeat: () => undefined,
    fail: (reason) => {
      throw new SyntaxError(reason);
    },
    readAtoms(cursor) {
      const start = cursor.at;
      const char = String.fromCodePoint(cursor.source.codePointAt(start)!);
      cursor.at += isUnicode ? char.length : 1;
      const chars = (set: CharSet): PatternTree[] => [{ kind: 'chars', set: fold(set), start, end: cursor.at }];
      switch (char) {
        case '^':
        case '$': {
          const side = char === '^' ? 'start' : 'end';
          return [{ kind: 'place', place: flags.includes('m') ? `line-${side}` : `text-${side}`, start, end: cursor.at }];
        }
        case '.':
          return chars(flags.includes('s') ? ANY : complement(LINE_ENDS));
        case '[':
          return chars(readClass(cursor, isUnicode, fold));
        case '\\': {
          const [letter] = cursor.source.slice(cursor.at);
          if (letter === 'b' || letter === 'B') {
            cursor.at++;
            return [{ kind: 'place', place: letter === 'b' ? 'word-edge' : 'no-word-edge', start, end: cursor.at }];
          }
          const reference = /^(?:[1-9]\d*|k<[^>]*>)/.exec(cursor.source.slice(cursor.at));
          if (reference === null) return chars(readEscape(cursor, isUnicode));
          cursor.at += reference[0].length;
          return [{ kind: 'reference', start, end: cursor.at }];
        }
        default:
          return chars(setOf(char));
      }
    },
  };
}

/** Reads behind a `\` that is neither a place nor a reference. */
function readEscape(cursor: Cursor, isUnicode: boolean): CharSet {
  const rest = cursor.source.slice(cursor.at);
  const coded = /^(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|u\{([0-9A-Fa-f]+)\})/.exec(rest);
  if (coded !== null && (isUnicode || coded[3] === undefined)) {
    cursor.at += coded[0].length;
    const code = Number.parseInt(coded[1] ?? coded[2] ?? coded[3]!, 16);
    return [[code, code]];
  }
  const property = isUnicode ? /^[pP]\{[^}]*\}/.exec(rest) : null;
  if (property !== null) {
    cursor.at += property[0].length;
    return propertySet(`\\${property[0]}`);
  }
  const control = /^c([A-Za-z])/.exec(rest);
  if (control !== null) {
    cursor.at += 2;
    const code = control[1]!.charCodeAt(0) % 32;
    return [[code, code]];
  }
  const char = String.fromCodePoint(rest.codePointAt(0)!);
  cursor.at += char.length;
  const code = CONTROLS[char];
  return CLASSES[char] ?? (code === undefined ? setOf(char) : [[code, code]]);
}

const ASCII = Array.from({ length: 0x80 }, (_, code) => code);

/** The ASCII part of a class of Unicode: the rest does not matter. */
function propertySet(source: string): CharSet {
  const pattern = new RegExp(source, 'u');
  const ascii = ASCII.filter((code) => pattern.test(String.fromCharCode(code)));
  return charSet(...ascii.map((code) => [code, code] as const));
}

/** Reads behind a `[`. */
function readClass(cursor: Cursor, isUnicode: boolean, fold: (set: CharSet) => CharSet): CharSet {
  const isNegated = cursor.source[cursor.at] === '^';
  if (isNegated) cursor.at++;
  const sets: CharSet[] = [];
  while (cursor.source[cursor.at] !== ']' && cursor.at < cursor.source.length) {
    const first = readClassChar(cursor, isUnicode);
    const isRange = cursor.source[cursor.at] === '-' && cursor.source[cursor.at + 1] !== ']';
    const from = singleOf(first);
    if (!isRange || from === null) {
      sets.push(first);
      continue;
    }
    cursor.at++;
    const last = readClassChar(cursor, isUnicode);
    const to = singleOf(last);
    sets.push(to === null ? unite(first, setOf('-'), last) : [[from, to]]);
  }
  cursor.at++;
  const set = fold(unite(...sets));
  return isNegated ? complement(set) : set;
}

function readClassChar(cursor: Cursor, isUnicode: boolean): CharSet {
  const char = isUnicode ? String.fromCodePoint(cursor.source.codePointAt(cursor.at)!) : cursor.source[cursor.at]!;
  cursor.at += char.length;
  if (char !== '\\') return charSet([char.codePointAt(0)!, char.codePointAt(0)!]);
  if (cursor.source[cursor.at] === 'b') {
    cursor.at++;
    return [[0x08, 0x08]];
  }
  return readEscape(cursor, isUnicode);
}

function singleOf(set: CharSet): number | null {
  const [range] = set;
  return set.length === 1 && range !== undefined && range[0] === range[1] ? range[0] : null;
}
