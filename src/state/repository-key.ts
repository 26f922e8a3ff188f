import { randomBytes } from 'node:crypto';
import { linkSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readTextOrNull } from '../disk/read-file.ts';
import { PRIVATE } from '../disk/replace-file.ts';
import { inStateFolder, stateFolder } from '../disk/state-folder.ts';
import { temporaryName } from '../disk/temporary-name.ts';

/**
 * The key of this clone's fingerprints, made at the first finding and kept in the git directory.
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
    // A git directory that cannot be written to: fingerprints of this run stand alone.
    return fresh;
  }

  function create(): string {
    inStateFolder(folder, () => writeFileSync(temporary, fresh, { flag: 'wx', mode: PRIVATE }));
    try {
      // A link fails where a commit beside this one was first; a rename would give the two different keys.
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
