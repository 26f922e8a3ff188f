import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PRIVATE, replaceFile } from '../disk/replace-file.ts';
import { inStateFolder, stateFolder } from '../disk/state-folder.ts';
import { fileError } from '../errors/guardian-error.ts';

/** Digests of the stages that the owner of this machine has allowed, one a line. No clone brings them: they lie in the git directory. */
const FILE = 'stages-allowed';

/** @param commonDir the git directory that all worktrees share; null: there is none, and nothing is allowed */
export function readAllowedStages(commonDir: string | null): ReadonlySet<string> {
  if (commonDir === null) return new Set();
  try {
    const lines = readFileSync(join(stateFolder(commonDir), FILE), 'latin1').split('\n');
    return new Set(lines.filter((line) => /^[\da-f]{64}$/.test(line)));
  } catch {
    // Nobody has allowed any, or it cannot be read: none is allowed.
    return new Set();
  }
}

/**
 * Allows these stages and no others.
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
    throw fileError(thrown, file, 'What is allowed is kept there: make it writable for you.');
  }
}
