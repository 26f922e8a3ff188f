import { chmodSync, closeSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { bytesOf, type Content } from './batches.ts';
import { temporaryName } from './temporary-name.ts';
import { writeWhole } from './write-whole.ts';

/** For a file that only its owner may read. */
export const PRIVATE = 0o600;

export interface ReplaceOptions {
  /** Default: the mode of the file that is replaced; for a new file, what the umask leaves of 0666. */
  readonly mode?: number;
  readonly encoding?: 'utf8' | 'latin1';
}

/**
 * Writes a file so that a reader sees the old one or the new one, never half of it. A symlink at `path` is replaced, not followed.
 *
 * @throws the system's error; `path` is unchanged then
 */
export function replaceFile(path: string, content: Content, { mode, encoding = 'utf8' }: ReplaceOptions = {}): void {
  const kept = mode ?? modeOf(path);
  const temporary = temporaryName(path);
  try {
    writeNew(temporary, bytesOf(content, encoding), kept ?? 0o666);
    // The umask has taken its share of what was asked for.
    if (kept !== null) chmodSync(temporary, kept);
    renameSync(temporary, path);
  } catch (thrown) {
    rmSync(temporary, { force: true });
    throw thrown;
  }
}

function writeNew(path: string, batches: Iterable<Uint8Array>, mode: number): void {
  const descriptor = openSync(path, 'wx', mode);
  try {
    for (const bytes of batches) writeWhole(descriptor, bytes);
  } finally {
    closeSync(descriptor);
  }
}

function modeOf(path: string): number | null {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat === undefined ? null : stat.mode & 0o777;
}
