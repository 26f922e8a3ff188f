import { createHash } from 'node:crypto';
import { hostname } from 'node:os';

/** Identifies a repository on a machine without revealing its name: 16 hex digits. */
export function instanceOf(commonDir: string): string {
  return createHash('sha256').update(`${hostname()}\0${commonDir}`).digest('hex').slice(0, 16);
}
