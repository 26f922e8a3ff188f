import type { Run } from './command.ts';
import { EXIT } from '../errors/exit-codes.ts';
import { STARTER_FILE } from '../config/starter.ts';
import { GuardianError } from '../errors/guardian-error.ts';
import { findConfig, writeStarter } from './init/write-config.ts';
import { readTop } from './load-disk-config.ts';

/** `code-guardian config init`: a first config at the top of the repository; one that is there is left alone. */
export const run: Run = async ({ host }) => {
  const folder = (await readTop({ host })) ?? host.cwd;
  const there = findConfig(folder);
  if (there !== null) {
    throw new GuardianError('USAGE', `there is a config already: ${there}`, {
      hint: 'Edit it; `code-guardian config check` says what is wrong with it.',
      path: there,
    });
  }
  writeStarter(folder);
  host.stdout.write(`wrote ${STARTER_FILE}\n`);
  return EXIT.ok;
};
