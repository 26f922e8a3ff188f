import { lstatSync, readdirSync, readFileSync, type Stats } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { asGuardianError, fileError, GuardianError } from '../../errors/guardian-error.ts';
import type { GitClient } from '../../git/client.ts';
import type { BlobLimits } from '../../git/read-blobs.ts';
import { readWorkTreeNames } from '../../git/read-names.ts';
import type { Policy } from '../../policy/policy.ts';
import { readTarget } from './scan-changes.ts';
import type { Collector } from '../collector.ts';
import { scanContent } from './scan-content.ts';
import { namePath, type Unit } from '../scanned-file.ts';

/** What scanning files on disk needs. */
export interface PathRun {
  readonly cwd: string;
  readonly git: GitClient;
  /** Top of the repository; null outside one. */
  readonly top: string | null;
  readonly policy: Policy;
  readonly collector: Collector;
  readonly limits: BlobLimits;
}

/** A file on disk and what it is called in the report. */
interface DiskFile {
  readonly location: Buffer;
  readonly name: Buffer;
}

/**
 * Looks at whole files on disk. A folder inside a repository stands for what git tracks or could add in it; outside one for all in it. A
 * file that is named itself is looked at whatever git ignores. `.git` never is.
 *
 * @throws GuardianError USAGE for a path that does not exist
 */
export async function scanPaths(run: PathRun, paths: readonly string[]): Promise<void> {
  const seen = new Set<string>();
  for (const path of paths) {
    for (const file of await listFiles(run, path)) {
      const key = file.location.toString('latin1');
      if (seen.has(key) || run.collector.isDone()) continue;
      seen.add(key);
      await run.limits.pause();
      await scanFile(run, file);
    }
  }
}

async function listFiles({ cwd, git, top }: PathRun, path: string): Promise<DiskFile[]> {
  const location = resolve(cwd, path);
  const stat = lstatSync(location, { throwIfNoEntry: false });
  if (stat === undefined) {
    throw new GuardianError('USAGE', `there is no ${path}`, {
      hint: 'Name files or folders that exist, from the folder you are in.',
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

async function scanFile(run: PathRun, { location, name }: DiskFile): Promise<void> {
  const { policy, collector, limits, top } = run;
  const unit: Unit = { ...namePath(name), commit: undefined, status: 'added', isSymlink: false, added: 'all' };
  if (policy.isIgnoredPath(unit.path)) return collector.skip(unit, 'excluded', 'ignore.paths');
  let stat: Stats | undefined;
  try {
    stat = lstatSync(location, { throwIfNoEntry: false });
    // Deleted, but still in the index; or another repository.
    if (stat === undefined || stat.isDirectory()) return;
    collector.expect(unit);
    if (limits.isOver()) return collector.skip(unit, 'timeout', 'performance.timeout', stat.size);
    const target = readTarget(location);
    const exists = (path: string): boolean => lstatSync(top === null ? path : join(top, path), { throwIfNoEntry: false }) !== undefined;
    collector.checkFile({ ...unit, isSymlink: target !== null }, { size: stat.size, target, exists, caseCollisions: [] });
    if (target !== null) {
      collector.scan(unit, Buffer.from(target));
      return;
    }
    if (stat.size > limits.maxFileSize) {
      return collector.skip(unit, 'too-large', `${stat.size} bytes; see performance.maxFileSize`, stat.size);
    }
    const refusal = limits.refuse(stat.size);
    if (refusal !== null) return collector.skip(unit, 'too-large', `${stat.size} bytes; see ${refusal}`, stat.size);
    await scanContent(run, unit, readFileSync(location));
  } catch (thrown) {
    if (thrown instanceof GuardianError) throw thrown;
    const { message } = asGuardianError(fileError(thrown, unit.path, 'Make the file readable, or leave it out by `ignore.paths`.'));
    collector.skip(unit, 'unreadable', message, stat?.size ?? 0);
  }
}
