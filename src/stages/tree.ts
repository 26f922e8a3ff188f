import { lstatSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A folder with copies of some files, for a stage to run in. It is gone when the process ends, however it ends but for a `kill -9`. */
export interface StageTree {
  /** Absolute, and no link. */
  readonly path: string;
  /** A folder beside it, for what the stage writes. */
  readonly results: string;
  /**
   * Writes one file.
   *
   * @param name from the top, with forward slashes
   * @returns why it was not written; null: it was
   */
  readonly write: (name: string, content: Buffer, isExecutable: boolean) => string | null;
  /** Makes the packages that the work tree has installed beside the same folders reachable. Nothing may be written after it. */
  readonly linkPackages: (top: string) => void;
  readonly remove: () => void;
}

const PREFIX = 'code-guardian-tree-';
/** A tree as old as that was left by a process that was killed. */
const ABANDONED_MS = 24 * 60 * 60 * 1000;

const open = new Set<string>();
let isWatching = false;

/** Makes an empty tree in the system's folder for temporary files: outside of the repository no tool finds a git directory above it. */
export function openTree(): StageTree {
  removeAbandoned();
  const base = realpathSync(mkdtempSync(join(tmpdir(), PREFIX)));
  open.add(base);
  watch();
  const [path, results] = [join(base, 'tree'), join(base, 'results')];
  mkdirSync(path);
  mkdirSync(results);
  const folders = new Set(['']);

  return {
    path,
    results,
    write(name, content, isExecutable) {
      const wrong = nameMistake(name);
      if (wrong !== null) return wrong;
      try {
        mkdirSync(dirname(join(path, name)), { recursive: true });
        // Where two names are one to the file system, the second must not take the place of the first.
        writeFileSync(join(path, name), content, { flag: 'wx', mode: isExecutable ? 0o755 : 0o644 });
      } catch (thrown) {
        const { code = 'it cannot be written' } = thrown as NodeJS.ErrnoException;
        return code === 'EEXIST' || code === 'ENOTDIR' ? 'another name is the same to this file system' : code;
      }
      for (let folder = dirname(name); folder !== '.'; folder = dirname(folder)) folders.add(folder);
      return null;
    },
    linkPackages(top) {
      for (const folder of folders) {
        const [from, to] = [join(top, folder, 'node_modules'), join(path, folder, 'node_modules')];
        if (statSync(from, { throwIfNoEntry: false })?.isDirectory() !== true) continue;
        if (lstatSync(to, { throwIfNoEntry: false }) === undefined) symlinkSync(from, to, 'junction');
      }
    },
    remove() {
      open.delete(base);
      removeFolder(base);
    },
  };
}

/** Names that would lead out of the tree, or into what a tool takes for a repository. Git knows better than to store them; a crafted tree may. */
function nameMistake(name: string): string | null {
  const isIn = !name.startsWith('/') && !/^[a-z]:|\0/i.test(name) && !(process.platform === 'win32' && name.includes('\\'));
  const parts = name.split('/');
  const isPlain = parts.every((part) => !['', '.', '..'].includes(part) && !isGitDirectory(part));
  return isIn && isPlain ? null : 'its name leads elsewhere';
}

/** `.git` to some file system: in any case, with ends that Windows drops, with characters that macOS does not see, or by its short name. */
function isGitDirectory(part: string): boolean {
  return /^(?:\.git|git~\d+)[. ]*(?::.*)?$/i.test(part.replace(/[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g, ''));
}

function removeFolder(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  } catch {
    // A stage has taken away the right to do so: the next run tries again, in a day.
  }
}

/** Signals end the process by `exit`, but for this one. */
function watch(): void {
  if (isWatching) return;
  isWatching = true;
  process.on('exit', () => open.forEach(removeFolder));
  process.on('SIGHUP', () => process.exit(129));
}

function removeAbandoned(): void {
  const user = process.getuid?.();
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(PREFIX))) {
    const folder = join(tmpdir(), name);
    const stat = lstatSync(folder, { throwIfNoEntry: false });
    if (stat?.isDirectory() === true && stat.uid === (user ?? stat.uid) && Date.now() - stat.mtimeMs > ABANDONED_MS) removeFolder(folder);
  }
}
