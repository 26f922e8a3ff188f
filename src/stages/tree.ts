import { lstatSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A folder with copies of files for a stage. It is removed when the process ends, except after `kill -9`. */
export interface StageTree {
  /** Absolute, without links. */
  readonly path: string;
  /** A folder next to it for the stage's output. */
  readonly results: string;
  /**
   * Writes one file.
   *
   * @param name relative to the top, with forward slashes
   * @returns why it was not written, or null
   */
  readonly write: (name: string, content: Buffer, isExecutable: boolean) => string | null;
  /** Links the installed packages of the work tree into the same folders. Write nothing afterwards. */
  readonly linkPackages: (top: string) => void;
  readonly remove: () => void;
}

const PREFIX = 'code-guardian-tree-';
/** A tree of this age was left by a killed process. */
const ABANDONED_MS = 24 * 60 * 60 * 1000;

const open = new Set<string>();
let isWatching = false;

/** Creates an empty tree in the system's temporary folder: outside the repository, no tool finds a git directory above it. */
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
        // If the file system treats two names as equal, the second must not replace the first.
        writeFileSync(join(path, name), content, { flag: 'wx', mode: isExecutable ? 0o755 : 0o644 });
      } catch (thrown) {
        const { code = 'it cannot be written' } = thrown as NodeJS.ErrnoException;
        return code === 'EEXIST' || code === 'ENOTDIR' ? 'another file has the same name on this file system' : code;
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

/** Rejects names that leave the tree or look like a git directory. git does not store them, but a crafted tree may. */
function nameMistake(name: string): string | null {
  const isIn = !name.startsWith('/') && !/^[a-z]:|\0/i.test(name) && !(process.platform === 'win32' && name.includes('\\'));
  const parts = name.split('/');
  const isPlain = parts.every((part) => !['', '.', '..'].includes(part) && !isGitDirectory(part));
  return isIn && isPlain ? null : 'its name points outside the tree';
}

/** `.git` on some file system: in any case, with endings that Windows drops, characters that macOS ignores, or the short name. */
function isGitDirectory(part: string): boolean {
  return /^(?:\.git|git~\d+)[. ]*(?::.*)?$/i.test(part.replace(/[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g, ''));
}

function removeFolder(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  } catch {
    // A stage removed the permission: a run after a day tries again.
  }
}

/** All other signals already end the process through `exit`. */
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
