import { lstatSync, readdirSync, readFileSync, readlinkSync, type Stats } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { asGuardianError, fileError, GuardianError } from '../../errors/guardian-error.ts';
import { readWorkTreeNames } from '../../git/read-names.ts';
import type { RunContext } from '../run-context.ts';
import { namePath, type ScannedFile } from '../scanned-file.ts';
import { scanContent } from './scan-content.ts';

/** A file on disk and what it is called in the report. */
interface DiskFile {
  readonly location: Buffer;
  readonly name: Buffer;
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
  if (!stat.isDirectory()) return [{ location: Buffer.from(location), name: nameOf(location) }];
  if (isInside) {
    const names = await readWorkTreeNames(git, [`:(top,literal)${toSlashes(relative(top, location))}`]);
    return names.map((name) => ({ location: Buffer.concat([Buffer.from(top + sep), name]), name }));
  }
  return walk(location).map((file) => ({ location: Buffer.from(file), name: nameOf(file) }));
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
      return entry.isFile() || entry.isSymbolicLink() ? [path] : [];
    });
}

async function scanFile(context: RunContext, { location, name }: DiskFile): Promise<void> {
  const { policy, collector, limits, top } = context;
  const file: ScannedFile = { ...namePath(name), commit: undefined, status: 'added', isSymlink: false, added: 'all' };
  if (policy.isIgnoredPath(file.path)) return collector.skip(file, 'excluded', 'ignore.paths');
  let stat: Stats | undefined;
  try {
    stat = lstatSync(location, { throwIfNoEntry: false });
    // Deleted but still in the index, or another repository.
    if (stat === undefined || stat.isDirectory()) return;
    collector.expect(file);
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

/** Target of a symlink on disk; null if it is none. */
function readTarget(path: Buffer): string | null {
  return lstatSync(path).isSymbolicLink() ? readlinkSync(path) : null;
}
