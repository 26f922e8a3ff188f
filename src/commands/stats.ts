import { resolve } from 'node:path';
import type { Invocation, Run } from './command.ts';
import { EXIT } from '../errors/exit-codes.ts';
import { GuardianError } from '../errors/guardian-error.ts';
import { countLabels } from '../findings/count-labels.ts';
import { openGit } from '../git/client.ts';
import { readRepository } from '../git/repository.ts';
import { createPalette } from '../report/palette.ts';
import { renderStatistics } from '../report/words/statistics.ts';
import { readBaselineFile } from '../run/asking/load-baseline.ts';
import { readLedger } from '../telemetry/ledger.ts';
import { statisticsOf } from '../telemetry/statistics.ts';
import { chooseFormat } from './choose-format.ts';
import { loadDiskConfig } from './load-disk-config.ts';
import { tellWarnings } from '../run/tell-error.ts';

/** `code-guardian stats`: what the hooks of this repository have done, and what people said of what they found. */
export const run: Run = async (invocation) => {
  const {
    host,
    options: { format, color },
  } = invocation;
  const { commonDir, top } = await readRepository(openGit(host.cwd, host.env));
  const labels = top === null ? undefined : await loadLabels(invocation, top);
  const statistics = statisticsOf(readLedger(commonDir), host.now(), labels);
  const palette = await createPalette({ isTerminal: host.stdout.isTTY, env: host.env, ...(color === undefined ? {} : { color }) });
  const render = chooseFormat(
    {
      pretty: () => renderStatistics(statistics, palette, host.stdout.isTTY ? host.stdout.columns || 80 : Infinity),
      json: () => `${JSON.stringify(statistics, null, 2)}\n`,
    },
    format,
  );
  host.stdout.write(render());
  return EXIT.ok;
};

/** The ledger is shown even if the config or the baseline is broken. */
async function loadLabels(invocation: Invocation, top: string): Promise<ReturnType<typeof countLabels> | undefined> {
  try {
    const { config } = await loadDiskConfig(invocation);
    return countLabels(readBaselineFile(resolve(top, config.baseline), config.baseline, false)?.entries ?? []);
  } catch (thrown) {
    if (!(thrown instanceof GuardianError)) throw thrown;
    await tellWarnings([`what the baseline says of rules is not counted: ${thrown.message}`], invocation.host);
    return undefined;
  }
}
