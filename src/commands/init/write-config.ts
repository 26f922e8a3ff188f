import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CONFIG_PLACES, probeFolder } from '../../config/search.ts';
import { renderStarter, STARTER_FILE, type StarterChoice } from '../../config/starter.ts';
import { fileError } from '../../errors/guardian-error.ts';

/** The config file in a folder, or null. */
export function findConfig(folder: string): string | null {
  return probeFolder(folder, CONFIG_PLACES).places[0] ?? null;
}

/**
 * Writes a starter config. Never overwrites one.
 *
 * @throws GuardianError FILE_SYSTEM or PERMISSION_DENIED
 */
export function writeStarter(folder: string, choice?: StarterChoice): void {
  const path = join(folder, STARTER_FILE);
  try {
    writeFileSync(path, renderStarter(choice), { flag: 'wx' });
  } catch (thrown) {
    throw fileError(thrown, path, 'Make the folder writable.');
  }
}
