import { GuardianError } from '../errors/guardian-error.ts';
import { didYouMean } from '../errors/did-you-mean.ts';

/** The checks that an option's value must pass, by its name. */
export type OptionChecks = Readonly<Record<string, (value: unknown) => boolean>>;

export const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';
export const isSignal = (value: unknown): boolean => value instanceof AbortSignal;

/**
 * Refuses unknown options and wrong values: JavaScript has no types to refuse them.
 *
 * @param method as in `scanText`, for the message
 * @throws GuardianError USAGE
 */
export function checkOptions(method: string, options: unknown, checks: OptionChecks): void {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) throw usage(`${method}: options must be an object`);
  for (const [name, value] of Object.entries(options)) {
    const check = Object.hasOwn(checks, name) ? checks[name] : undefined;
    if (check === undefined) throw usage(`${method}: unknown option ${JSON.stringify(name)}${knownNames(name, Object.keys(checks))}`);
    if (value !== undefined && !check(value)) throw usage(`${method}: invalid value of option ${name}`);
  }
}

/** Names the nearest known name, and all of them. */
export function knownNames(name: string, known: readonly string[]): string {
  return `${didYouMean(name, known)} (known: ${known.join(', ')})`;
}

export function usage(message: string): GuardianError {
  return new GuardianError('USAGE', message, { hint: 'See node_modules/code-guardian/docs/api.md.' });
}
