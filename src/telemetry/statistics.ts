import { type LabelCounts, NO_LABELS } from '../findings/count-labels.ts';
import type { SuppressedBy } from '../findings/finding.ts';
import { addRecord, type Counts, type LedgerRecord, type Totals } from './ledger-record.ts';
import type { Ledger } from './ledger.ts';

/** Statistics of the ledger, for people. */
export interface Statistics {
  readonly since: string | null;
  readonly runs: number;
  readonly byVerdict: Counts;
  readonly blockedByRule: readonly (readonly [rule: string, count: number])[];
  readonly foundByRule: readonly (readonly [rule: string, count: number])[];
  /** Every rule with findings or labels, noisiest first. */
  readonly rules: readonly RuleStatistics[];
  readonly files: number;
  readonly lines: number;
  /** Milliseconds of pre-commit: median and 95th percentile. */
  readonly median: number | null;
  readonly p95: number | null;
  /** Runs and blocked runs per week, oldest first. */
  readonly weeks: readonly { readonly start: string; readonly runs: number; readonly blocked: number }[];
}

/** Statistics of a rule. A finding that stays in a file counts in each run that scans it. */
export interface RuleStatistics {
  readonly rule: string;
  /** Reported findings, with any outcome, without suppressed ones. */
  readonly found: number;
  readonly blocked: number;
  readonly suppressed: Readonly<Record<SuppressedBy, number>>;
  /** Labels of its entries in the baseline. */
  readonly labels: LabelCounts;
  /** Share of its labelled entries that are false: 0 to 1; null if none has a label. */
  readonly falseShare: number | null;
}

const WEEK = 7 * 24 * 3600 * 1000;
const WEEKS = 8;

/**
 * @param now end of the last week
 * @param labels of the baseline's entries, by rule
 */
export function statisticsOf({ totals, records }: Ledger, now: Date, labels: ReadonlyMap<string, LabelCounts> = new Map()): Statistics {
  const all: Totals = records.reduce(addRecord, totals);
  const times = records
    .filter(({ hook }) => hook === 'pre-commit')
    .map(({ ms }) => ms)
    .toSorted((a, b) => a - b);
  const found = sumBy(all.findings, (label) => label.split('|')[0]!);
  const blocked = sumBy(
    pick(all.findings, (label) => label.endsWith('|block')),
    (label) => label.split('|')[0]!,
  );
  return {
    since: records[0] === undefined ? null : new Date(records[0].time).toISOString(),
    runs: Object.values(all.runs).reduce((sum, count) => sum + count, 0),
    byVerdict: sumBy(all.runs, (label) => label.split('|')[1]!),
    blockedByRule: ranked(blocked),
    foundByRule: ranked(found),
    rules: rulesOf({ found, blocked, suppressed: all.suppressedRules ?? {}, labels }),
    files: all.files,
    lines: all.lines,
    median: times[Math.floor(times.length / 2)] ?? null,
    p95: times[Math.floor(times.length * 0.95)] ?? null,
    weeks: weeksOf(records, now),
  };
}

interface RuleCounts extends Readonly<Record<'found' | 'blocked' | 'suppressed', Counts>> {
  readonly labels: ReadonlyMap<string, LabelCounts>;
}

function rulesOf({ found, blocked, suppressed, labels }: RuleCounts): RuleStatistics[] {
  const suppressedIds = Object.keys(suppressed).map((label) => label.split('|')[0]!);
  const ids = new Set([...Object.keys(found), ...suppressedIds, ...labels.keys()]);
  return [...ids]
    .map((rule): RuleStatistics => {
      const by = (what: SuppressedBy): number => countOf(suppressed, `${rule}|${what}`);
      const said = labels.get(rule) ?? NO_LABELS;
      const labelled = said.real + said.ignored + said.false;
      return {
        rule,
        found: countOf(found, rule),
        blocked: countOf(blocked, rule),
        suppressed: { inline: by('inline'), baseline: by('baseline'), config: by('config'), placeholder: by('placeholder') },
        labels: said,
        falseShare: labelled === 0 ? null : said.false / labelled,
      };
    })
    .toSorted((a, b) => b.labels.false - a.labels.false || excused(b) - excused(a) || b.found - a.found || (a.rule < b.rule ? -1 : 1));
}

/** Safe for any rule name in the baseline, such as `constructor`. */
function countOf(counts: Counts, label: string): number {
  return Object.hasOwn(counts, label) ? counts[label]! : 0;
}

/** How often a finding was suppressed by hand. */
function excused({ suppressed: { inline, baseline, config } }: RuleStatistics): number {
  return inline + baseline + config;
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
