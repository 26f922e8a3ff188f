import { type OptionName, optionSpec } from './options.ts';

/** A positional, or an option with its value. */
export type Token =
  | { readonly kind: 'positional'; readonly value: string }
  | { readonly kind: 'option'; readonly name: string; readonly typed: string; readonly value: string | undefined };

/**
 * Splits a command line as `parseArgs` of `node:util` does when it is not strict (a test compares the two). Loading `parseArgs` would cost
 * each commit 1 ms.
 *
 * @param known options of the command, which say whether they take a value
 */
export function readTokens(argv: readonly string[], known: readonly OptionName[]): Token[] {
  const tokens: Token[] = [];
  const takesValue = (name: string): boolean => known.some((one) => one === name && optionSpec(one).type === 'string');
  const nameOfShort = (letter: string): string => known.find((one) => optionSpec(one).short === letter) ?? letter;

  const rest = [...argv];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '--') {
      tokens.push(...rest.splice(0).map((value) => ({ kind: 'positional', value }) as const));
    } else if (word.startsWith('--')) {
      const equals = word.indexOf('=', 3);
      const name = equals < 0 ? word.slice(2) : word.slice(2, equals);
      const value = equals < 0 ? (takesValue(name) ? rest.shift() : undefined) : word.slice(equals + 1);
      tokens.push({ kind: 'option', name, typed: `--${name}`, value });
    } else if (word.startsWith('-') && word.length > 1) {
      // `-qv` is `-q -v`. Options with a value have no short form.
      for (const letter of word.slice(1)) tokens.push({ kind: 'option', name: nameOfShort(letter), typed: `-${letter}`, value: undefined });
    } else {
      tokens.push({ kind: 'positional', value: word });
    }
  }
  return tokens;
}
