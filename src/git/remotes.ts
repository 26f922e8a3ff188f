import type { GitClient } from './client.ts';

/** Where a remote is, as the config says it. */
export interface Remote {
  readonly name: string;
  /** The first one is fetched from; without `pushUrls` all are pushed to. */
  readonly urls: readonly string[];
  readonly pushUrls: readonly string[];
}

/** Reads the remotes of a repository. */
export async function readRemotes(git: GitClient): Promise<Remote[]> {
  // `--get-regexp` exits with 1 when nothing matches, which looks like a failure.
  return parseRemotes((await git.read(['config', '--list', '-z'])).toString());
}

/** `git config --list -z`: `KEY LF VALUE NUL`; a key without a value has no LF. */
export function parseRemotes(config: string): Remote[] {
  const remotes = new Map<string, { name: string; urls: string[]; pushUrls: string[] }>();
  for (const entry of config.split('\0')) {
    // Git gives sections and keys in lower case, and the name in between as it was written.
    const [, name, key, value = ''] = /^remote\.([^\n]+)\.(url|pushurl)(?:\n([^]*))?$/.exec(entry) ?? [];
    if (name === undefined) continue;
    const remote = remotes.get(name) ?? { name, urls: [], pushUrls: [] };
    remotes.set(name, remote);
    if (key === 'url') remote.urls.push(value);
    if (key === 'pushurl') remote.pushUrls.push(value);
  }
  return [...remotes.values()];
}

/**
 * Arguments of `rev-list` for what the other side has already, as far as this clone knows: the refs that follow the remote. They count only if
 * they were fetched from the place that is pushed to: a remote may fetch from one place and push to another, which may lack those commits.
 *
 * @param remote its name, or its URL if it has none
 * @param url the push URL
 * @returns none where nothing is known
 */
export function knownRefs(remotes: readonly Remote[], remote: string, url: string): string[] {
  const isFetchedFrom = ({ urls: [first] }: Remote): boolean =>
    first !== undefined && [remote, url].some((pushed) => isSamePlace(first, pushed));
  const named = remotes.find(({ name }) => name === remote);
  // With one URL for both, another in its place is only how git rewrites it (`insteadOf`).
  const isPlain = named !== undefined && named.urls.length <= 1 && named.pushUrls.length === 0;
  const followed = named === undefined ? remotes.filter(isFetchedFrom) : isPlain || isFetchedFrom(named) ? [named] : [];
  return followed.flatMap(({ name }) => refsOf(name, remotes));
}

/** The arguments for an ordinary remote: a guess for callers that do not wait for the config. */
export function usualRefs(remote: string): string[] {
  return isPlainName(remote) ? [`--remotes=${remote}`] : [];
}

/** `--remotes=a` takes in the refs of a remote called `a/b`, which has nothing to do with it. */
function refsOf(name: string, remotes: readonly Remote[]): string[] {
  if (!isPlainName(name)) return [];
  const inner = remotes.filter((other) => other.name.startsWith(`${name}/`) && isPlainName(other.name));
  return [...inner.map((other) => `--exclude=${other.name}/*`), `--remotes=${name}`];
}

/** Git would read other names as patterns. */
function isPlainName(name: string): boolean {
  return name !== '' && !/[*?[\\]/.test(name);
}

/** Do two URLs lead to one repository? Forges serve one under HTTPS and SSH; of all else only the same text is the same place. */
function isSamePlace(a: string, b: string): boolean {
  return a === b || (forgePath(a) !== null && forgePath(a) === forgePath(b));
}

/** `host/path` of a repository that a forge serves: over HTTP, or over SSH as `git`; null: none. */
function forgePath(url: string): string | null {
  const [, host, path] =
    /^https?:\/\/(?:[^@/]*@)?([^/:]+)\/(.+)$/i.exec(url) ??
    /^ssh:\/\/git@([^/:]+)\/(.+)$/i.exec(url) ??
    /^git@([^/:]+):(?!\/)(.+)$/i.exec(url) ??
    [];
  return host === undefined || path === undefined ? null : `${host.toLowerCase()}/${path.replace(/\/+$/, '').replace(/\.git$/, '')}`;
}
