/** Added and removed entries of a list in which the last match decides. Common entries keep their order. */
export interface Difference<T> {
  readonly added: readonly T[];
  readonly removed: readonly T[];
  /** Common entries, before and after. */
  readonly kept: readonly (readonly [was: T, is: T])[];
}

/** By a longest common subsequence. */
export function compareLists<T>(before: readonly T[], after: readonly T[], keyOf: (item: T) => string): Difference<T> {
  const [was, is] = [before.map(keyOf), after.map(keyOf)];
  const longest = Array.from({ length: was.length + 1 }, () => new Uint32Array(is.length + 1));
  for (let i = was.length - 1; i >= 0; i--) {
    for (let j = is.length - 1; j >= 0; j--) {
      longest[i]![j] = was[i] === is[j] ? longest[i + 1]![j + 1]! + 1 : Math.max(longest[i + 1]![j]!, longest[i]![j + 1]!);
    }
  }
  const [put, taken, kept]: [T[], T[], [T, T][]] = [[], [], []];
  for (let [i, j] = [0, 0]; i < was.length || j < is.length;) {
    if (i < was.length && j < is.length && was[i] === is[j]) kept.push([before[i++]!, after[j++]!]);
    else if (i < was.length && (j === is.length || longest[i + 1]![j]! >= longest[i]![j + 1]!)) taken.push(before[i++]!);
    else put.push(after[j++]!);
  }
  return { added: put, removed: taken, kept };
}

/** How many entries were added, in words: `KEY: + 2 patterns`. The entries may contain a secret, so they are not shown. */
export function countAdded(key: string, before: readonly string[], after: readonly string[], what: string): string[] {
  const more = new Set(after.filter((entry) => !before.includes(entry))).size;
  return more === 0 ? [] : [`${key}: + ${more} ${what}${more === 1 ? '' : 's'}`];
}
