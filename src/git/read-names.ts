import type { GitClient } from './client.ts';

/** Names that fit on a command line; for more, the whole list is read. */
const MAX_PATHSPECS = 200;

/**
 * Tracked names that differ from one of these only in case, for case-insensitive file systems.
 *
 * @param paths from the repository's top
 * @returns lower-case name → tracked names
 */
export async function readCaseCollisions(git: GitClient, paths: readonly string[]): Promise<Map<string, string[]>> {
  const collisions = new Map<string, string[]>();
  if (paths.length === 0) return collisions;
  const wanted = new Set(paths.map((path) => path.toLowerCase()));
  const specs = paths.length > MAX_PATHSPECS ? [':/'] : paths.map((path) => `:(icase,top,literal)${path}`);
  const out = await git.read(['ls-files', '-z', '--full-name', '--', ...specs]);
  for (const path of out.toString().split('\0')) {
    const lower = path.toLowerCase();
    if (!wanted.has(lower)) continue;
    const known = collisions.get(lower);
    if (known === undefined) collisions.set(lower, [path]);
    else if (!known.includes(path)) known.push(path);
  }
  return collisions;
}

/**
 * Files below some paths of the work tree that git tracks or could add, without ignored files.
 *
 * @param paths pathspecs relative to the folder in which git runs
 * @returns names from the repository's top, as bytes
 */
export async function readWorkTreeNames(git: GitClient, paths: readonly string[]): Promise<Buffer[]> {
  const out = await git.read(['ls-files', '-z', '--full-name', '--cached', '--others', '--exclude-standard', '--', ...paths]);
  // A file with a merge conflict is listed once per stage.
  const names = new Set<string>();
  for (let at = 0; at < out.length;) {
    const end = out.indexOf(0, at);
    names.add(out.toString('latin1', at, end));
    at = end + 1;
  }
  return [...names].map((name) => Buffer.from(name, 'latin1'));
}
