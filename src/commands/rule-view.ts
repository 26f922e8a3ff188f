import type { Host } from '../cli/host.ts';
import type { Options } from '../cli/options.ts';
import { GuardianError } from '../errors/guardian-error.ts';
import { nearest } from '../errors/nearest.ts';
import { createPalette } from '../report/palette.ts';
import type { RuleView } from '../report/rules.ts';

/** How the `rules` commands show things to people. */
export async function ruleView({ stdout, env }: Host, { color, output }: Options): Promise<RuleView> {
  return {
    palette: await createPalette({
      isTerminal: output === undefined && stdout.isTTY,
      env,
      ...(color === undefined ? {} : { color }),
    }),
    width: Math.min(stdout.columns ?? 80, 100),
  };
}

/**
 * What a table of formats has under a name.
 *
 * @throws GuardianError USAGE with the nearest name
 */
export function chooseFormat<T>(formats: Readonly<Record<string, T>>, name = 'pretty'): T {
  const format = Object.hasOwn(formats, name) ? formats[name] : undefined;
  if (format !== undefined) return format;
  const known = Object.keys(formats);
  const near = nearest(name, known);
  throw new GuardianError('USAGE', `there is no format ${JSON.stringify(name)}${near === null ? '' : `; did you mean ${near}?`}`, {
    hint: `Known formats: ${known.join(', ')}.`,
  });
}
