import { existsSync, lstatSync, readdirSync, readFileSync, readlinkSync, type Stats, statSync } from 'node:fs';
import { isAbandoned } from '../disk/temporary-name.ts';
import { fileError } from '../errors/guardian-error.ts';

/** The start of every shim, whatever its version. Anchored, because other hooks may quote it further down. */
const MARKER = /^#![^\n]*\n# code-guardian shim \d+:/;
const ORIGINAL = /^original='([^']*)'/m;
const MADE_FOLDERS = /^#![^\n]*\n# code-guardian shim \d+:[^\n]*, with (\d+) folder/;

/** The file where git looks for a hook. */
export type HookFile =
  | { readonly kind: 'none' }
  /**
   * Our shim. `content`: one character per byte. `original`: name of the hook next to it that runs first, or ''. `madeFolders`: number of
   * folders created for it.
   */
  | { readonly kind: 'ours'; readonly content: string; readonly original: string; readonly madeFolders: number }
  /** Not ours: a file or a symlink. `text`: what git runs, one character per byte; '' for a broken symlink. */
  | { readonly kind: 'foreign'; readonly isExecutable: boolean; readonly identity: string; readonly text: string };

/**
 * Reads one hook.
 *
 * @throws GuardianError FILE_SYSTEM or PERMISSION_DENIED
 */
export function readHookFile(path: string): HookFile {
  try {
    const stat = lstatSync(path, { throwIfNoEntry: false });
    if (stat === undefined) return { kind: 'none' };
    if (stat.isSymbolicLink()) {
      const target = statSync(path, { throwIfNoEntry: false });
      const text = target?.isFile() === true ? readFileSync(path, 'latin1') : '';
      return { kind: 'foreign', isExecutable: isExecutable(target), identity: `link ${readlinkSync(path)}`, text };
    }
    if (!stat.isFile()) throw new Error(`${path} is not a file`);
    const content = readFileSync(path, 'latin1');
    if (MARKER.test(content)) {
      return {
        kind: 'ours',
        content,
        original: ORIGINAL.exec(content)?.[1] ?? '',
        madeFolders: Number(MADE_FOLDERS.exec(content)?.[1] ?? 0),
      };
    }
    return { kind: 'foreign', isExecutable: isExecutable(stat), identity: `${stat.mode.toString(8)} ${content}`, text: content };
  } catch (thrown) {
    throw fileError(thrown, path, 'Make the hook readable, or remove it from the hooks folder.');
  }
}

function isExecutable(stat: Stats | undefined): boolean {
  return stat !== undefined && (stat.mode & 0o111) !== 0;
}

/** The saved originals of a hook, oldest first. */
export function listOriginals(folder: string, hook: string): string[] {
  const first = originalName(hook, 1);
  return namesIn(folder)
    .filter((name) => name.startsWith(first) && /^(?:\.\d+)?$/.test(name.slice(first.length)))
    .toSorted((a, b) => a.length - b.length || (a < b ? -1 : 1));
}

/** Partial files that killed installations left for a hook. */
export function listLeftovers(folder: string, hook: string): string[] {
  return namesIn(folder).filter((name) => name.startsWith(`${hook}.`) && isAbandoned(name));
}

/**
 * Our shims that a hook manager renamed when it installed its own (`pre-commit.legacy`, `pre-commit.old`), and the originals that they run first.
 */
export function readMovedAside(folder: string, hook: string): { readonly name: string; readonly original: string }[] {
  return namesIn(folder)
    .filter((name) => name === `${hook}.legacy` || name === `${hook}.old`)
    .flatMap((name) => {
      const file = readHookFile(`${folder}/${name}`);
      return file.kind === 'ours' ? [{ name, original: file.original }] : [];
    });
}

/** The name of the nth saved original of a hook. */
export function originalName(hook: string, number: number): string {
  return `${hook}.code-guardian-original${number === 1 ? '' : `.${number}`}`;
}

function namesIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}
