import { existsSync, lstatSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ALL_HOOKS } from './hook-names.ts';
import { readHookFile } from './hook-file.ts';
import type { Step } from './plan.ts';

/** How many folders have to be made for a hooks folder; 0: it is there. */
export function countMissingFolders(folder: string): number {
  return existsSync(folder) ? 0 : 1 + countMissingFolders(dirname(folder));
}

/** How many were made when the first of our hooks was put in it: each shim says so. */
export function countMadeFolders(folder: string): number {
  const files = ALL_HOOKS.map((hook) => join(folder, hook)).filter((path) => lstatSync(path, { throwIfNoEntry: false })?.isFile() === true);
  return Math.max(0, ...files.map(readHookFile).map((file) => (file.kind === 'ours' ? file.madeFolders : 0)));
}

/** Takes away those that were made, unless somebody has put something in them. */
export function planMadeFolders(folder: string): readonly Step[] {
  const count = countMadeFolders(folder);
  const paths: string[] = [];
  for (let path = folder; paths.length < count; path = dirname(path)) paths.push(path);
  return paths.map((path) => ({ kind: 'remove-folder', path }));
}
