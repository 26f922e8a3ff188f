import { readFileSync } from 'node:fs';

/**
 * The bytes of a file; null if there is no such file.
 *
 * @throws the system's error if it is there and cannot be read
 */
export function readBytesOrNull(path: string): Buffer | null {
  return orNull(() => readFileSync(path));
}

/** The same as text; `latin1` gives one character a byte. */
export function readTextOrNull(path: string, encoding: 'utf8' | 'latin1' = 'utf8'): string | null {
  return orNull(() => readFileSync(path, encoding));
}

function orNull<T>(read: () => T): T | null {
  try {
    return read();
  } catch (thrown) {
    if (isMissing(thrown)) return null;
    throw thrown;
  }
}

/** Whether the system reported that a file, or a folder on the way to it, does not exist. */
export function isMissing(thrown: unknown): boolean {
  const { code } = thrown as NodeJS.ErrnoException;
  return code === 'ENOENT' || code === 'ENOTDIR';
}
