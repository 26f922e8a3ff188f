import type { LoadedConfig } from '../../config/load.ts';

/** Where runs are published; see `PublishedRun`. */
export interface Publishing {
  readonly textfile: string | null;
  readonly otlp: string | null;
  readonly otlpHeaders: Readonly<Record<string, string>>;
}

const SIGNALS = ['ENDPOINT', 'TRACES_ENDPOINT', 'METRICS_ENDPOINT', 'LOGS_ENDPOINT'];

/**
 * Where to publish a run; null: nowhere, which is the default. A repository's own config does not decide where this machine sends data.
 */
export function publishingOf(env: NodeJS.ProcessEnv, { config: { monitoring }, layers }: LoadedConfig): Publishing | null {
  const isNamed = SIGNALS.some((name) => (env[`OTEL_EXPORTER_OTLP_${name}`] ?? '') !== '');
  const isOwn = layers.findLast(({ value }) => value.monitoring?.otlp !== undefined)?.owner !== 'repository';
  const isOff = env['OTEL_SDK_DISABLED']?.toLowerCase() === 'true';
  const otlp = isOff ? null : isNamed ? '' : isOwn ? monitoring.otlp : null;
  const isWanted = monitoring.textfile !== null || otlp !== null;
  return isWanted ? { textfile: monitoring.textfile, otlp, otlpHeaders: otlpHeadersOf(layers) } : null;
}

/** The headers to send. A repository's own config does not decide those either. */
export function otlpHeadersOf(layers: LoadedConfig['layers']): Readonly<Record<string, string>> {
  const own = layers.filter(({ owner }) => owner !== 'repository');
  return Object.assign({}, ...own.map(({ value }) => value.monitoring?.otlpHeaders)) as Record<string, string>;
}
