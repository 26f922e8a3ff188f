import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stateFolder } from '../disk/state-folder.ts';
import { temporaryName } from '../disk/temporary-name.ts';
import { fileError } from '../errors/guardian-error.ts';

/** As much as a record of a run with many findings. */
const PROBE = ' '.repeat(4096);

/**
 * Writes where the ledger is, and takes it away again: only that tells of a full disk.
 *
 * @param commonDir git directory that all worktrees share
 * @throws GuardianError FILE_SYSTEM or PERMISSION_DENIED
 */
export function probeLedger(commonDir: string): void {
  const folder = stateFolder(commonDir);
  // The first run makes it.
  const file = temporaryName(join(existsSync(folder) ? folder : commonDir, 'code-guardian-probe'));
  try {
    writeFileSync(file, PROBE, { flag: 'wx' });
    rmSync(file);
  } catch (thrown) {
    removeRest(file);
    throw fileError(thrown, file, 'Make room in the git directory, and make it writable for the user who commits.');
  }
}

/** On a full disk half of it was written. */
function removeRest(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // Nor was anything: why, the caller says.
  }
}
