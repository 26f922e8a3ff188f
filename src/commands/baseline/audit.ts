import type { Run } from '../command.ts';
import { EXIT } from '../../errors/exit-codes.ts';
import { canAsk } from '../../host/prompt.ts';
import type { EntryStatus } from '../../findings/baseline.ts';
import { count } from '../../report/text-layout.ts';
import { chooseFormat } from '../choose-format.ts';
import { describeEntry, judgeEntries, type JudgedEntry, survey } from './survey.ts';

const FORMATS: Readonly<Record<string, (judged: readonly JudgedEntry[], name: string) => string>> = {
  pretty: renderList,
  json: (judged) =>
    `${JSON.stringify(
      judged.map(({ entry, status }) => ({ ...entry, status })),
      null,
      2,
    )}\n`,
};

/** `code-guardian baseline audit`: reviews the entries in a terminal; elsewhere, or with `--format`, lists them. */
export const run: Run = async (invocation) => {
  const { host, options } = invocation;
  const render = chooseFormat(FORMATS, options.format);
  const found = await survey(invocation);
  const judged = judgeEntries(found.baseline, found.outcome, host.now());
  if (options.format === undefined && judged.length > 0 && canAsk(host)) {
    const { holdDialogue } = await import('./dialogue.ts');
    return holdDialogue(invocation, found, judged);
  }
  host.stdout.write(render(judged, found.name));
  return EXIT.ok;
};

function renderList(judged: readonly JudgedEntry[], name: string): string {
  const of = (wanted: EntryStatus): number => judged.filter(({ status }) => status === wanted).length;
  return [
    ...judged.map(({ entry, status }) => `${status.padEnd(7)}  ${describeEntry(entry)}\n`),
    `${name}: ${count(judged.length, 'entry', 'entries')}: ${of('used')} used, ${of('unused')} unused, ${of('expired')} expired\n`,
  ].join('');
}
