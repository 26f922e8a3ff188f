import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Run } from '../cli/command.ts';
import { EXIT } from '../cli/host.ts';
import { CONFIG_PLACES, probeFolder } from '../config/search.ts';
import { STARTER, STARTER_FILE } from '../config/starter.ts';
import { fileError, GuardianError } from '../errors/guardian-error.ts';
import { readTop } from './load-disk-config.ts';

/** `code-guardian config init`: a first config at the top of the repository; one that is there is left alone. */
export const run: Run = async ({ host }) => {
  const folder = (await readTop({ host })) ?? host.cwd;
  const [there] = probeFolder(folder, CONFIG_PLACES).places;
  if (there !== undefined) {
    throw new GuardianError('USAGE', `there is a config already: ${there}`, {
      hint: 'Edit it; `code-guardian config check` says what is wrong with it.',
      path: there,
    });
  }
  const path = join(folder, STARTER_FILE);
  try {
    writeFileSync(path, STARTER, { flag: 'wx' });
  } catch (thrown) {
    throw fileError(thrown, path, 'Make the folder one that you may write to.');
  }
  host.stdout.write(`wrote ${STARTER_FILE}\n`);
  return EXIT.ok;
};
