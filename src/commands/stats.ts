import type { Run } from '../cli/command.ts';
import { EXIT } from '../cli/host.ts';
import { openGit } from '../git/door.ts';
import { readRepository } from '../git/repository.ts';
import { createPalette } from '../report/palette.ts';
import { renderStatistics } from '../report/statistics.ts';
import { readLedger } from '../telemetry/ledger.ts';
import { statisticsOf } from '../telemetry/statistics.ts';
import { chooseFormat } from './choose-format.ts';

/** `code-guardian stats`: what the hooks of this repository have done. */
export const run: Run = async ({ host, options: { format, color } }) => {
  const { commonDir } = await readRepository(openGit(host.cwd, host.env));
  const statistics = statisticsOf(readLedger(commonDir), host.now());
  const palette = await createPalette({ isTerminal: host.stdout.isTTY, env: host.env, ...(color === undefined ? {} : { color }) });
  const render = chooseFormat(
    { pretty: () => renderStatistics(statistics, palette), json: () => `${JSON.stringify(statistics, null, 2)}\n` },
    format,
  );
  host.stdout.write(render());
  return EXIT.ok;
};
