import { chmodSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { temporaryName } from './temporary-name.ts';

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
export function replaceFile(path: string, content: string | Uint8Array, { mode, encoding = 'utf8' }: ReplaceOptions = {}): void {
  const kept = mode ?? modeOf(path);
  const temporary = temporaryName(path);
  try {
    writeFileSync(temporary, content, { flag: 'wx', mode: kept ?? 0o666, encoding });
    // The umask has taken its share of what was asked for.
    if (kept !== null) chmodSync(temporary, kept);
    renameSync(temporary, path);
  } catch (thrown) {
    rmSync(temporary, { force: true });
    throw thrown;
  }
}

function modeOf(path: string): number | null {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat === undefined ? null : stat.mode & 0o777;
}
