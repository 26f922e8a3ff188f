import type { GitClient } from './client.ts';

/** The new commits of a push. */
export interface NewCommits {
  /** Ids of commits, or of tags on them. Other objects add no commits. All must exist. */
  readonly tips: readonly string[];
  /** Object ids that the other side is known to have. Ids that do not exist here are ignored. */
  readonly old: readonly string[];
  /** Arguments of `rev-list` for refs that the other side has: `--remotes=origin`, `--all`. */
  readonly known: readonly string[];
}

/** The command without the tips. Without `--ignore-missing` it fails for an old tip that does not exist here. readTips reports missing new tips. */
export const NEW_COMMITS: readonly string[] = ['rev-list', '--topo-order', '--reverse', '--ignore-missing'];

/** Ids of the new commits of a push, oldest first: reachable from the new tips, but not from what the other side is known to have. */
export async function readNewCommits(git: GitClient, wanted: NewCommits): Promise<string[]> {
  const commits: string[] = [];
  await readLines(git, wanted, [], (line) => commits.push(line));
  return commits;
}

/** The same commits, each with its parents. */
export async function readNewGraph(git: GitClient, wanted: NewCommits): Promise<Map<string, readonly string[]>> {
  const graph = new Map<string, readonly string[]>();
  await readLines(git, wanted, ['--parents'], (line) => {
    const [commit = '', ...parents] = line.split(' ');
    graph.set(commit, parents);
  });
  return graph;
}

async function readLines(
  git: GitClient,
  { tips, old, known }: NewCommits,
  more: readonly string[],
  onLine: (line: string) => void,
): Promise<void> {
  if (tips.length === 0) return;
  // On standard input `^` excludes, regardless of `--not` on the command line.
  const input = `${[...tips, ...old.map((id) => `^${id}`)].join('\n')}\n`;
  const args = [...NEW_COMMITS, ...more, '--stdin', '--not', ...known];
  let rest = '';
  await git.stream(args, {
    input,
    onData: (chunk) => {
      const lines = (rest + chunk.toString('latin1')).split('\n');
      rest = lines.pop()!;
      lines.forEach(onLine);
    },
  });
}
