import type { Host } from '../host/host.ts';
import type { Options } from './options.ts';
import { createPalette } from '../report/palette.ts';
import type { RuleView } from '../report/words/rules.ts';

/** How the `rules` commands print for people. */
export async function ruleView({ stdout, env, program }: Host, { color, output }: Options): Promise<RuleView> {
  const width = Math.min(stdout.columns || 80, 100);
  return {
    palette: await createPalette({
      isTerminal: output === undefined && stdout.isTTY,
      env,
      ...(color === undefined ? {} : { color }),
    }),
    width,
    tableWidth: output === undefined && stdout.isTTY ? width : Infinity,
    program,
  };
}
