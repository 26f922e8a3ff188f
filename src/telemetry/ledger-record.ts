import { familyOf } from '../engine/rule-family.ts';
import type { ScanReport } from '../report/scan-report.ts';

/** How often each of some labels was met; a label is made of label values joined by `|`. */
export type Counts = Readonly<Record<string, number>>;

/** One run, in counts, rule ids and hashes: no path, no line, no value. */
export interface LedgerRecord {
  readonly v: 1;
  /** Milliseconds since 1970: a date in letters has V8 read the machine's time zone, which takes a third of a millisecond. */
  readonly time: number;
  readonly run: string;
  /** Of the trace that it is part of: 32 hex digits. Absent in older records. */
  readonly trace?: string;
  /** `''`: by hand. */
  readonly hook: string;
  readonly target: string;
  /** `bypassed`: the hooks were switched off. */
  readonly verdict: ScanReport['verdict'] | 'bypassed';
  /** Milliseconds from the start of the process to the verdict. */
  readonly ms: number;
  /** Milliseconds of these before our code ran. */
  readonly startMs: number;
  readonly files: number;
  readonly lines: number;
  readonly bytes: number;
  /** By rule, severity, outcome. Rules of another scanner are counted under its name: nobody knows how many it has. */
  readonly findings: Counts;
  /** By what: a comment, the baseline, … */
  readonly suppressed: Counts;
  /** By rule and by what. Absent where nothing was suppressed, and in older records. */
  readonly suppressedRules?: Counts;
  readonly skipped: Counts;
  /** By error code. */
  readonly errors: Counts;
  /** What was tried again, by error code. Absent where nothing was. */
  readonly retries?: Counts;
  /** Rules that were left out by CODE_GUARDIAN_SKIP. */
  readonly left: Counts;
}

/** Sums over runs. */
export interface Totals {
  /** Number of the last file of records that is in it. */
  readonly folded: number;
  /** Of the first run: milliseconds since 1970. */
  readonly since?: number;
  /** By hook and verdict. */
  readonly runs: Counts;
  readonly files: number;
  readonly lines: number;
  readonly bytes: number;
  readonly findings: Counts;
  readonly suppressed: Counts;
  /** Absent in older totals. */
  readonly suppressedRules?: Counts;
  readonly skipped: Counts;
  readonly errors: Counts;
  /** Absent in older totals. */
  readonly retries?: Counts;
  readonly left: Counts;
  /** Runs by the smallest bound of {@link BOUNDS} that holds their time; the last for those above all. */
  readonly durations: readonly number[];
  readonly starts: readonly number[];
  /** Seconds in all. */
  readonly durationSum: number;
  readonly startSum: number;
}

/** Upper bounds of the histograms, in seconds. */
export const BOUNDS: readonly number[] = [0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/** What the ledger keeps of a run. */
export function recordOf(
  { run, verdict, findings, suppressed, skipped, coverage, errors, retries, skippedRules }: ScanReport,
  startMs: number,
  trace: string,
): LedgerRecord {
  return {
    v: 1,
    time: run.startedAt.getTime(),
    run: run.id,
    trace,
    hook: run.hook ?? '',
    target: run.target,
    verdict,
    ms: round(run.durationMs),
    startMs: round(startMs),
    files: coverage.files.scanned,
    lines: coverage.lines.scanned,
    bytes: coverage.bytes.scanned,
    findings: countBy(findings, ({ rule, severity, outcome }) => `${familyOf(rule)}|${severity}|${outcome}`),
    suppressed: countBy(suppressed, ({ by }) => by),
    ...(suppressed.length === 0 ? {} : { suppressedRules: countBy(suppressed, ({ rule, by }) => `${familyOf(rule)}|${by}`) }),
    skipped: countBy(skipped, ({ reason }) => reason),
    errors: countBy(errors, ({ code }) => code),
    ...(retries === undefined ? {} : { retries }),
    left: countBy(skippedRules, (rule) => rule),
  };
}

/** What it keeps of a hook that was switched off. */
export function bypassOf(run: string, hook: string, now: Date): LedgerRecord {
  const none = { findings: {}, suppressed: {}, skipped: {}, errors: {}, left: {} };
  return {
    v: 1,
    time: now.getTime(),
    run,
    hook,
    target: '',
    verdict: 'bypassed',
    ms: 0,
    startMs: 0,
    files: 0,
    lines: 0,
    bytes: 0,
    ...none,
  };
}

export function emptyTotals(): Totals {
  const none = Array.from({ length: BOUNDS.length + 1 }, () => 0);
  const counts = { runs: {}, findings: {}, suppressed: {}, skipped: {}, errors: {}, left: {} };
  return { folded: 0, ...counts, files: 0, lines: 0, bytes: 0, durations: none, starts: none, durationSum: 0, startSum: 0 };
}

/** Totals with one more run in them. */
export function addRecord(totals: Totals, record: LedgerRecord): Totals {
  const isTimed = record.verdict !== 'bypassed';
  return {
    folded: totals.folded,
    since: totals.since ?? record.time,
    runs: addCounts(totals.runs, { [`${record.hook}|${record.verdict}`]: 1 }),
    files: totals.files + record.files,
    lines: totals.lines + record.lines,
    bytes: totals.bytes + record.bytes,
    findings: addCounts(totals.findings, record.findings),
    suppressed: addCounts(totals.suppressed, record.suppressed),
    suppressedRules: addCounts(totals.suppressedRules ?? {}, record.suppressedRules ?? {}),
    skipped: addCounts(totals.skipped, record.skipped),
    errors: addCounts(totals.errors, record.errors),
    retries: addCounts(totals.retries ?? {}, record.retries ?? {}),
    left: addCounts(totals.left, record.left),
    durations: isTimed ? addTo(totals.durations, record.ms / 1000) : totals.durations,
    starts: isTimed ? addTo(totals.starts, record.startMs / 1000) : totals.starts,
    durationSum: totals.durationSum + (isTimed ? record.ms / 1000 : 0),
    startSum: totals.startSum + (isTimed ? record.startMs / 1000 : 0),
  };
}

const NUMBERS = ['files', 'lines', 'bytes'] as const;
const TEXTS = ['run', 'hook', 'target', 'verdict'] as const;
const COUNTS = ['findings', 'suppressed', 'skipped', 'errors', 'left'] as const;

/** A line of the ledger; nothing where it is torn, of another version, or not what {@link recordOf} makes. */
export function parseRecord(line: string): LedgerRecord[] {
  try {
    const record = JSON.parse(line) as LedgerRecord;
    const isWhole =
      record.v === 1 &&
      ['time', 'ms', 'startMs', ...NUMBERS].every((key) => Number.isFinite(record[key as 'time'])) &&
      TEXTS.every((key) => typeof record[key] === 'string') &&
      [...COUNTS.map((key) => record[key]), record.suppressedRules ?? {}].every(isCounts);
    return isWhole ? [record] : [];
  } catch {
    return [];
  }
}

/** Null where it is not what {@link addRecord} makes. */
export function parseTotals(text: string): Totals | null {
  try {
    const totals = JSON.parse(text) as Totals;
    const isWhole =
      Number.isSafeInteger(totals.folded) &&
      [...NUMBERS, 'durationSum', 'startSum'].every((key) => Number.isFinite(totals[key as 'files'])) &&
      [totals.durations, totals.starts].every((list) => list.length === BOUNDS.length + 1 && list.every(Number.isFinite)) &&
      [totals.runs, ...COUNTS.map((key) => totals[key]), totals.suppressedRules ?? {}].every(isCounts);
    return isWhole ? totals : null;
  } catch {
    return null;
  }
}

function isCounts(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every(Number.isFinite);
}

function addCounts(a: Counts, b: Counts): Counts {
  const sum: Record<string, number> = { ...a };
  for (const [label, count] of Object.entries(b)) sum[label] = (sum[label] ?? 0) + count;
  return sum;
}

/** Place of the smallest bound that holds a time; behind the last where none does. */
export function bucketOf(seconds: number): number {
  const place = BOUNDS.findIndex((bound) => seconds <= bound);
  return place < 0 ? BOUNDS.length : place;
}

function addTo(buckets: readonly number[], seconds: number): number[] {
  const place = bucketOf(seconds);
  return buckets.with(place, buckets[place]! + 1);
}

function countBy<T>(items: readonly T[], labelOf: (item: T) => string): Counts {
  const counts: Record<string, number> = {};
  for (const item of items) counts[labelOf(item)] = (counts[labelOf(item)] ?? 0) + 1;
  return counts;
}

function round(milliseconds: number): number {
  return Math.round(milliseconds * 10) / 10;
}
