import { isUtf8 } from 'node:buffer';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { readBytesOrNull } from '../disk/read-file.ts';
import { GuardianError } from '../errors/guardian-error.ts';
import type { Reader } from './source.ts';

/** Files of the disk. Those inside `top` are shown from there, others by their whole path. */
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

/** More links in a row than anybody has: a circle. */
const MOST_LINKS = 8;

/** Files of the index. What is staged may only name what is staged: nothing outside the repository. */
export function indexReader(top: string, files: ReadonlyMap<string, Buffer>, readFile: (path: string) => Promise<Buffer | null>): Reader {
  const readStaged = async (path: string, links = 0): Promise<string | null> => {
    const staged = pathFrom(top, path);
    const content = staged === null ? null : (files.get(staged) ?? (await readFile(staged)));
    if (content === null) return null;
    const text = decodeText(content, shownFrom(top, path));
    // Of a link, git stages the path that it leads to. No config is one line without a colon.
    const isPath = /^[^\n\0:]+$/.test(text) && links < MOST_LINKS;
    return (isPath ? await readStaged(join(dirname(path), text), links + 1) : null) ?? text;
  };
  return {
    show: (path) => shownFrom(top, path),
    refusal: (path) => (pathFrom(top, path) === null ? 'lies outside the repository, so it cannot be staged with it' : null),
    absence: ' in the index; `git add` it',
    read: async (path) => readStaged(path),
  };
}

/** A path below `top`, from there with forward slashes; null where it is not below. */
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
    // A config that cannot be read stops the run: to go on without it would be to go on by another policy.
    throw new GuardianError('CONFIG_INVALID', `cannot read the config ${file}: ${message}`, {
      hint: 'Make it a file that you may read, or remove it.',
      path: file,
      cause: thrown,
    });
  }
}

/** Bytes that are no UTF-8 would be read as other texts than were written. */
function decodeText(content: Buffer, file: string): string {
  if (isUtf8(content)) return content.toString();
  throw new GuardianError('CONFIG_INVALID', `${file} is not UTF-8`, { hint: 'Save it as UTF-8.', path: file });
}
