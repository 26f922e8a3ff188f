import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stateFolder } from '../disk/state-folder.ts';
import { temporaryName } from '../disk/temporary-name.ts';
import { fileError } from '../errors/guardian-error.ts';

/** The size of a record with many findings. */
const PROBE = ' '.repeat(4096);

/**
 * Writes a file next to the ledger and removes it: the only way to detect a full disk.
 *
 * @param commonDir git directory shared by all worktrees
 * @throws GuardianError FILE_SYSTEM or PERMISSION_DENIED
 */
export function probeLedger(commonDir: string): void {
  const folder = stateFolder(commonDir);
  // The first run creates the folder.
  const file = temporaryName(join(existsSync(folder) ? folder : commonDir, 'code-guardian-probe'));
  try {
    writeFileSync(file, PROBE, { flag: 'wx' });
    rmSync(file);
  } catch (thrown) {
    removeRest(file);
    throw fileError(thrown, file, 'Free disk space, and make the git directory writable for the user who commits.');
  }
}

/** On a full disk the file may be partial. */
function removeRest(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // Nothing was written; the caller reports why.
  }
}
