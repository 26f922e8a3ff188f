import type { Invocation, Run } from './command.ts';
import { EXIT } from '../errors/exit-codes.ts';
import { GuardianError } from '../errors/guardian-error.ts';
import { entryOf, parseDate, renderBaseline } from '../findings/baseline.ts';
import { count } from '../report/text-layout.ts';
import { writeOutput } from '../disk/write-output.ts';
import { describeEntry, judgeEntries, type Survey, survey } from './baseline/survey.ts';

/** Accepts everything that is found in the tracked files now. */
export const create: Run = async (invocation) => {
  const found = await survey(invocation);
  const { name, baseline } = found;
  if (baseline !== null) {
    throw new GuardianError('USAGE', `${name} already exists`, { hint: 'To add to it: `code-guardian baseline update`', path: name });
  }
  return writeEntries(invocation, found);
};

/** Accepts new findings and keeps the existing entries. */
export const update: Run = async (invocation) => writeEntries(invocation, await survey(invocation));

/** Removes entries that no longer match a finding, and expired ones. */
export const prune: Run = async (invocation) => {
  const { host, options } = invocation;
  const { outcome, file, name, baseline } = await survey(invocation);
  const judged = judgeEntries(baseline, outcome, host.now());
  const kept = judged.filter(({ status }) => status === 'used').map(({ entry }) => entry);
  const gone = judged.filter(({ status }) => status !== 'used');
  for (const { entry, status } of gone) host.stdout.write(`${status}: ${describeEntry(entry)}\n`);
  for (const notice of outcome.report.notices) host.stdout.write(`${notice}\n`);
  if (gone.length > 0 && options.dryRun !== true) writeOutput(file, renderBaseline({ key: outcome.key, entries: kept }));
  const verb = options.dryRun === true ? 'to remove' : 'removed';
  host.stdout.write(`${name}: ${count(gone.length, 'entry', 'entries')} ${verb}, ${kept.length} kept\n`);
  return EXIT.ok;
};

function writeEntries({ host, options }: Invocation, { outcome: { report, key }, file, name, baseline }: Survey): number {
  const why = {
    ...(options.reason === undefined ? {} : { reason: options.reason }),
    ...(options.expires === undefined ? {} : { expires: parseDate(options.expires) }),
  };
  const before = baseline?.entries ?? [];
  // An expired entry keeps its label when it is accepted again.
  const labels = new Map(before.flatMap(({ fingerprint, label }) => (label === undefined ? [] : [[fingerprint, { label }] as const])));
  // Notes never stop a commit, so there is nothing to accept.
  const found = report.findings.filter(({ outcome }) => outcome !== 'note');
  const added = new Map(found.map((finding) => [finding.fingerprint, entryOf(finding, { ...why, ...labels.get(finding.fingerprint) })]));
  const kept = before.filter(({ fingerprint }) => !added.has(fingerprint));
  writeOutput(file, renderBaseline({ key, entries: [...kept, ...added.values()] }));
  host.stdout.write(`${name}: ${count(added.size, 'entry', 'entries')} added, ${kept.length} kept\n`);
  if (added.size > 0) host.stdout.write('Stage it: hooks read the staged baseline\n');
  return EXIT.ok;
}
