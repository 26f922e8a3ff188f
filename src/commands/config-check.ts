import type { Run } from './command.ts';
import { EXIT } from '../errors/exit-codes.ts';
import { createRedactor } from '../run/redact-text.ts';
import { tellWarnings } from '../run/tell-error.ts';
import { otlpHeadersOf } from '../run/recording/publishing.ts';
import { readSecret } from '../telemetry/read-secret.ts';
import { loadDiskConfig } from './load-disk-config.ts';

/** `code-guardian config check [FILE]`: reads every layer, with FILE instead of the repository's. Mistakes are thrown. */
export const run: Run = async ({ host, options, args }) => {
  const { config, layers } = await loadDiskConfig({ host, options }, args[0] ?? options.config);
  const redact = createRedactor(config);
  const say = (line: string): void => host.stdout.write(redact(`${line}\n`));
  const warnings: string[] = [];
  const warn = (warning: string): void => void warnings.push(redact(warning));
  const files = [...new Set(layers.flatMap(({ file }) => (file === null ? [] : [file])))];
  say(`config is valid: ${files.length > 0 ? files.join(', ') : 'no file; using the defaults'}`);

  for (const [header, reference] of Object.entries(otlpHeadersOf(layers))) {
    const key = `monitoring.otlpHeaders.${header}`;
    try {
      const { bytes, warning } = readSecret(reference, host.env);
      bytes.fill(0);
      say(`${key}: ${reference} has a value`);
      if (warning !== null) warn(`${key}: ${warning}`);
    } catch (thrown) {
      warn(`${key}: ${(thrown as Error).message}`);
    }
  }
  for (const { owner, file, value } of layers) {
    const hasHeaders = Object.keys(value.monitoring?.otlpHeaders ?? {}).length > 0;
    if (owner === 'repository' && hasHeaders) warn(`${file ?? 'the repository'} cannot set monitoring.otlpHeaders`);
  }
  if (warnings.length > 0) await tellWarnings(warnings, host);
  return EXIT.ok;
};
