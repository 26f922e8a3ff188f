import type { Run } from './command.ts';
import { EXIT } from '../errors/exit-codes.ts';
import { mergeOrigins } from '../config/origins.ts';
import { renderConfig } from '../config/render-config.ts';
import { GuardianError } from '../errors/guardian-error.ts';
import { createRedactor } from '../run/redact-text.ts';
import { loadDiskConfig } from './load-disk-config.ts';

/** `code-guardian config show`: the merged config, as YAML or JSON; `--origins` adds the layer that set each value. */
export const run: Run = async ({ host, options }) => {
  const { format = 'yaml' } = options;
  if (format !== 'yaml' && format !== 'json') {
    throw new GuardianError('USAGE', `unknown format ${JSON.stringify(format)}`, { hint: 'Known formats: yaml, json.' });
  }
  const { config, layers, layerNames } = await loadDiskConfig({ host, options });
  const origins = options.origins === true ? mergeOrigins(layers) : undefined;
  const text =
    format === 'json'
      ? `${JSON.stringify(origins === undefined ? config : { config, origins, layers: layerNames }, null, 2)}\n`
      : renderConfig(config, origins);
  host.stdout.write(createRedactor(config)(text));
  return EXIT.ok;
};
