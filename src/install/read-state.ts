import { lstatSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileError } from '../errors/guardian-error.ts';
import { resolveAlias } from './aliases.ts';
import { type HookFile, listLeftovers, listOriginals, originalName, readHookFile, readMovedAside } from './hook-file.ts';
import type { HooksFolder } from './hooks-folder.ts';
import type { HuskyHook } from './husky.ts';
import { managerOf } from './managers/all.ts';
import type { HookState } from './plan.ts';

/** A folder for messages: relative to the top if it is inside. */
export function placeOf(top: string | null, folder: string): string {
  const path = relative(top ?? folder, folder);
  return path === '' || path.startsWith('..') ? folder : path;
}

/**
 * Reads one hook in a folder from which git runs hooks, and all files that belong to it.
 *
 * @param top of the work tree; null in a bare repository
 * @throws GuardianError FILE_SYSTEM or PERMISSION_DENIED
 */
export function readHookState(top: string | null, folder: string, hook: string): HookState {
  const found = readHookFile(join(folder, hook));
  const file = found.kind === 'ours' ? { ...found, original: resolveAlias(folder, found.original) } : found;
  const names = listOriginals(folder, hook);
  const movedAside = readMovedAside(folder, hook).map(({ name, original }) => {
    const kept = resolveAlias(folder, original);
    const isBack = names.includes(kept) && !isSuperseded(readHookFile(join(folder, kept)), file);
    return { name, original: isBack ? kept : '' };
  });
  const originals = names
    .filter((name) => movedAside.every(({ original }) => original !== name))
    .map((name) => ({ name, file: readHookFile(join(folder, name)) }));
  const theirs = file.kind === 'ours' ? originals.find(({ name }) => name === file.original)?.file : file;
  let number = 1;
  while (names.includes(originalName(hook, number))) number++;
  return {
    hook,
    folder,
    place: placeOf(top, folder),
    file,
    theirs: theirs?.kind === 'foreign' ? theirs.text : '',
    originals: originals.map(({ name, file }) => ({ name, identity: file.kind === 'foreign' ? file.identity : null })),
    leftovers: listLeftovers(folder, hook),
    movedAside,
    freeName: originalName(hook, number),
  };
}

/** Restoring is wrong if the same manager has installed its hook again (it would run itself), or if our own hook runs the original. */
function isSuperseded(original: HookFile, now: HookFile): boolean {
  if (original.kind !== 'foreign' || now.kind !== 'foreign') return true;
  return original.identity === now.identity || (managerOf(now.text) !== undefined && managerOf(original.text) === managerOf(now.text));
}

/** Reads one file of husky. */
export function readHuskyHook(
  top: string | null,
  { path: folder, isOldLayout }: Extract<HooksFolder, { kind: 'husky' }>,
  hook: string,
): HuskyHook {
  const path = join(folder, hook);
  const stat = lstatSync(path, { throwIfNoEntry: false });
  return {
    hook,
    path,
    place: placeOf(top, folder),
    content: stat === undefined ? null : readText(path),
    mode: (stat?.mode ?? 0o644) & 0o777,
    isSymbolicLink: stat?.isSymbolicLink() === true,
    isOldLayout,
  };
}

/** One character per byte. */
function readText(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch (thrown) {
    throw fileError(thrown, path, 'Make the hook readable, or remove it from the hooks folder.');
  }
}
