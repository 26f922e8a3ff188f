import { GuardianError } from '../errors/guardian-error.ts';
import { didYouMean } from '../errors/did-you-mean.ts';

/**
 * Looks up a format.
 *
 * @throws GuardianError USAGE with the nearest name
 */
export function chooseFormat<T>(formats: Readonly<Record<string, T>>, name = 'pretty'): T {
  const format = Object.hasOwn(formats, name) ? formats[name] : undefined;
  if (format !== undefined) return format;
  const known = Object.keys(formats);
  throw new GuardianError('USAGE', `unknown format ${JSON.stringify(name)}${didYouMean(name, known)}`, {
    hint: `Known formats: ${known.join(', ')}.`,
  });
}
