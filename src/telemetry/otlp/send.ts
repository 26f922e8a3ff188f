import { OTLPLogExporter } from '@opentelemetry/exporter-logs-otlp-http';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { JsonMetricsSerializer } from '@opentelemetry/otlp-transformer';
import { detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import type { Ledger } from '../ledger.ts';
import type { PublishedRun } from '../outbox.ts';
import { logOf, type Origin, otlpMetricsOf, spansOf } from './otlp-data.ts';

/** An exporter of any kind. Code 0: success. */
interface Exporter<T> {
  readonly export: (items: T, onDone: (result: { readonly code: number; readonly error?: Error }) => void) => void;
  readonly shutdown: () => Promise<void>;
}

/** The sender of the data. */
export interface Sender {
  readonly version: string;
  /** Identifies the repository without revealing it. */
  readonly instance: string;
}

/** The receiver. */
export interface Receiver {
  /** Base URL; `''`: from the variables. */
  readonly endpoint: string;
  /** Called for each request; these headers override those from the variables. */
  readonly headers: () => Promise<Record<string, string>>;
}

/**
 * Sends runs with their spans and logs, and the counters of the ledger, by OTLP over HTTP. Certificates, timeouts, compression and other
 * headers come from `OTEL_EXPORTER_OTLP_…`: https://opentelemetry.io/docs/specs/otel/protocol/exporter/
 *
 * @throws Error of the first exporter that failed
 */
export async function sendOtlp(
  { endpoint, headers }: Receiver,
  runs: readonly PublishedRun[],
  ledger: Ledger,
  sender: Sender,
): Promise<void> {
  const at = (path: string): { url?: string; headers: Receiver['headers'] } => ({
    ...(endpoint === '' ? {} : { url: `${endpoint.replace(/\/+$/, '')}/v1/${path}` }),
    headers,
  });
  const origin = describe(sender);
  const sent = await Promise.allSettled([
    send(
      new OTLPTraceExporter(at('traces')),
      runs.flatMap((run) => spansOf(run, origin)),
    ),
    send(
      new OTLPLogExporter(at('logs')),
      runs.map((run) => logOf(run, origin)),
    ),
    send(new OTLPMetricExporter(at('metrics')), otlpMetricsOf(ledger, origin)),
  ]);
  for (const result of sent) if (result.status === 'rejected') throw result.reason;
}

/** The counters of the ledger as an OTLP request body in JSON. */
export function renderOtlp(ledger: Ledger, sender: Sender): string {
  return Buffer.from(JsonMetricsSerializer.serializeRequest(otlpMetricsOf(ledger, describe(sender)))!).toString();
}

/** `OTEL_RESOURCE_ATTRIBUTES` and `OTEL_SERVICE_NAME` add to ours and override them. */
function describe({ version, instance }: Sender): Origin {
  const ours = resourceFromAttributes({ 'service.name': 'code-guardian', 'service.version': version, 'service.instance.id': instance });
  return { resource: ours.merge(detectResources({ detectors: [envDetector] })), version };
}

async function send<T>(exporter: Exporter<T>, items: T): Promise<void> {
  try {
    await new Promise<void>((resolve, reject) => {
      exporter.export(items, ({ code, error }) => (code === 0 ? resolve() : reject(error ?? new Error('the receiver rejected the data'))));
    });
  } finally {
    await exporter.shutdown();
  }
}
