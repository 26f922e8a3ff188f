import { resolve } from 'node:path';
import type { Run } from './command.ts';
import { EXIT } from '../errors/exit-codes.ts';
import { openGit } from '../git/client.ts';
import { readRepository } from '../git/repository.ts';
import { writeOutput } from '../disk/write-output.ts';
import { instanceOf } from '../telemetry/instance.ts';
import { readLedger } from '../telemetry/ledger.ts';
import { EXPOSITIONS, metricsOf, renderExposition } from '../telemetry/metrics.ts';
import { VERSION } from '../host/version.ts';
import { chooseFormat } from './choose-format.ts';

/** `code-guardian metrics`: exports the counters of this repository's ledger. */
export const run: Run = async ({ host, options: { format = 'prometheus', textfile } }) => {
  const { commonDir } = await readRepository(openGit(host.cwd, host.env));
  const ledger = readLedger(commonDir);
  const families = metricsOf(ledger, VERSION);
  const render = chooseFormat(
    {
      prometheus: () => renderExposition(families),
      openmetrics: () => renderExposition(families, EXPOSITIONS.openmetrics),
      json: async () => `${JSON.stringify(families, null, 2)}\n`,
      otlp: async () => {
        const { renderOtlp } = await import('../telemetry/otlp/send.ts');
        return `${renderOtlp(ledger, { version: VERSION, instance: instanceOf(commonDir) })}\n`;
      },
    },
    format,
  );
  const text = await render();
  if (textfile === undefined) host.stdout.write(text);
  // node_exporter may read at any time.
  else writeOutput(resolve(host.cwd, textfile), text);
  return EXIT.ok;
};
