import { addRecord, BOUNDS, bucketOf, type Counts, type LedgerRecord } from './ledger-record.ts';
import type { Ledger } from './ledger.ts';

/** One metric as Prometheus has it: https://prometheus.io/docs/instrumenting/exposition_formats/ */
export interface MetricFamily {
  readonly name: string;
  readonly help: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly values: readonly MetricValue[];
}

export interface MetricValue {
  /** Where it is not the family's: `…_bucket`, `…_sum`, `…_count`. */
  readonly metricName?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
  readonly exemplar?: Exemplar;
}

/** One run among those that a bucket counts. Only OpenMetrics has them, in this form of prom-client's. */
export interface Exemplar {
  readonly labelSet: Readonly<Record<string, string>>;
  /** Seconds. */
  readonly value: number;
  /** Seconds since 1970. */
  readonly timestamp: number;
}

/** Labels of {@link Counts}, in their order. */
const FINDING_LABELS = ['rule', 'severity', 'outcome'] as const;

/** All metrics of a ledger. Counters never go back while the ledger lives. */
export function metricsOf({ totals, records }: Ledger, version: string): MetricFamily[] {
  const all = records.reduce(addRecord, totals);
  const runs = Object.entries(all.runs);
  const bypassed = runs.filter(([label]) => label.endsWith('|bypassed'));
  return [
    counter(
      'code_guardian_runs_total',
      'Runs by hook and verdict.',
      labelled(Object.fromEntries(runs.filter((run) => !bypassed.includes(run))), ['hook', 'verdict']),
    ),
    counter('code_guardian_findings_total', 'Findings by rule, severity and outcome.', labelled(all.findings, FINDING_LABELS)),
    counter('code_guardian_files_total', 'Files that were scanned.', single(all.files)),
    counter('code_guardian_lines_total', 'Lines that were scanned.', single(all.lines)),
    counter('code_guardian_bytes_total', 'Bytes that were scanned.', single(all.bytes)),
    counter('code_guardian_skipped_total', 'Files that were not scanned, by reason.', labelled(all.skipped, ['reason'])),
    counter('code_guardian_suppressed_total', 'Findings that were suppressed, by what.', labelled(all.suppressed, ['by'])),
    counter('code_guardian_bypassed_total', 'Hooks that were switched off.', single(bypassed.reduce((sum, [, count]) => sum + count, 0))),
    counter('code_guardian_rules_skipped_total', 'Rules that CODE_GUARDIAN_SKIP left out.', labelled(all.left, ['rule'])),
    counter('code_guardian_errors_total', 'Errors by code.', labelled(all.errors, ['code'])),
    counter('code_guardian_retries_total', 'What was tried again, by the code of the error.', labelled(all.retries ?? {}, ['code'])),
    histogram('code_guardian_scan_duration_seconds', 'Time of a run, from the start of the process to the verdict.', {
      buckets: all.durations,
      sum: all.durationSum,
      exemplars: exemplarsOf(records, ({ ms }) => ms / 1000),
    }),
    histogram('code_guardian_startup_duration_seconds', 'Time of a run before the program began.', {
      buckets: all.starts,
      sum: all.startSum,
      exemplars: exemplarsOf(records, ({ startMs }) => startMs / 1000),
    }),
    { name: 'code_guardian_build_info', help: 'Version of the program.', type: 'gauge', values: [{ labels: { version }, value: 1 }] },
  ];
}

/** Text formats of metrics; prom-client has these content types for them. */
export const EXPOSITIONS = {
  /** https://prometheus.io/docs/instrumenting/exposition_formats/ */
  prometheus: 'text/plain; version=0.0.4; charset=utf-8',
  /** https://github.com/prometheus/OpenMetrics/blob/main/specification/OpenMetrics.md */
  openmetrics: 'application/openmetrics-text; version=1.0.0; charset=utf-8',
} as const;

/** Metrics as text. */
export async function renderExposition(
  families: readonly MetricFamily[],
  contentType: (typeof EXPOSITIONS)[keyof typeof EXPOSITIONS] = EXPOSITIONS.prometheus,
): Promise<string> {
  const { Registry } = await import('prom-client');
  const registry = new Registry<typeof contentType>();
  registry.setContentType(contentType);
  for (const family of families) {
    // The registry asks each metric for its values when it writes them, after it has changed the name to what the format wants.
    const metric = { ...family, get: async () => metric };
    registry.registerMetric(metric as unknown as Parameters<typeof registry.registerMetric>[0]);
  }
  return registry.metrics();
}

function counter(name: string, help: string, values: readonly MetricValue[]): MetricFamily {
  return { name, help, type: 'counter', values };
}

function single(value: number): MetricValue[] {
  return [{ labels: {}, value }];
}

function labelled(counts: Counts, names: readonly string[]): MetricValue[] {
  return Object.entries(counts).map(([label, value]) => {
    const parts = label.split('|');
    return { labels: Object.fromEntries(names.map((name, i) => [name, parts[i] ?? ''])), value };
  });
}

/** The latest run of each bucket, of those that the ledger has one by one. */
function exemplarsOf(records: readonly LedgerRecord[], secondsOf: (record: LedgerRecord) => number): ReadonlyMap<number, Exemplar> {
  const latest = new Map<number, Exemplar>();
  for (const record of records) {
    const { run, trace = '', time, verdict } = record;
    // OpenMetrics allows 128 characters in all, and no version of ours has written longer ones.
    if (verdict === 'bypassed' || !/^[\w-]{1,64}$/.test(run)) continue;
    const value = secondsOf(record);
    const labelSet = { run_id: run, ...(/^[0-9a-f]{32}$/.test(trace) ? { trace_id: trace } : {}) };
    const place = bucketOf(value);
    if (time / 1000 >= (latest.get(place)?.timestamp ?? 0)) latest.set(place, { labelSet, value, timestamp: time / 1000 });
  }
  return latest;
}

interface Histogram {
  /** Runs in each bucket alone. */
  readonly buckets: readonly number[];
  readonly sum: number;
  readonly exemplars: ReadonlyMap<number, Exemplar>;
}

function histogram(name: string, help: string, { buckets, sum, exemplars }: Histogram): MetricFamily {
  let below = 0;
  const values: MetricValue[] = buckets.map((count, i) => {
    below += count;
    const exemplar = exemplars.get(i);
    return {
      metricName: `${name}_bucket`,
      labels: { le: i < BOUNDS.length ? String(BOUNDS[i]) : '+Inf' },
      value: below,
      ...(exemplar === undefined ? {} : { exemplar }),
    };
  });
  return {
    name,
    help,
    type: 'histogram',
    values: [...values, { metricName: `${name}_sum`, labels: {}, value: sum }, { metricName: `${name}_count`, labels: {}, value: below }],
  };
}
