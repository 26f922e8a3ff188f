/** Characters by their codes: ranges `[first, last]`, ascending, that neither overlap nor touch. */
export type CharSet = readonly (readonly [first: number, last: number])[];

/** Last code of Unicode. */
export const LAST_CODE = 0x10ffff;

/** Ranges in any order → a set. */
export function charSet(...ranges: readonly (readonly [number, number])[]): CharSet {
  const merged: [number, number][] = [];
  for (const [first, last] of ranges.toSorted((a, b) => a[0] - b[0])) {
    const before = merged.at(-1);
    if (before !== undefined && first <= before[1] + 1) before[1] = Math.max(before[1], last);
    else merged.push([first, last]);
  }
  return merged;
}

/** The characters of a text. */
export function setOf(text: string): CharSet {
  return charSet(...Array.from(text, (char) => char.codePointAt(0)!).map((code) => [code, code] as const));
}

export function unite(...sets: readonly CharSet[]): CharSet {
  return charSet(...sets.flat());
}

/** Every character that is not in a set. */
export function complement(set: CharSet): CharSet {
  const rest: [number, number][] = [];
  let next = 0;
  for (const [first, last] of set) {
    if (first > next) rest.push([next, first - 1]);
    next = last + 1;
  }
  if (next <= LAST_CODE) rest.push([next, LAST_CODE]);
  return rest;
}

/** Characters that two sets share. */
export function shared(a: CharSet, b: CharSet): CharSet {
  return a.flatMap(([first, last]) =>
    b.flatMap(([from, to]) => (from <= last && to >= first ? [[Math.max(first, from), Math.min(last, to)] as const] : [])),
  );
}

export function overlaps(a: CharSet, b: CharSet): boolean {
  return shared(a, b).length > 0;
}

export function holds(set: CharSet, code: number): boolean {
  return set.some(([first, last]) => first <= code && code <= last);
}

/** How many characters it holds. */
export function sizeOf(set: CharSet): number {
  return set.reduce((size, [first, last]) => size + last - first + 1, 0);
}

const UPPER: CharSet = [[0x41, 0x5a]];
const LOWER: CharSet = [[0x61, 0x7a]];
const CASE_DISTANCE = 0x20;

/** A set with the other case of each ASCII letter in it. */
export function foldCase(set: CharSet): CharSet {
  const moved = (letters: CharSet, by: number): CharSet => shared(set, letters).map(([first, last]) => [first + by, last + by]);
  return unite(set, moved(UPPER, CASE_DISTANCE), moved(LOWER, -CASE_DISTANCE));
}

export function isSame(a: CharSet, b: CharSet): boolean {
  return a.length === b.length && a.every(([first, last], i) => first === b[i]![0] && last === b[i]![1]);
}

export const DIGITS: CharSet = [[0x30, 0x39]];
export const WORD: CharSet = charSet([0x30, 0x39], [0x41, 0x5a], [0x5f, 0x5f], [0x61, 0x7a]);
