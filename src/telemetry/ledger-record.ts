import { familyOf } from '../engine/rule-family.ts';
import type { ScanReport } from '../report/scan-report.ts';

/** Counts by label; a label is a list of values joined with `|`. */
export type Counts = Readonly<Record<string, number>>;

/** One run as counts, rule ids and hashes: no path, no line, no value. */
export interface LedgerRecord {
  readonly v: 1;
  /** Milliseconds since 1970. Formatting a date would make V8 load the time zone, which takes 0.3 ms. */
  readonly time: number;
  readonly run: string;
  /** Trace id: 32 hex digits. Absent in older records. */
  readonly trace?: string;
  /** `''`: by hand. */
  readonly hook: string;
  readonly target: string;
  /** `bypassed`: the hooks were switched off. */
  readonly verdict: ScanReport['verdict'] | 'bypassed';
  /** Milliseconds from the start of the process to the verdict. */
  readonly ms: number;
  /** How many of these passed before our code ran. */
  readonly startMs: number;
  readonly files: number;
  readonly lines: number;
  readonly bytes: number;
  /** By rule, severity, outcome. Rules of an external scanner are counted under its name, because their number is unbounded. */
  readonly findings: Counts;
  /** By exception: a comment, the baseline, … */
  readonly suppressed: Counts;
  /** By rule and exception. Absent if nothing was suppressed, and in older records. */
  readonly suppressedRules?: Counts;
  readonly skipped: Counts;
  /** By error code. */
  readonly errors: Counts;
  /** Retries by error code. Absent if there were none. */
  readonly retries?: Counts;
  /** Rules skipped by CODE_GUARDIAN_SKIP. */
  readonly left: Counts;
}

/** Sums over runs. */
export interface Totals {
  /** Number of the last file of records that is included. */
  readonly folded: number;
  /** Time of the first run, in milliseconds since 1970. */
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
  /** Runs by the smallest bound of {@link BOUNDS} that is not below their time; the last is for all others. */
  readonly durations: readonly number[];
  readonly starts: readonly number[];
  /** Total seconds. */
  readonly durationSum: number;
  readonly startSum: number;
}

/** Upper bounds of the histograms, in seconds. */
export const BOUNDS: readonly number[] = [0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/** The record of a run. */
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

/** The record of a hook that was switched off. */
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

/** Adds a run to totals. */
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

/** Parses a line of the ledger; empty if it is torn, from another version, or not from {@link recordOf}. */
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

/** Null if it is not from {@link addRecord}. */
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

/** Index of the smallest bound that is not below a time; after the last if there is none. */
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
