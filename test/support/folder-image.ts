import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A folder in memory: to write it again costs less than the processes that made it. */
export type FolderImage = readonly { readonly path: string; readonly mode: number; readonly content: Buffer | null }[];

export function readImage(folder: string): FolderImage {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .toSorted()
    .map((path) => {
      const file = join(folder, path);
      const stat = statSync(file);
      return { path, mode: stat.mode, content: stat.isDirectory() ? null : readFileSync(file) };
    });
}

export function writeImage(image: FolderImage, folder: string): void {
  for (const { path, mode, content } of image) {
    if (content === null) mkdirSync(join(folder, path), { recursive: true });
    else writeFileSync(join(folder, path), content, { mode });
  }
}
