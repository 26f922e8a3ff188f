import { addRecord, type Counts, type LedgerRecord, type Totals } from './ledger-record.ts';
import type { Ledger } from './ledger.ts';

/** What people want to know of the ledger. */
export interface Statistics {
  readonly since: string | null;
  readonly runs: number;
  readonly byVerdict: Counts;
  readonly blockedByRule: readonly (readonly [rule: string, count: number])[];
  readonly foundByRule: readonly (readonly [rule: string, count: number])[];
  readonly files: number;
  readonly lines: number;
  /** Milliseconds: the middle run, and the one that 95 of 100 are faster than; of pre-commit. */
  readonly median: number | null;
  readonly p95: number | null;
  /** Runs and blocked runs of each of the last weeks, oldest first. */
  readonly weeks: readonly { readonly start: string; readonly runs: number; readonly blocked: number }[];
}

const WEEK = 7 * 24 * 3600 * 1000;
const WEEKS = 8;

/** @param now the last of the weeks ends here */
export function statisticsOf({ totals, records }: Ledger, now: Date): Statistics {
  const all: Totals = records.reduce(addRecord, totals);
  const times = records
    .filter(({ hook }) => hook === 'pre-commit')
    .map(({ ms }) => ms)
    .toSorted((a, b) => a - b);
  return {
    since: records[0] === undefined ? null : new Date(records[0].time).toISOString(),
    runs: Object.values(all.runs).reduce((sum, count) => sum + count, 0),
    byVerdict: sumBy(all.runs, (label) => label.split('|')[1]!),
    blockedByRule: ranked(
      sumBy(
        pick(all.findings, (label) => label.endsWith('|block')),
        (label) => label.split('|')[0]!,
      ),
    ),
    foundByRule: ranked(sumBy(all.findings, (label) => label.split('|')[0]!)),
    files: all.files,
    lines: all.lines,
    median: times[Math.floor(times.length / 2)] ?? null,
    p95: times[Math.floor(times.length * 0.95)] ?? null,
    weeks: weeksOf(records, now),
  };
}

function weeksOf(records: readonly LedgerRecord[], now: Date): Statistics['weeks'] {
  return Array.from({ length: WEEKS }, (_, i) => {
    const from = now.getTime() - (WEEKS - i) * WEEK;
    const inWeek = records.filter(({ time }) => time > from && time <= from + WEEK);
    return {
      start: new Date(from).toISOString().slice(0, 10),
      runs: inWeek.length,
      blocked: inWeek.filter(({ verdict }) => verdict === 'blocked').length,
    };
  });
}

function pick(counts: Counts, isWanted: (label: string) => boolean): Counts {
  return Object.fromEntries(Object.entries(counts).filter(([label]) => isWanted(label)));
}

function sumBy(counts: Counts, keyOf: (label: string) => string): Counts {
  const sums: Record<string, number> = {};
  for (const [label, count] of Object.entries(counts)) sums[keyOf(label)] = (sums[keyOf(label)] ?? 0) + count;
  return sums;
}

function ranked(counts: Counts): (readonly [string, number])[] {
  return Object.entries(counts).toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
}
