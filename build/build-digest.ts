import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Plugin } from 'rolldown';

const MARK = "BUILD = 'source'";

/** Writes a digest of the whole source into src/host/version.ts, so that no build reads the cache of another build. */
export function buildDigest(): Plugin {
  const digest = digestFolder('src');
  return {
    name: 'build-digest',
    transform: {
      filter: { id: /\/src\/host\/version\.ts$/ },
      handler(code) {
        if (!code.includes(MARK)) throw new Error(`src/host/version.ts has no ${MARK}`);
        return code.replace(MARK, `BUILD = '${digest}'`);
      },
    },
  };
}

/** A digest of the names and the content of all files below a folder. */
export function digestFolder(folder: string): string {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .toSorted();
  const hash = createHash('sha256');
  for (const file of files)
    hash
      .update(`${relative(folder, file)}\0`)
      .update(readFileSync(file))
      .update('\0');
  return hash.digest('hex').slice(0, 16);
}
