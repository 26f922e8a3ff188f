import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PRIVATE, replaceFile } from '../disk/replace-file.ts';
import { inStateFolder, stateFolder } from '../disk/state-folder.ts';
import { fileError } from '../errors/guardian-error.ts';

/** Digests of the stages that the user of this machine has allowed, one per line. They are in the git directory, so no clone contains them. */
const FILE = 'stages-allowed';

/** @param commonDir the git directory shared by all worktrees; null: none, so nothing is allowed */
export function readAllowedStages(commonDir: string | null): ReadonlySet<string> {
  if (commonDir === null) return new Set();
  try {
    const lines = readFileSync(join(stateFolder(commonDir), FILE), 'latin1').split('\n');
    return new Set(lines.filter((line) => /^[\da-f]{64}$/.test(line)));
  } catch {
    // Missing or not readable: nothing is allowed.
    return new Set();
  }
}

/**
 * Allows exactly these stages.
 *
 * @throws GuardianError where the git directory cannot be written to
 */
export function writeAllowedStages(commonDir: string, digests: Iterable<string>): void {
  const folder = stateFolder(commonDir);
  const file = join(folder, FILE);
  const lines = [...new Set(digests)].toSorted().map((digest) => `${digest}\n`);
  try {
    inStateFolder(folder, () => replaceFile(file, lines.join(''), { mode: PRIVATE }));
  } catch (thrown) {
    throw fileError(thrown, file, 'Make that file writable: it stores which stages are allowed.');
  }
}
