import type { GitClient } from './client.ts';

/** Which commits a push brings. */
export interface NewCommits {
  /** Object ids: of commits, or of tags on them; what leads to no commit has none to bring. All must be there. */
  readonly tips: readonly string[];
  /** Object ids that the other side is known to have. Those that are not here are passed over. */
  readonly old: readonly string[];
  /** Arguments of `rev-list` for refs that the other side has: `--remotes=origin`, `--all`. */
  readonly known: readonly string[];
}

/** The command, but for what is wanted. Without `--ignore-missing` an old tip that is not here ends it. A new one is missed aloud by readTips. */
export const NEW_COMMITS: readonly string[] = ['rev-list', '--topo-order', '--reverse', '--ignore-missing'];

/** Ids of the commits that a push brings, oldest first: reachable from the new tips, and from nothing that the other side is known to have. */
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
  // On standard input `^` leaves out, whatever `--not` says on the command line.
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
