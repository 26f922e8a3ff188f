import type { Host } from '../host/host.ts';
import type { Options } from './options.ts';
import { createPalette } from '../report/palette.ts';
import type { RuleView } from '../report/words/rules.ts';

/** How the `rules` commands show things to people. */
export async function ruleView({ stdout, env }: Host, { color, output }: Options): Promise<RuleView> {
  return {
    palette: await createPalette({
      isTerminal: output === undefined && stdout.isTTY,
      env,
      ...(color === undefined ? {} : { color }),
    }),
    width: Math.min(stdout.columns || 80, 100),
  };
}
