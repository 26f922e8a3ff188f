import { randomBytes } from 'node:crypto';
import { linkSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readTextOrNull } from '../disk/read-file.ts';
import { PRIVATE } from '../disk/replace-file.ts';
import { inStateFolder, stateFolder } from '../disk/state-folder.ts';
import { temporaryName } from '../disk/temporary-name.ts';

/**
 * The key of this clone's fingerprints, created at the first finding and stored in the git directory.
 *
 * @param commonDir null outside a repository: a key for this run alone
 */
export function loadRepositoryKey(commonDir: string | null): string {
  const fresh = randomBytes(16).toString('hex');
  if (commonDir === null) return fresh;
  const folder = stateFolder(commonDir);
  const file = join(folder, 'key');
  const temporary = temporaryName(file);
  try {
    return readKey(file) ?? create();
  } catch {
    // Not writable: the fingerprints of this run match no other run.
    return fresh;
  }

  function create(): string {
    inStateFolder(folder, () => writeFileSync(temporary, fresh, { flag: 'wx', mode: PRIVATE }));
    try {
      // A link fails if a concurrent commit was first; a rename would give the two different keys.
      linkSync(temporary, file);
      return fresh;
    } catch {
      return readKey(file) ?? fresh;
    } finally {
      unlinkSync(temporary);
    }
  }
}

function readKey(file: string): string | null {
  const key = readTextOrNull(file)?.trim();
  return key !== undefined && /^[0-9a-f]{32}$/.test(key) ? key : null;
}
