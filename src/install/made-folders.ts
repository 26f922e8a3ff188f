import { existsSync, lstatSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ALL_HOOKS } from './hook-names.ts';
import { readHookFile } from './hook-file.ts';
import type { Step } from './plan.ts';

/** How many folders to create for a hooks folder; 0: it exists. */
export function countMissingFolders(folder: string): number {
  return existsSync(folder) ? 0 : 1 + countMissingFolders(dirname(folder));
}

/** How many folders were created for our first hook: each shim records it. */
export function countMadeFolders(folder: string): number {
  const files = ALL_HOOKS.map((hook) => join(folder, hook)).filter((path) => lstatSync(path, { throwIfNoEntry: false })?.isFile() === true);
  return Math.max(0, ...files.map(readHookFile).map((file) => (file.kind === 'ours' ? file.madeFolders : 0)));
}

/** Removes the created folders if they are empty. */
export function planMadeFolders(folder: string): readonly Step[] {
  const count = countMadeFolders(folder);
  const paths: string[] = [];
  for (let path = folder; paths.length < count; path = dirname(path)) paths.push(path);
  return paths.map((path) => ({ kind: 'remove-folder', path }));
}
