import { resolve } from 'node:path';
import type { Invocation } from '../command.ts';
import { GuardianError } from '../../errors/guardian-error.ts';
import { type Baseline, type BaselineEntry, type EntryStatus, isCurrent } from '../../findings/baseline.ts';
import { visible } from '../../findings/redact.ts';
import { openGit } from '../../git/client.ts';
import { readRepository } from '../../git/repository.ts';
import { isGap } from '../../report/problems.ts';
import { readBaselineFile } from '../../run/asking/load-baseline.ts';
import { runScan } from '../../run/run-scan.ts';
import { familyOf } from '../../engine/rule-family.ts';
import type { ScanRun } from '../../run/scan-request.ts';

/** The findings in the tracked files, and the baseline. */
export interface Survey {
  readonly outcome: ScanRun;
  readonly file: string;
  /** For messages. */
  readonly name: string;
  readonly baseline: Baseline | null;
}

export interface JudgedEntry {
  readonly entry: BaselineEntry;
  readonly status: EntryStatus;
}

/** Scans every tracked file and reads the baseline from disk. */
export async function survey({ host, options }: Invocation): Promise<Survey> {
  const { top } = await readRepository(openGit(host.cwd, host.env));
  if (top === null)
    throw new GuardianError('USAGE', 'a bare repository has no baseline', { hint: 'Run this in a clone with a work tree.' });
  const isGiven = options.baseline !== undefined;
  // A baseline named on the command line may not exist yet.
  const known = isGiven ? readBaselineFile(resolve(host.cwd, options.baseline), options.baseline, false) : null;
  const { baseline: _, ...others } = options;
  const scanned = isGiven && known === null ? others : options;
  const outcome = await runScan({ host, options: { ...scanned, verbose: true }, target: { kind: 'all' }, hook: null });
  const name = options.baseline ?? outcome.loaded.config.baseline;
  const file = isGiven ? resolve(host.cwd, name) : resolve(top, name);
  return { outcome, file, name, baseline: isGiven ? known : readBaselineFile(file, name, false) };
}

/** The status of each entry. An entry whose file was not scanned, or not by its stage, is never called unused. */
export function judgeEntries(baseline: Baseline | null, { report }: ScanRun, now: Date): JudgedEntry[] {
  const used = new Set([...report.suppressed, ...report.findings].map(({ fingerprint }) => fingerprint));
  const unseen = new Set(report.skipped.filter(isGap).map(({ path }) => path));
  const whole = new Set((report.stages ?? []).filter(({ status }) => status === 'done').map(({ id }) => id));
  const isUnseen = ({ rule, path }: BaselineEntry): boolean => unseen.has(path) || (familyOf(rule) !== rule && !whole.has(familyOf(rule)));
  return (baseline?.entries ?? []).map((entry) => ({
    entry,
    status: !isCurrent(entry, now) ? 'expired' : used.has(entry.fingerprint) || isUnseen(entry) ? 'used' : 'unused',
  }));
}

/** One line for an entry. */
export function describeEntry({ fingerprint, rule, path, reason, expires, label }: BaselineEntry): string {
  return visible(
    [
      fingerprint,
      rule,
      path,
      ...(expires === undefined ? [] : [`until ${expires}`]),
      ...(label === undefined ? [] : [label]),
      ...(reason === undefined ? [] : [`(${reason})`]),
    ].join('  '),
  );
}
