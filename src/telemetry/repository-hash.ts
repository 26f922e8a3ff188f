import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checksumOf } from '../diff/changed-file.ts';

/** Two 32-bit checksums with different seeds: enough to distinguish the repositories of a company. */
const SEEDS = [0x811c9dc5, 0x9e3779b9];

/**
 * Identifies a repository in logs without naming it: equal for all clones of the same `origin`; without `origin`, specific to this folder.
 *
 * @param commonDir git directory shared by all worktrees
 */
export function readRepositoryHash(commonDir: string): string {
  const name = Buffer.from(readOrigin(commonDir) ?? commonDir);
  return SEEDS.map((seed) => checksumOf(name, seed).toString(16).padStart(8, '0')).join('');
}

function readOrigin(commonDir: string): string | null {
  try {
    return parseOrigin(readFileSync(join(commonDir, 'config'), 'utf8'));
  } catch {
    // Missing, or not readable.
    return null;
  }
}

/** The URL of `origin` in a git config as host and path, whatever its protocol; null if there is none. */
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
