import { EXIT } from '../errors/exit-codes.ts';
import { compareFindings } from '../findings/compare.ts';
import type { View } from '../report/view.ts';
import {
  blocks,
  type ComparedReports,
  renderComparison,
  renderComparisonJson,
  renderComparisonMarkdown,
  reportOfNew,
} from '../report/words/comparison.ts';
import { chooseFormat } from './choose-format.ts';
import type { Run } from './command.ts';
import { readReports } from './read-report.ts';
import { REPORT_FORMATS, viewOf, writeReport } from './write-reports.ts';

type Render = (compared: ComparedReports, view: View) => Iterable<string>;

/** Loads a format. Those without words for a comparison show the new findings as a report. */
const FORMATS: Readonly<Record<string, () => Promise<Render>>> = {
  ...Object.fromEntries(
    Object.entries(REPORT_FORMATS).map(([name, { load }]) => [
      name,
      async () => {
        const { render } = await load();
        return (compared: ComparedReports, view: View) => render(reportOfNew(compared), view);
      },
    ]),
  ),
  pretty: async () => (compared, view) => [renderComparison(compared, view)],
  json: async () => (compared) => [renderComparisonJson(compared)],
  markdown: async () => renderComparisonMarkdown,
};

/** `code-guardian compare A B`: what is new, fixed and unchanged; exits with 1 if a new finding blocks. */
export const run: Run = async ({ host, options, args }) => {
  const { format = 'pretty', output = null } = options;
  const load = chooseFormat(FORMATS, format);
  const [before, now] = (await readReports(host, args)) as [ComparedReports['before'], ComparedReports['now']];
  const comparison = compareFindings(before, now);
  const view = await viewOf(host, options, output);
  const parts = (await load())({ comparison, before, now }, { ...view, width: Math.min(view.width, 100) });
  writeReport(host, { format, file: output }, parts);
  return blocks(comparison) ? EXIT.blocked : EXIT.ok;
};
