import { type Dirent, lstatSync, readdirSync, readFileSync, readlinkSync, type Stats } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { asGuardianError, fileError, GuardianError } from '../../errors/guardian-error.ts';
import { readWorkTreeNames } from '../../git/read-names.ts';
import type { RunContext } from '../run-context.ts';
import { namePath, type ScannedFile } from '../scanned-file.ts';
import { scanContent } from './scan-content.ts';

const SLASH = 0x2f;

/** A file on disk and what it is called in the report. */
interface DiskFile {
  readonly location: Buffer;
  readonly name: Buffer;
  /** Was it named itself, and not found in a folder? */
  readonly isNamed: boolean;
}

/**
 * Scans whole files on disk. A folder inside a repository means the files that git tracks or could add; outside one, all files in it. A file
 * that is named itself is scanned even if git ignores it. `.git` never is.
 *
 * @throws GuardianError USAGE for a path that does not exist
 */
export async function scanPaths(context: RunContext, paths: readonly string[]): Promise<void> {
  const seen = new Set<string>();
  for (const path of paths) {
    for (const file of await listFiles(context, path)) {
      const key = file.location.toString('latin1');
      if (seen.has(key) || context.collector.isDone()) continue;
      seen.add(key);
      await context.limits.pause();
      await scanFile(context, file);
    }
  }
}

async function listFiles({ host: { cwd }, git, top }: RunContext, path: string): Promise<DiskFile[]> {
  const location = resolve(cwd, path);
  const stat = lstatSync(location, { throwIfNoEntry: false });
  if (stat === undefined) {
    throw new GuardianError('USAGE', `${path}: no such file or directory`, {
      hint: 'Paths are relative to the current directory.',
      path,
    });
  }
  const isInside = top !== null && (location === top || location.startsWith(top + sep));
  const nameOf = (file: string): Buffer =>
    Buffer.from(toSlashes(isInside ? relative(top, file) : path === '.' ? relative(cwd, file) : joinName(path, relative(location, file))));
  const diskFile = (file: string): DiskFile => ({ location: Buffer.from(file), name: nameOf(file), isNamed: file === location });
  if (!stat.isDirectory()) return [diskFile(location)];
  if (!isInside) return walk(location).map(diskFile);
  const names = await readWorkTreeNames(git, [`:(top,literal)${toSlashes(relative(top, location))}`]);
  const files = names.map((name) => withoutSlash(Buffer.concat([Buffer.from(top + sep), name])));
  return [
    ...files.map((file, i) => ({ location: file, name: withoutSlash(names[i]!), isNamed: file.equals(Buffer.from(location)) })),
    ...listSpecial(location, files).map(diskFile),
  ];
}

/** Git lists a folder that is a repository of its own with a slash at its end. */
function withoutSlash(path: Buffer): Buffer {
  return path.at(-1) === SLASH ? path.subarray(0, -1) : path;
}

/** FIFOs, sockets and devices next to some files: git does not list them. */
function listSpecial(folder: string, files: readonly Buffer[]): string[] {
  const folders = new Set([folder, ...files.map((file) => dirname(file.toString()))]);
  return [...folders].flatMap((path) =>
    readFolder(path)
      .filter((entry) => !entry.isFile() && !entry.isDirectory() && !entry.isSymbolicLink())
      .map((entry) => join(path, entry.name)),
  );
}

/** Empty if the folder is gone, is not a folder, or has a name that is not valid UTF-8. */
function readFolder(path: string): Dirent[] {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch {
    return [];
  }
}

function joinName(path: string, rest: string): string {
  return rest === '' ? path : join(path, rest);
}

function toSlashes(path: string): string {
  return sep === '/' ? path : path.replaceAll(sep, '/');
}

function walk(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return entry.name === '.git' ? [] : walk(path);
      return [path];
    });
}

async function scanFile(context: RunContext, { location, name, isNamed }: DiskFile): Promise<void> {
  const { policy, collector, limits, top } = context;
  const file: ScannedFile = { ...namePath(name), commit: undefined, status: 'added', isSymlink: false, added: 'all' };
  if (policy.isIgnoredPath(file.path)) return collector.skip(file, 'excluded', 'ignore.paths');
  let stat: Stats | undefined;
  try {
    stat = lstatSync(location, { throwIfNoEntry: false });
    // Deleted but still in the index.
    if (stat === undefined) return;
    const unscannable = whyUnscannable(stat);
    // A named path must be scanned; other things in a folder need not be.
    if (unscannable === null || isNamed) collector.expect(file);
    if (unscannable !== null) return collector.skip(file, ...unscannable);
    if (limits.isOver()) return collector.skip(file, 'timeout', 'performance.timeout', stat.size);
    const target = readTarget(location);
    const exists = (path: string): boolean => lstatSync(top === null ? path : join(top, path), { throwIfNoEntry: false }) !== undefined;
    collector.checkFile({ ...file, isSymlink: target !== null }, { size: stat.size, target, exists, caseCollisions: [] });
    if (target !== null) {
      collector.scan(file, Buffer.from(target));
      return;
    }
    if (stat.size > limits.maxFileSize) {
      return collector.skip(file, 'too-large', `${stat.size} bytes; see performance.maxFileSize`, stat.size);
    }
    const refusal = limits.refuse(stat.size);
    if (refusal !== null) return collector.skip(file, 'too-large', `${stat.size} bytes; see ${refusal}`, stat.size);
    await scanContent(context, file, readFileSync(location));
  } catch (thrown) {
    if (thrown instanceof GuardianError) throw thrown;
    const { message } = asGuardianError(fileError(thrown, file.path, 'Make the file readable, or exclude it with `ignore.paths`.'));
    collector.skip(file, 'unreadable', message, stat?.size ?? 0);
  }
}

/** Why something on disk has no content to scan; null if it has. Reading a FIFO would wait for a writer. */
function whyUnscannable(stat: Stats): [reason: 'submodule' | 'unreadable', detail: string] | null {
  if (stat.isFile() || stat.isSymbolicLink()) return null;
  if (stat.isDirectory()) return ['submodule', 'a repository of its own: scan it from inside'];
  return ['unreadable', `no regular file but a ${stat.isFIFO() ? 'FIFO' : stat.isSocket() ? 'socket' : 'device'}`];
}

/** Target of a symlink on disk; null if it is not one. */
function readTarget(path: Buffer): string | null {
  return lstatSync(path).isSymbolicLink() ? readlinkSync(path) : null;
}
