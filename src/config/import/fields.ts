import { isTree } from '../../policy/merge-config.ts';

type Tree = Readonly<Record<string, unknown>>;

/** Reads the fields of a table. A wrong type is reported and counts as absent. */
export interface Fields {
  readonly text: (key: string) => string | null;
  readonly number: (key: string) => number | null;
  readonly texts: (key: string) => readonly string[];
  /** A table or a list of tables. */
  readonly tables: (key: string) => readonly Tree[];
  readonly has: (key: string) => boolean;
  readonly isTrue: (key: string) => boolean;
  /** Keys that were not read. */
  readonly rest: () => readonly string[];
}

/** @param tell gets messages such as `KEY is not a text` */
export function readFields(table: Tree, tell: (wrong: string) => void): Fields {
  const asked = new Set<string>();
  const read = <T>(key: string, what: string, accept: (value: unknown) => T | null, absent: T): T => {
    asked.add(key);
    if (!Object.hasOwn(table, key)) return absent;
    const accepted = accept(table[key]);
    if (accepted === null) tell(`${key} is not ${/^[aeiou]/.test(what) ? 'an' : 'a'} ${what}`);
    return accepted ?? absent;
  };
  const allOf =
    <T>(is: (item: unknown) => item is T) =>
    (value: unknown): readonly T[] | null => {
      const list: readonly unknown[] = Array.isArray(value) ? value : [value];
      return list.every(is) ? list : null;
    };
  return {
    text: (key) => read<string | null>(key, 'text', (value) => (typeof value === 'string' ? value : null), null),
    number: (key) => read<number | null>(key, 'number', (value) => (typeof value === 'number' ? value : null), null),
    texts: (key) =>
      read(
        key,
        'list of texts',
        allOf((item) => typeof item === 'string'),
        [],
      ),
    tables: (key) => read(key, 'table', allOf(isTree), []),
    isTrue: (key) => read(key, 'true or false', (value) => (typeof value === 'boolean' ? value : null), false),
    has: (key) => {
      asked.add(key);
      return Object.hasOwn(table, key);
    },
    rest: () => Object.keys(table).filter((key) => !asked.has(key)),
  };
}
