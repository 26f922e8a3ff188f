import { resolve } from 'node:path';
import type { Invocation, Run } from '../cli/command.ts';
import { EXIT } from '../cli/host.ts';
import { GuardianError } from '../errors/guardian-error.ts';
import { type Baseline, type BaselineEntry, entryOf, isCurrent, parseDate, renderBaseline } from '../findings/baseline.ts';
import type { Finding } from '../findings/finding.ts';
import { openGit } from '../git/door.ts';
import { readRepository } from '../git/repository.ts';
import { readBaselineFile } from '../run/load-baseline.ts';
import { runScan } from '../run/run-scan.ts';
import type { ScanOutcome } from '../run/scan-request.ts';
import { writeFileAtomically } from '../run/write-file.ts';

/** Accepts all that is found in the tracked files now. */
export const create: Run = async (invocation) => {
  const { outcome, file, name, baseline } = await survey(invocation);
  if (baseline !== null) {
    throw new GuardianError('USAGE', `${name} exists already`, { hint: 'Add to it with `code-guardian baseline update`.', path: name });
  }
  return writeEntries(invocation, file, name, outcome, []);
};

/** Accepts what is found besides, and keeps the entries there are. */
export const update: Run = async (invocation) => {
  const { outcome, file, name, baseline } = await survey(invocation);
  return writeEntries(invocation, file, name, outcome, baseline?.entries ?? []);
};

/** Takes out what nothing matches any more, and what expired. */
export const prune: Run = async (invocation) => {
  const { host, options } = invocation;
  const { outcome, file, name, baseline } = await survey(invocation);
  const judged = judgeEntries(baseline, outcome, host.now());
  const kept = judged.filter(({ status }) => status === 'used').map(({ entry }) => entry);
  const gone = judged.filter(({ status }) => status !== 'used');
  for (const { entry, status } of gone) host.stdout.write(`${status}: ${describe(entry)}\n`);
  for (const notice of outcome.report.notices) host.stdout.write(`${notice}\n`);
  if (gone.length > 0 && options['dry-run'] !== true) writeFileAtomically(file, renderBaseline({ key: outcome.key, entries: kept }));
  const verb = options['dry-run'] === true ? 'would go' : 'taken out';
  host.stdout.write(`${name}: ${count(gone.length, 'entry', 'entries')} ${verb}, ${kept.length} kept\n`);
  return EXIT.ok;
};

/** Shows the entries and what became of them. */
export const audit: Run = async (invocation) => {
  const { host, options } = invocation;
  const { outcome, name, baseline } = await survey(invocation);
  const judged = judgeEntries(baseline, outcome, host.now());
  if (options.format === 'json') {
    host.stdout.write(
      `${JSON.stringify(
        judged.map(({ entry, status }) => ({ ...entry, status })),
        null,
        2,
      )}\n`,
    );
    return EXIT.ok;
  }
  for (const { entry, status } of judged) host.stdout.write(`${status.padEnd(7)}  ${describe(entry)}\n`);
  const of = (wanted: Status): number => judged.filter(({ status }) => status === wanted).length;
  host.stdout.write(
    `${name}: ${count(judged.length, 'entry', 'entries')}: ${of('used')} used, ${of('unused')} unused, ${of('expired')} expired\n`,
  );
  return EXIT.ok;
};

interface Survey {
  readonly outcome: ScanOutcome;
  readonly file: string;
  /** As people name it. */
  readonly name: string;
  readonly baseline: Baseline | null;
}

/** Scans every tracked file and reads the baseline from disk. */
async function survey({ host, options }: Invocation): Promise<Survey> {
  const { top } = await readRepository(openGit(host.cwd, host.env));
  if (top === null) throw new GuardianError('USAGE', 'a bare repository has no baseline', { hint: 'Run it in a clone with a work tree.' });
  const isGiven = options.baseline !== undefined;
  // A baseline named on the command line may be about to be made.
  const known = isGiven ? readBaselineFile(resolve(host.cwd, options.baseline), options.baseline, false) : null;
  const { baseline: _, ...others } = options;
  const scanned = isGiven && known === null ? others : options;
  const outcome = await runScan({ host, options: { ...scanned, verbose: true }, target: { kind: 'all' }, hook: null });
  const name = options.baseline ?? outcome.loaded.config.baseline;
  const file = isGiven ? resolve(host.cwd, name) : resolve(top, name);
  return { outcome, file, name, baseline: isGiven ? known : readBaselineFile(file, name, false) };
}

function writeEntries(
  { host, options }: Invocation,
  file: string,
  name: string,
  { report, key }: ScanOutcome,
  before: readonly BaselineEntry[],
): number {
  const why = {
    ...(options.reason === undefined ? {} : { reason: options.reason }),
    ...(options.expires === undefined ? {} : { expires: parseDate(options.expires) }),
  };
  // Notes are no reason to stop anybody, so there is nothing to accept.
  const found = report.findings.filter(({ outcome }) => outcome !== 'note');
  const added = new Map(found.map((finding: Finding) => [finding.fingerprint, entryOf(finding, why)]));
  const kept = before.filter(({ fingerprint }) => !added.has(fingerprint));
  writeFileAtomically(file, renderBaseline({ key, entries: [...kept, ...added.values()] }));
  host.stdout.write(`${name}: ${count(added.size, 'entry', 'entries')} added, ${kept.length} kept\n`);
  return EXIT.ok;
}

type Status = 'used' | 'unused' | 'expired';

export function judgeEntries(baseline: Baseline | null, { report }: ScanOutcome, now: Date): { entry: BaselineEntry; status: Status }[] {
  const used = new Set([...report.suppressed, ...report.findings].map(({ fingerprint }) => fingerprint));
  return (baseline?.entries ?? []).map((entry) => ({
    entry,
    status: !isCurrent(entry, now) ? 'expired' : used.has(entry.fingerprint) ? 'used' : 'unused',
  }));
}

function describe({ fingerprint, rule, path, reason, expires }: BaselineEntry): string {
  return [
    fingerprint,
    rule,
    path,
    ...(expires === undefined ? [] : [`until ${expires}`]),
    ...(reason === undefined ? [] : [`(${reason})`]),
  ].join('  ');
}

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}
