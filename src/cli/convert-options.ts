import type { Options } from '../commands/options.ts';
import { GuardianError } from '../errors/guardian-error.ts';
import type { OptionName, TypedOptions } from './options.ts';

type CamelCase<Name extends string> = Name extends `${infer Head}-${infer Tail}` ? `${Head}${Capitalize<CamelCase<Tail>>}` : Name;

/** `--help` and `--version` never reach a command. */
type Needed = Exclude<OptionName, 'help' | 'version'>;

/** Does not compile unless the option table and `Options` have the same names. */
type SameNames = CamelCase<Needed> extends keyof Options ? (keyof Options extends CamelCase<Needed> ? true : never) : never;
const sameNames: SameNames = true;

/**
 * Typed options → options of the commands.
 *
 * @throws GuardianError USAGE if `--bail` is not a count
 */
export function convertOptions({ bail, ...typed }: TypedOptions): Options {
  void sameNames;
  const entries = Object.entries(typed).map(([name, value]) => [
    name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase()),
    value,
  ]);
  return { ...(Object.fromEntries(entries) as Options), ...(bail === undefined ? {} : { bail: parseCount(bail) }) };
}

function parseCount(typed: string): number {
  if (/^\d{1,15}$/.test(typed)) return Number(typed);
  throw new GuardianError('USAGE', `--bail takes a number, not ${JSON.stringify(typed)}`, {
    hint: 'Stop after that many blocking findings: `code-guardian scan --bail 1`. 0 never stops.',
  });
}
