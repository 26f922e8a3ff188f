import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The key of this clone's fingerprints, made at the first finding and kept in the git directory.
 *
 * @param commonDir null outside a repository: a key for this run alone
 */
export function loadRepositoryKey(commonDir: string | null): string {
  const fresh = randomBytes(16).toString('hex');
  if (commonDir === null) return fresh;
  const folder = join(commonDir, 'code-guardian');
  const file = join(folder, 'key');
  const temporary = `${file}.${process.pid}`;
  try {
    return readKey(file) ?? create();
  } catch {
    // A git directory that cannot be written to: fingerprints of this run stand alone.
    return fresh;
  }

  function create(): string {
    mkdirSync(folder, { recursive: true });
    writeFileSync(temporary, fresh, { mode: 0o600 });
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
  try {
    const key = readFileSync(file, 'utf8').trim();
    return /^[0-9a-f]{32}$/.test(key) ? key : null;
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw thrown;
  }
}
