import { isZeroId } from '../../diff/changed-file.ts';
import { archiveOf } from '../../engine/archive/member-path.ts';
import type { Finding } from '../../findings/finding.ts';
import type { GitClient } from '../../git/client.ts';
import { readNewGraph } from '../../git/read-new-commits.ts';
import { readObjectIds, readRemoteBranches } from '../../git/read-published.ts';
import type { PushedObjects } from '../../git/read-pushed.ts';
import type { Verdict } from '../../policy/judge.ts';
import type { CommitPlace, PushReport, RefReport } from '../../report/scan-report.ts';
import type { PushProgress } from './scan-pushed-objects.ts';
import { COMMIT_MESSAGE, TAG_MESSAGE } from '../targets/scan-text.ts';
import type { PushTarget } from '../targets/target.ts';

/** Commits whose place and way out the report shows, at most. */
const MAX_PLACES = 3;

/** A push that has been judged. */
export interface JudgedPush {
  readonly target: PushTarget;
  /** Null: there was no time to ask. */
  readonly pushed: PushedObjects | null;
  readonly scan: PushProgress;
  readonly verdict: Verdict;
  readonly findings: readonly Finding[];
  /** Did something fail that may affect every ref? */
  readonly hasErrors: boolean;
}

/** What a report says about a push in addition to its findings. It asks git only if something is wrong. */
export async function reportPush(git: GitClient, judged: JudgedPush): Promise<Pick<PushReport, 'commits' | 'refs' | 'places' | 'blocked'>> {
  const { target, pushed, scan, verdict, findings } = judged;
  const blocking = findings.filter(({ outcome }) => outcome === 'block');
  const isPlain = verdict === 'clean' || target.updates.length === 1;
  const graph: Graph =
    pushed === null || scan.commits === null || (isPlain && blocking.length === 0) ? new Map() : await readNewGraph(git, pushed.range);
  const order = new Map([...(scan.commits ?? []), ...graph.keys()].map((id, i) => [id, i]));
  const ids = [...new Set(blocking.map(({ commit }) => commit!))].toSorted(
    (a, b) => (order.get(a) ?? order.size) - (order.get(b) ?? order.size),
  );
  return {
    commits: countCommits(scan),
    refs: judgeRefs(judged, graph),
    places: pushed === null ? [] : await locateCommits(git, { ...judged, pushed }, graph, ids.slice(0, MAX_PLACES), blocking),
    blocked: ids.length,
  };
}

function countCommits({ commits, known, unscanned }: PushProgress): PushReport['commits'] {
  return { total: commits?.length ?? 0, known, unscanned: commits?.filter((id) => unscanned.has(id)).length ?? 0 };
}

/** The commits of a push and their parents, oldest first. */
type Graph = ReadonlyMap<string, readonly string[]>;

const RANKS: readonly Verdict[] = ['clean', 'warned', 'incomplete', 'blocked'];

function worst(verdicts: Iterable<Verdict>): Verdict {
  return RANKS[Math.max(0, ...[...verdicts].map((verdict) => RANKS.indexOf(verdict)))]!;
}

/** The verdict of each ref: the worst of what it brings. A commit that several refs bring counts for each. */
function judgeRefs({ target, pushed, scan, verdict, findings, hasErrors }: JudgedPush, graph: Graph): RefReport[] {
  const own = new Map<string, Verdict>();
  const judge = (id: string, said: Verdict): void => void own.set(id, worst([own.get(id) ?? 'clean', said]));
  for (const id of scan.unscanned) judge(id, 'incomplete');
  for (const { commit, outcome } of findings) if (outcome !== 'note') judge(commit ?? '', outcome === 'block' ? 'blocked' : 'warned');
  // Parents come first.
  const reached = new Map<string, Verdict>();
  for (const [id, parents] of graph) {
    reached.set(id, worst([own.get(id) ?? 'clean', ...parents.map((parent) => reached.get(parent) ?? 'clean')]));
  }
  const verdictOf = (newId: string | null): Verdict => {
    if (newId === null || verdict === 'clean') return 'clean';
    if (target.updates.length === 1) return verdict;
    const tip = pushed?.tips.get(newId);
    if (tip === undefined || scan.commits === null) return 'incomplete';
    const { id } = tip.target;
    const parts = [reached.get(id) ?? own.get(id) ?? 'clean', ...tip.tags.map((tag) => own.get(tag) ?? 'clean')];
    return worst([...parts, hasErrors ? 'incomplete' : 'clean']);
  };
  return target.updates.map(({ ref, oldId, newId }) => ({ ref, oldId, newId, verdict: verdictOf(newId) }));
}

/** Where commits are in the push, for the way out. */
async function locateCommits(
  git: GitClient,
  { target, pushed }: JudgedPush & { readonly pushed: PushedObjects },
  graph: Graph,
  ids: readonly string[],
  findings: readonly Finding[],
): Promise<CommitPlace[]> {
  if (ids.length === 0) return [];
  const tips = target.updates.flatMap(({ newId, ref, source }) => {
    const tip = newId === null ? undefined : pushed.tips.get(newId);
    return tip === undefined ? [] : [{ tip, name: shortName(source ?? ref) }];
  });
  const above = ids.map((id) => commitsAbove(graph, id));
  const homes = ids.map((id, i) => tips.find(({ tip }) => tip.tags.includes(id) || tip.target.id === id || above[i]!.has(tip.target.id)));
  // One question to git for everything that is compared: what is checked out, and each file in its commit and at the tip.
  const asked = ids.map((id, i) => {
    const path = archiveOf(findings.find(({ commit }) => commit === id)!.path);
    return [`${id}:${path}`, `${homes[i]?.tip.target.id ?? id}:${path}`];
  });
  const [head = null, ...blobs] = await readObjectIds(git, ['HEAD', ...asked.flat()]);
  const places: CommitPlace[] = [];
  for (const [i, id] of ids.entries()) {
    const home = homes[i];
    const later = [...above[i]!];
    const paths = new Set(findings.filter(({ commit }) => commit === id).map(({ path }) => path));
    const parents = graph.get(id);
    places.push({
      id,
      kind: parents !== undefined ? 'commit' : home?.tip.tags.includes(id) === true ? 'tag' : 'object',
      ref: home?.name ?? '',
      isCheckedOut: home !== undefined && home.tip.target.id === head,
      isRoot: parents?.length === 0,
      later: later.length,
      hasLaterMerge: later.some((commit) => graph.get(commit)!.length > 1),
      isMessage: paths.has(COMMIT_MESSAGE) || paths.has(TAG_MESSAGE),
      isChangedLater: blobs[2 * i] !== blobs[2 * i + 1],
      publishedOn: target.kind === 'push' && parents !== undefined ? await readRemoteBranches(git, id) : [],
    });
  }
  return places;
}

/** The commits that come after one. */
function commitsAbove(graph: Graph, id: string): Set<string> {
  const above = new Set<string>();
  for (const [commit, parents] of graph) {
    if (parents.some((parent) => parent === id || above.has(parent))) above.add(commit);
  }
  return above;
}

/** `refs/heads/main` → `main`, `refs/tags/v1` → `v1`. */
function shortName(ref: string): string {
  return isZeroId(ref) ? '' : ref.replace(/^refs\/(?:heads|tags|remotes)\//, '');
}
