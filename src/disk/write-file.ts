import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { fileError } from '../errors/guardian-error.ts';

/**
 * Writes a file so that a reader sees the old one or the new one, never half of it.
 *
 * @throws GuardianError FILE_SYSTEM or PERMISSION_DENIED
 */
export function writeFileAtomically(path: string, content: string): void {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, content);
    renameSync(temporary, path);
  } catch (thrown) {
    rmSync(temporary, { force: true });
    throw fileError(thrown, path, 'Name a file in a folder that exists and can be written to.');
  }
}
