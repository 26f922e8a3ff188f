import type { Run } from './command.ts';
import { EXIT } from '../errors/exit-codes.ts';
import { STARTER_FILE } from '../config/starter.ts';
import { GuardianError } from '../errors/guardian-error.ts';
import { findConfig, writeStarter } from './init/write-config.ts';
import { readTop } from './load-disk-config.ts';

/** `code-guardian config init`: a starter config at the top of the repository. Never overwrites one. */
export const run: Run = async ({ host }) => {
  const folder = (await readTop({ host })) ?? host.cwd;
  const there = findConfig(folder);
  if (there !== null) {
    throw new GuardianError('USAGE', `${there} already exists`, {
      hint: 'Edit it, and validate it with `code-guardian config check`.',
      path: there,
    });
  }
  writeStarter(folder);
  host.stdout.write(`Wrote ${STARTER_FILE}\n`);
  return EXIT.ok;
};
