import { existsSync, lstatSync, readdirSync, readlinkSync, realpathSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Step } from './plan.ts';

/**
 * A folder next to the hooks folder, with links under the names that git uses: the originals of hooks, and all other files of the hooks folder.
 * A hook that asks for its own name (`basename "$0"`) gets the right one there, and still finds its neighbours and its parent folder.
 */
function folderOf(hooksFolder: string): string {
  return `${existsSync(hooksFolder) ? realpathSync(hooksFolder) : hooksFolder}.code-guardian`;
}

/** The path under which an original runs, relative to the hooks folder. */
export function aliasOf(hooksFolder: string, hook: string): string {
  return `../${basename(folderOf(hooksFolder))}/${hook}`;
}

/** The original behind an alias; other names stay as they are. */
export function resolveAlias(hooksFolder: string, name: string): string {
  if (!name.includes('/')) return name;
  const path = join(folderOf(hooksFolder), basename(name));
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true ? basename(readlinkSync(path)) : '';
}

/** Whether a program may ask for its own name, and not only for its folder. */
export function asksForItsName(text: string): boolean {
  const rest = text.replace(/dirname[\s("'-]*\$\{?0|\$\{0%\/\*\}/g, '');
  return /\$0|\$\{0|\$ARGV|BASH_SOURCE|\bargv\b|__FILE__|__file__|PROGRAM_NAME|ProgramName/.test(rest);
}

/**
 * @param originals by hook, the names of those that need an alias
 */
export function planAliases(hooksFolder: string, originals: ReadonlyMap<string, string>): readonly Step[] {
  if (originals.size === 0) return [];
  const folder = folderOf(hooksFolder);
  const [from, neighbours] = existsSync(hooksFolder)
    ? [basename(realpathSync(hooksFolder)), readdirSync(hooksFolder)]
    : [basename(hooksFolder), []];
  const names = [...neighbours.filter((name) => !name.includes('.code-guardian-')), ...originals.keys()];
  const wanted = new Map(names.map((name) => [name, `../${from}/${originals.get(name) ?? name}`]));
  const there = new Map(existsSync(folder) ? readdirSync(folder).map((name) => [name, linkAt(join(folder, name))]) : []);
  return [
    ...(existsSync(folder) ? [] : [{ kind: 'make-folder', path: folder } as const]),
    ...[...there.keys()].filter((name) => !wanted.has(name)).map((name): Step => ({ kind: 'remove', path: join(folder, name) })),
    ...[...wanted]
      .filter(([name, to]) => there.get(name) !== to)
      .map(([name, to]): Step => ({ kind: 'link', path: join(folder, name), to })),
  ];
}

/** Removes the folder with its links. */
export function planAliasRemoval(hooksFolder: string): readonly Step[] {
  const folder = folderOf(hooksFolder);
  if (!existsSync(folder)) return [];
  const links = readdirSync(folder).filter((name) => linkAt(join(folder, name)) !== null);
  return [...links.map((name): Step => ({ kind: 'remove', path: join(folder, name) })), { kind: 'remove-folder', path: folder }];
}

function linkAt(path: string): string | null {
  return lstatSync(path).isSymbolicLink() ? readlinkSync(path) : null;
}
