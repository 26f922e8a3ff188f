import { GuardianError } from '../errors/guardian-error.ts';
import { nearest } from '../errors/nearest.ts';

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
    if (check === undefined) throw usage(`${method}: unknown option ${JSON.stringify(name)}${didYouMean(name, Object.keys(checks))}`);
    if (value !== undefined && !check(value)) throw usage(`${method}: invalid value of option ${name}`);
  }
}

/** Names the nearest known name, and all of them. */
export function didYouMean(name: string, known: readonly string[]): string {
  const near = nearest(name, known);
  return `${near === null ? '' : `; did you mean ${near}?`} (known: ${known.join(', ')})`;
}

export function usage(message: string): GuardianError {
  return new GuardianError('USAGE', message, { hint: 'The library is described in docs/api.md.' });
}
