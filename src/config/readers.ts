import { readFileSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { GuardianError } from '../errors/guardian-error.ts';
import type { Reader } from './source.ts';

/** Files of the disk. Those inside `top` are shown from there, others by their whole path. */
export function diskReader(top: string | null): Reader {
  return {
    show: (path) => (top === null ? null : pathFrom(top, path)) ?? slashes(path),
    refusal: () => null,
    absence: '',
    read: async (path) => readText(path),
  };
}

/** Files of the index. What is staged may only name what is staged: nothing outside the repository. */
export function indexReader(top: string, files: ReadonlyMap<string, Buffer>, readFile: (path: string) => Promise<Buffer | null>): Reader {
  return {
    show: (path) => pathFrom(top, path) ?? slashes(path),
    refusal: (path) => (pathFrom(top, path) === null ? 'lies outside the repository, so it cannot be staged with it' : null),
    absence: ' in the index; `git add` it',
    read: async (path) => {
      const staged = pathFrom(top, path);
      if (staged === null) return null;
      const content = files.get(staged) ?? (await readFile(staged));
      return content?.toString() ?? null;
    },
  };
}

/** A path below `top`, from there with forward slashes; null where it is not below. */
export function pathFrom(top: string, path: string): string | null {
  const below = relative(top, resolve(path));
  return below === '' || below === '..' || below.startsWith(`..${sep}`) || resolve(below) === below ? null : slashes(below);
}

function slashes(path: string): string {
  return sep === '/' ? path : path.replaceAll(sep, '/');
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (thrown) {
    const { code = '', message } = thrown as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    // A config that cannot be read stops the run: to go on without it would be to go on by another policy.
    throw new GuardianError('CONFIG_INVALID', `cannot read the config: ${message}`, {
      hint: 'Make it a file that you may read, or remove it.',
      path,
      cause: thrown,
    });
  }
}
