import { type Attributes, type HrTime, type SpanContext, SpanKind, SpanStatusCode, TraceFlags, ValueType } from '@opentelemetry/api';
import { SeverityNumber } from '@opentelemetry/api-logs';
import type { Resource } from '@opentelemetry/resources';
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { AggregationTemporality, DataPointType, type MetricData, type ResourceMetrics } from '@opentelemetry/sdk-metrics';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { BOUNDS, type LedgerRecord } from '../ledger-record.ts';
import type { Ledger } from '../ledger.ts';
import { type MetricFamily, metricsOf, type MetricValue } from '../metrics.ts';
import type { PublishedRun } from '../outbox.ts';

/** Resource and version of the data. */
export interface Origin {
  readonly resource: Resource;
  readonly version: string;
}

/** A run and its stages as spans: https://opentelemetry.io/docs/concepts/signals/traces/ */
export function spansOf({ record, trace, start, end, stages }: PublishedRun, { resource, version }: Origin): ReadableSpan[] {
  const { traceId, spanId, parentId } = trace;
  const contextOf = (id: string, isRemote = false): SpanContext => ({ traceId, spanId: id, traceFlags: TraceFlags.SAMPLED, isRemote });
  const span = (name: string, id: string, parent: SpanContext | undefined, from: number, to: number, attributes: Attributes) => ({
    name,
    kind: SpanKind.INTERNAL,
    spanContext: () => contextOf(id),
    ...(parent === undefined ? {} : { parentSpanContext: parent }),
    startTime: timeOf(from),
    endTime: timeOf(to),
    duration: timeOf(to - from),
    status: { code: record.verdict === 'incomplete' ? SpanStatusCode.ERROR : SpanStatusCode.UNSET },
    attributes,
    links: [],
    events: [],
    ended: true,
    resource,
    instrumentationScope: { name: 'code-guardian', version },
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
  });
  const parent = parentId === null ? undefined : contextOf(parentId, true);
  const name = `code-guardian ${record.hook === '' ? 'scan' : record.hook}`;
  return [
    span(name, spanId, parent, start, end, attributesOf(record)),
    ...stages.map((stage, i) => span(stage.name, childId(spanId, i + 1), contextOf(spanId), stage.start, stage.end, {})),
  ];
}

/** The log record for the end of a run. */
export function logOf({ record, trace, end }: PublishedRun, { resource, version }: Origin): ReadableLogRecord {
  const time = timeOf(end);
  const isFine = record.verdict !== 'incomplete';
  return {
    hrTime: time,
    hrTimeObserved: time,
    spanContext: { traceId: trace.traceId, spanId: trace.spanId, traceFlags: TraceFlags.SAMPLED },
    severityText: isFine ? 'INFO' : 'ERROR',
    severityNumber: isFine ? SeverityNumber.INFO : SeverityNumber.ERROR,
    body: 'run finished',
    resource,
    instrumentationScope: { name: 'code-guardian', version },
    attributes: attributesOf(record),
    droppedAttributesCount: 0,
  };
}

/** The metrics of a ledger: cumulative counters since its first run. */
export function otlpMetricsOf(ledger: Ledger, { resource, version }: Origin): ResourceMetrics {
  const now = Date.now();
  const since = ledger.totals.since ?? ledger.records[0]?.time ?? now;
  const metrics = metricsOf(ledger, version)
    .filter(({ values }) => values.length > 0)
    .map((family) => metricOf(family, timeOf(since), timeOf(now)));
  return { resource, scopeMetrics: [{ scope: { name: 'code-guardian', version }, metrics }] };
}

function metricOf({ name, help, type, values }: MetricFamily, startTime: HrTime, endTime: HrTime): MetricData {
  // OpenTelemetry separates names with dots; Prometheus adds the unit and `_total` again.
  const plain = name.replace(/_(?:total|seconds)$/, '').replace('code_guardian_', '');
  const base = {
    descriptor: {
      name: `code_guardian.${plain.replaceAll('_', '.')}`,
      description: help,
      unit: name.endsWith('_seconds') ? 's' : name.endsWith('_bytes_total') ? 'By' : '1',
      valueType: ValueType.DOUBLE,
    },
    aggregationTemporality: AggregationTemporality.CUMULATIVE,
  };
  const point = <T>(attributes: Attributes, value: T) => ({ startTime, endTime, attributes, value });
  if (type === 'histogram') return { ...base, dataPointType: DataPointType.HISTOGRAM, dataPoints: [point({}, histogramOf(values))] };
  const dataPoints = values.map(({ labels, value }) => point({ ...labels }, value));
  return type === 'gauge'
    ? { ...base, dataPointType: DataPointType.GAUGE, dataPoints }
    : { ...base, dataPointType: DataPointType.SUM, isMonotonic: true, dataPoints };
}

/** Buckets are cumulative in Prometheus, but not in OpenTelemetry. */
function histogramOf(values: readonly MetricValue[]) {
  const valueOf = (suffix: string): number => values.find(({ metricName = '' }) => metricName.endsWith(suffix))?.value ?? 0;
  const below = values.filter(({ metricName = '' }) => metricName.endsWith('_bucket')).map(({ value }) => value);
  return {
    buckets: { boundaries: [...BOUNDS], counts: below.map((value, i) => value - (below[i - 1] ?? 0)) },
    sum: valueOf('_sum'),
    count: valueOf('_count'),
  };
}

function attributesOf({ run, hook, target, verdict, files, lines, bytes, findings }: LedgerRecord): Record<string, string | number> {
  const found = Object.values(findings).reduce((sum, count) => sum + count, 0);
  const facts = { run_id: run, hook, target, verdict, files, lines, bytes, findings: found };
  return Object.fromEntries(Object.entries(facts).map(([key, value]) => [`code_guardian.${key}`, value]));
}

/** Seconds and nanoseconds. */
function timeOf(ms: number): HrTime {
  const seconds = Math.floor(ms / 1000);
  return [seconds, Math.round((ms - seconds * 1000) * 1e6)];
}

/** A stable id for each stage, the same on every retry. */
function childId(spanId: string, number: number): string {
  return (BigInt(`0x${spanId}`) ^ BigInt(number)).toString(16).padStart(16, '0');
}
