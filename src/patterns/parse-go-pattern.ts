import { type CharSet, charSet, complement, DIGITS, foldCase, isSame, LAST_CODE, setOf, shared, unite, WORD } from './char-set.ts';
import { type Cursor, type Dialect, parsePattern, type PatternTree, type Place } from './pattern-tree.ts';
import { cannotCarry } from '../errors/cannot-carry.ts';

/** The most that Go lets a repeat count. */
const MAX_COUNT = 1000;

const ANY: CharSet = [[0, LAST_CODE]];
const BEYOND_ASCII: CharSet = [[0x80, LAST_CODE]];
const LF = setOf('\n');
/** What `\s` stands for in Go. */
const GO_SPACE = setOf('\t\n\f\r ');

const CLASSES: Readonly<Record<string, CharSet>> = { d: DIGITS, w: WORD, s: GO_SPACE };

const POSIX: Readonly<Record<string, CharSet>> = {
  alnum: charSet([0x30, 0x39], [0x41, 0x5a], [0x61, 0x7a]),
  alpha: charSet([0x41, 0x5a], [0x61, 0x7a]),
  ascii: [[0, 0x7f]],
  blank: setOf('\t '),
  cntrl: charSet([0, 0x1f], [0x7f, 0x7f]),
  digit: DIGITS,
  graph: [[0x21, 0x7e]],
  lower: [[0x61, 0x7a]],
  print: [[0x20, 0x7e]],
  punct: charSet([0x21, 0x2f], [0x3a, 0x40], [0x5b, 0x60], [0x7b, 0x7e]),
  space: setOf('\t\n\v\f\r '),
  upper: [[0x41, 0x5a]],
  word: WORD,
  xdigit: charSet([0x30, 0x39], [0x41, 0x46], [0x61, 0x66]),
};

const CONTROLS: Readonly<Record<string, number>> = { a: 0x07, f: 0x0c, n: 0x0a, r: 0x0d, t: 0x09, v: 0x0b };
const PLACES: Readonly<Record<string, Place>> = { A: 'text-start', z: 'text-end', b: 'word-edge', B: 'no-word-edge' };

/** `i`, `m`, `s` and `U`, as `(?…)` sets them. */
type Flags = ReadonlySet<string>;

/**
 * The source of a regular expression in Go's syntax (RE2's) → its tree. Case is folded in ASCII alone: Go also takes the Kelvin sign for a `k`
 * and `ſ` for an `s`, and no key is spelled that way.
 *
 * @throws GuardianError INPUT_INVALID for a pattern that Go refuses, too, or that JavaScript cannot express
 */
export function parseGoPattern(source: string): PatternTree {
  return parsePattern(source, goDialect());
}

function goDialect(): Dialect {
  let flags: Flags = new Set();
  let groups = 0;
  /** Flags outside of each group that is open. */
  const outer: Flags[] = [];
  const fold = (set: CharSet): CharSet => (flags.has('i') ? foldOrFail(set) : set);

  return {
    openGroup(cursor) {
      const { set, unset, end, name } = readGroupHead(cursor);
      const changed = new Set([...flags, ...Array.from(set)].filter((flag) => !unset.includes(flag)));
      if (end === ')') {
        flags = changed;
        return null;
      }
      outer.push(flags);
      flags = changed;
      return end === ':' ? { kind: 'plain' } : { kind: 'capture', index: ++groups, name };
    },
    closeGroup() {
      flags = outer.pop()!;
    },
    isLazy: (isMarked) => isMarked !== flags.has('U'),
    checkRepeat(text, min, max) {
      if (/\b0\d/.test(text)) cannotCarry('a repeat count that begins with 0');
      if (min > MAX_COUNT || (max > MAX_COUNT && max !== Infinity)) cannotCarry(`a repeat of more than ${MAX_COUNT} times`);
      if (max < min) cannotCarry('a repeat whose most is less than its least');
    },
    fail: cannotCarry,
    readAtoms(cursor) {
      const start = cursor.at;
      const char = readChar(cursor);
      const chars = (set: CharSet): PatternTree => ({ kind: 'chars', set, start, end: cursor.at });
      const place = (where: Place): PatternTree => ({ kind: 'place', place: where, start, end: cursor.at });
      switch (char) {
        case '^':
          return [place(flags.has('m') ? 'line-start' : 'text-start')];
        case '$':
          return [place(flags.has('m') ? 'line-end' : 'text-end')];
        case '.':
          return [chars(flags.has('s') ? ANY : complement(LF))];
        case '[':
          return [chars(readClass(cursor, fold))];
        case '\\': {
          const letter = cursor.source[cursor.at] ?? '';
          if (letter === 'Q') return readQuoted(cursor).map((quoted) => chars(fold(setOf(quoted))));
          const where = PLACES[letter];
          if (where !== undefined) {
            cursor.at++;
            return [place(where)];
          }
          return [chars(readClassEscape(cursor) ?? fold(readEscape(cursor)))];
        }
        default:
          return [chars(fold(setOf(char)))];
      }
    },
  };
}

/** What follows the `(` of a group. */
interface GroupHead {
  /** Flags that it sets, a letter each. */
  readonly set: string;
  /** Flags that it clears. */
  readonly unset: string;
  /** `)`: it only changes flags. `:`: a group without a number. Empty: a group with one. */
  readonly end: string;
  readonly name: string | null;
}

function readGroupHead(cursor: Cursor): GroupHead {
  const rest = cursor.source.slice(cursor.at);
  const named = /^\?P?<([A-Za-z_]\w*)>/.exec(rest);
  const flagged = /^\?([imsU]*)(?:-([imsU]+))?([:)])/.exec(rest);
  if (rest.startsWith('?') && named === null && flagged === null) return cannotCarry(strangeGroup(rest));
  cursor.at += (named ?? flagged)?.[0].length ?? 0;
  const [, set = '', unset = '', end = ''] = flagged ?? [];
  return { set, unset, end, name: named?.[1] ?? null };
}

function strangeGroup(rest: string): string {
  if (/^\?<?[=!]/.test(rest)) return 'it looks ahead or behind, which Go does not do either';
  return `a group that begins with (${rest.slice(0, 2)}`;
}

function readChar(cursor: Cursor): string {
  const code = cursor.source.codePointAt(cursor.at);
  if (code === undefined) return cannotCarry('it ends too soon');
  const char = String.fromCodePoint(code);
  cursor.at += char.length;
  return char;
}

/** The characters of `\Q…\E`, behind its backslash. */
function readQuoted(cursor: Cursor): string[] {
  const from = cursor.at + 1;
  const found = cursor.source.indexOf('\\E', from);
  const to = found === -1 ? cursor.source.length : found;
  cursor.at = found === -1 ? to : to + 2;
  return Array.from(cursor.source.slice(from, to));
}

/** Reads `d`, `D` and the like behind a backslash; null where none is there. */
function readClassEscape(cursor: Cursor): CharSet | null {
  const letter = cursor.source[cursor.at] ?? '';
  if (/[pP]/.test(letter)) return cannotCarry('a class of Unicode: text is scanned byte by byte');
  const set = CLASSES[letter.toLowerCase()];
  if (set === undefined) return null;
  cursor.at++;
  return letter === letter.toLowerCase() ? set : complement(set);
}

/** Reads one character behind a backslash. */
function readEscape(cursor: Cursor): CharSet {
  const rest = cursor.source.slice(cursor.at);
  const hex = /^x(?:([0-9A-Fa-f]{2})|\{([0-9A-Fa-f]+)\})/.exec(rest);
  const octal = hex === null ? /^(?:0[0-7]{0,2}|[1-7][0-7]{1,2})/.exec(rest) : null;
  const coded = hex ?? octal;
  if (coded !== null) {
    cursor.at += coded[0].length;
    const code = hex === null ? Number.parseInt(coded[0], 8) : Number.parseInt(hex[1] ?? hex[2]!, 16);
    return code <= LAST_CODE ? [[code, code]] : cannotCarry('a character beyond Unicode');
  }
  const char = readChar(cursor);
  const control = CONTROLS[char];
  if (control !== undefined) return [[control, control]];
  if (/^[\0-\x7f]$/.test(char) && !/[A-Za-z0-9]/.test(char)) return setOf(char);
  return cannotCarry(
    /[1-9]/.test(char) ? 'it refers back to a group, which Go does not do either' : `the escape \\${char}, which Go does not know`,
  );
}

/** Reads behind a `[`. */
function readClass(cursor: Cursor, fold: (set: CharSet) => CharSet): CharSet {
  const { source } = cursor;
  const isNegated = source[cursor.at] === '^';
  if (isNegated) cursor.at++;
  const sets: CharSet[] = [];
  for (let isFirst = true; isFirst || source[cursor.at] !== ']'; isFirst = false) {
    if (cursor.at >= source.length) return cannotCarry('a `[` without its `]`');
    const whole = readPosix(cursor) ?? (source[cursor.at] === '\\' ? readEscapedClass(cursor) : null);
    if (whole !== null) {
      sets.push(whole);
      continue;
    }
    const first = readClassChar(cursor);
    const isRange = source[cursor.at] === '-' && source[cursor.at + 1] !== ']' && cursor.at + 1 < source.length;
    if (isRange) cursor.at++;
    const last = isRange ? readClassChar(cursor) : first;
    if (last < first) return cannotCarry('a range whose end is before its start');
    sets.push([[first, last]]);
  }
  cursor.at++;
  const set = fold(unite(...sets));
  return isNegated ? complement(set) : set;
}

/** Reads `[:name:]` or `[:^name:]`; null where none is there. */
function readPosix(cursor: Cursor): CharSet | null {
  const found = /^\[:(\^?)(.*?):\]/.exec(cursor.source.slice(cursor.at));
  if (found === null) return null;
  const [text, negation, name = ''] = found;
  const set = Object.hasOwn(POSIX, name) ? POSIX[name]! : cannotCarry(`the class [:${name}:], which Go does not know`);
  cursor.at += text.length;
  return negation === '' ? set : complement(set);
}

function readEscapedClass(cursor: Cursor): CharSet | null {
  cursor.at++;
  const set = readClassEscape(cursor);
  if (set === null) cursor.at--;
  return set;
}

function readClassChar(cursor: Cursor): number {
  const char = readChar(cursor);
  return char === '\\' ? readEscape(cursor)[0]![0] : char.codePointAt(0)!;
}

/** Both cases of a set. Beyond ASCII the cases differ in length in UTF-8. */
function foldOrFail(set: CharSet): CharSet {
  const beyond = shared(set, BEYOND_ASCII);
  const isCased = beyond.some(([first, last]) => {
    const [from, to] = [String.fromCodePoint(first), String.fromCodePoint(last)];
    return first !== last || from.toLowerCase() !== from.toUpperCase() || to.toLowerCase() !== to.toUpperCase();
  });
  if (isCased && !isSame(beyond, BEYOND_ASCII)) return cannotCarry('letters beyond ASCII in either case');
  return foldCase(set);
}
