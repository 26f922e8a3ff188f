import { resolve } from 'node:path';
import type { Run } from './command.ts';
import { EXIT } from '../errors/exit-codes.ts';
import { compareFindings } from '../findings/compare.ts';
import { blocks, type ComparedReports, renderComparison, renderComparisonJson } from '../report/words/comparison.ts';
import { createPalette } from '../report/palette.ts';
import type { View } from '../report/view.ts';
import { writeOutput } from '../disk/write-output.ts';
import { chooseFormat } from './choose-format.ts';
import { readReports } from './read-report.ts';

const FORMATS: Readonly<Record<string, (compared: ComparedReports, view: View) => string>> = {
  pretty: renderComparison,
  json: renderComparisonJson,
};

/** `code-guardian compare A B`: what is new, fixed and unchanged; exits with 1 if a new finding blocks. */
export const run: Run = async ({ host, options, args }) => {
  const { format, output, color, verbose } = options;
  const render = chooseFormat(FORMATS, format);
  const [before, now] = (await readReports(host, args)) as [ComparedReports['before'], ComparedReports['now']];
  const comparison = compareFindings(before, now);
  const isTerminal = output === undefined && host.stdout.isTTY;
  const palette = await createPalette({ isTerminal, env: host.env, ...(color === undefined ? {} : { color }) });
  const width = Math.min(host.stdout.columns || 80, 100);
  const text = render({ comparison, before, now }, { palette, width, isQuiet: false, isVerbose: verbose === true, program: host.program });
  if (output === undefined) host.stdout.write(text);
  else writeOutput(resolve(host.cwd, output), text);
  return blocks(comparison) ? EXIT.blocked : EXIT.ok;
};
