const OPEN_METRICS = 'application/openmetrics-text';

/** Whether the client prefers OpenMetrics to the Prometheus text format, by `Accept`: https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1 */
export function prefersOpenMetrics(accept = ''): boolean {
  const ranges = accept.split(',').map(parseRange);
  const weightOf = (...types: readonly string[]): number =>
    Math.max(0, ...ranges.filter(({ type }) => types.includes(type)).map(({ weight }) => weight));
  const wanted = weightOf(OPEN_METRICS);
  return wanted > 0 && wanted >= weightOf('text/plain');
}

function parseRange(range: string): { readonly type: string; readonly weight: number } {
  const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
  const weight = Number(parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? 1);
  return { type, weight: Number.isNaN(weight) ? 0 : weight };
}
