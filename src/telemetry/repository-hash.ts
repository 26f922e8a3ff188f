import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checksumOf } from '../diff/changed-file.ts';

/** Two checksums of 32 bits, from different beginnings: enough to tell the repositories of a company apart. */
const SEEDS = [0x811c9dc5, 0x9e3779b9];

/**
 * Tells repositories apart in logs, without naming them: the same for all clones of one remote, `origin`; where there is none, for the
 * repository in this place.
 *
 * @param commonDir git directory that all worktrees share
 */
export function readRepositoryHash(commonDir: string): string {
  const name = Buffer.from(readOrigin(commonDir) ?? commonDir);
  return SEEDS.map((seed) => checksumOf(name, seed).toString(16).padStart(8, '0')).join('');
}

function readOrigin(commonDir: string): string | null {
  try {
    return parseOrigin(readFileSync(join(commonDir, 'config'), 'utf8'));
  } catch {
    // Not there, or not for us to read.
    return null;
  }
}

/** The URL of `origin` in a git config, as host and path, in whatever way it is reached; null where there is none. */
export function parseOrigin(config: string): string | null {
  const [, section = ''] = /^[ \t]*\[remote "origin"\]([^[]*)/m.exec(config) ?? [];
  const [, url] = /^[ \t]*url[ \t]*=[ \t]*"?([^"\n]*?)"?[ \t]*$/m.exec(section) ?? [];
  if (url === undefined) return null;
  return url
    .replace(/^[a-z+]+:\/\//i, '')
    .replace(/^[^/@]*@/, '')
    .replace(/^([^/:]+):(?!\d+\/)/, '$1/')
    .replace(/\/*(?:\.git)?\/*$/, '')
    .toLowerCase();
}
