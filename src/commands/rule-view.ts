import type { Host } from '../cli/host.ts';
import type { Options } from '../cli/options.ts';
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
    width: Math.min(stdout.columns || 80, 100),
  };
}
