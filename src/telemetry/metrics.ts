import { addRecord, BOUNDS, bucketOf, type Counts, type LedgerRecord } from './ledger-record.ts';
import type { Ledger } from './ledger.ts';

/** One metric in the model of Prometheus: https://prometheus.io/docs/instrumenting/exposition_formats/ */
export interface MetricFamily {
  readonly name: string;
  readonly help: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly values: readonly MetricValue[];
}

export interface MetricValue {
  /** If different from the family: `…_bucket`, `…_sum`, `…_count`. */
  readonly metricName?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
  readonly exemplar?: Exemplar;
}

/** An example run of a bucket, in the form of prom-client. Only OpenMetrics has them. */
export interface Exemplar {
  readonly labelSet: Readonly<Record<string, string>>;
  /** Seconds. */
  readonly value: number;
  /** Seconds since 1970. */
  readonly timestamp: number;
}

/** Label names of {@link Counts}, in order. */
const FINDING_LABELS = ['rule', 'severity', 'outcome'] as const;

/** All metrics of a ledger. Counters never decrease while the ledger exists. */
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
    counter('code_guardian_files_total', 'Files scanned.', single(all.files)),
    counter('code_guardian_lines_total', 'Lines scanned.', single(all.lines)),
    counter('code_guardian_bytes_total', 'Bytes scanned.', single(all.bytes)),
    counter('code_guardian_skipped_total', 'Files not scanned, by reason.', labelled(all.skipped, ['reason'])),
    counter('code_guardian_suppressed_total', 'Findings suppressed, by exception.', labelled(all.suppressed, ['by'])),
    counter(
      'code_guardian_bypassed_total',
      'Hook runs that were switched off.',
      single(bypassed.reduce((sum, [, count]) => sum + count, 0)),
    ),
    counter('code_guardian_rules_skipped_total', 'Rules skipped by CODE_GUARDIAN_SKIP.', labelled(all.left, ['rule'])),
    counter('code_guardian_errors_total', 'Errors by code.', labelled(all.errors, ['code'])),
    counter('code_guardian_retries_total', 'Retries by error code.', labelled(all.retries ?? {}, ['code'])),
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

/** Text formats of metrics, with prom-client's content types. */
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
    // The registry reads each metric's values when it writes them, after adapting the name to the format.
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

/** The latest run of each bucket that the ledger still has as a single record. */
function exemplarsOf(records: readonly LedgerRecord[], secondsOf: (record: LedgerRecord) => number): ReadonlyMap<number, Exemplar> {
  const latest = new Map<number, Exemplar>();
  for (const record of records) {
    const { run, trace = '', time, verdict } = record;
    // OpenMetrics allows 128 characters in total; our ids are shorter.
    if (verdict === 'bypassed' || !/^[\w-]{1,64}$/.test(run)) continue;
    const value = secondsOf(record);
    const labelSet = { run_id: run, ...(/^[0-9a-f]{32}$/.test(trace) ? { trace_id: trace } : {}) };
    const place = bucketOf(value);
    if (time / 1000 >= (latest.get(place)?.timestamp ?? 0)) latest.set(place, { labelSet, value, timestamp: time / 1000 });
  }
  return latest;
}

interface Histogram {
  /** Runs in each bucket, not cumulative. */
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
