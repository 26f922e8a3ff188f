import { isUtf8 } from 'node:buffer';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { readBytesOrNull } from '../disk/read-file.ts';
import { GuardianError } from '../errors/guardian-error.ts';
import type { Reader } from './source.ts';

/** Reads from disk. Files inside `top` are shown relative to it, others by their full path. */
export function diskReader(top: string | null, show: Reader['show'] = (path) => shownFrom(top, path)): Reader {
  return {
    show,
    refusal: () => null,
    absence: '',
    read: async (path) => {
      const content = readBytes(path, show(path));
      return content === null ? null : decodeText(content, show(path));
    },
  };
}

/** More links in a row than this are a loop. */
const MOST_LINKS = 8;

/** Reads from the index. A staged config may only refer to staged files, never outside the repository. */
export function indexReader(top: string, files: ReadonlyMap<string, Buffer>, readFile: (path: string) => Promise<Buffer | null>): Reader {
  const readStaged = async (path: string, links = 0): Promise<string | null> => {
    const staged = pathFrom(top, path);
    const content = staged === null ? null : (files.get(staged) ?? (await readFile(staged)));
    if (content === null) return null;
    const text = decodeText(content, shownFrom(top, path));
    // For a link, git stages its target path. No config is one line without a colon.
    const isPath = /^[^\n\0:]+$/.test(text) && links < MOST_LINKS;
    return (isPath ? await readStaged(join(dirname(path), text), links + 1) : null) ?? text;
  };
  return {
    show: (path) => shownFrom(top, path),
    refusal: (path) => (pathFrom(top, path) === null ? 'is outside the repository, so it cannot be staged' : null),
    absence: ' in the index; `git add` it',
    read: async (path) => readStaged(path),
  };
}

/** A path relative to `top` with forward slashes; null if it is not inside. */
export function pathFrom(top: string, path: string): string | null {
  const below = relative(top, resolve(path));
  return below === '' || below === '..' || below.startsWith(`..${sep}`) || resolve(below) === below ? null : slashes(below);
}

function shownFrom(top: string | null, path: string): string {
  return (top === null ? null : pathFrom(top, path)) ?? slashes(path);
}

function slashes(path: string): string {
  return sep === '/' ? path : path.replaceAll(sep, '/');
}

function readBytes(path: string, file: string): Buffer | null {
  try {
    return readBytesOrNull(path);
  } catch (thrown) {
    const { message } = thrown as Error;
    // An unreadable config stops the run: continuing would use a different policy.
    throw new GuardianError('CONFIG_INVALID', `cannot read the config ${file}: ${message}`, {
      hint: 'Make it a readable file, or remove it.',
      path: file,
      cause: thrown,
    });
  }
}

/** Invalid UTF-8 would be read as a different text. */
function decodeText(content: Buffer, file: string): string {
  if (isUtf8(content)) return content.toString();
  throw new GuardianError('CONFIG_INVALID', `${file} is not UTF-8`, { hint: 'Save it as UTF-8.', path: file });
}
