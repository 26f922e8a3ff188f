import { byPlace, type Match } from '../engine/match.ts';
import { SEVERITIES } from '../engine/rule.ts';

const CONFIDENCES = ['high', 'medium', 'low'];

/**
 * One finding a value: where secrets overlap the most specific stays. Rules that are no generic ones come first, then the surer,
 * the worse and the longer match. Leftovers and the like do not compete. What a required rule found stays beside a rule that a config
 * wrote: such a rule could otherwise be made to take its place.
 *
 * @param matches in order of their start
 * @returns matches in the same order
 */
export function withoutOverlaps(matches: readonly Match[], isRequired: (rule: string) => boolean = () => false): Match[] {
  const kept: Match[] = matches.filter(({ rule }) => rule.category !== 'secret');
  let cluster: Match[] = [];
  let clusterEnd = 0;
  for (const match of matches) {
    if (match.rule.category !== 'secret') continue;
    if (match.start >= clusterEnd) {
      kept.push(...bestOf(cluster, isRequired));
      cluster = [];
    }
    cluster.push(match);
    clusterEnd = Math.max(clusterEnd, match.end);
  }
  kept.push(...bestOf(cluster, isRequired));
  return kept.sort(byPlace);
}

/**
 * The other half of a pair is a finding of its own, where a rule for just such values has not found it already: each of the two may stand on a
 * line that is not new.
 *
 * @param matches as `withoutOverlaps` gives them
 * @param bytes what offsets count in
 */
export function withHalves(matches: readonly Match[], bytes: Buffer): Match[] {
  const pairs = matches.filter(({ related, placeholder }) => related !== null && placeholder === null);
  if (pairs.length === 0) return [...matches];
  const secrets = matches.filter(({ rule }) => rule.category === 'secret');
  const halves = new Map<number, Match>();
  const replaced = new Set<Match>();
  for (const pair of pairs) {
    const [start, end] = pair.related!;
    const found = lastBefore(secrets, end);
    const isFound = found !== undefined && found.end > start;
    if (isFound && found.rule.isGeneric !== true) continue;
    if (isFound) replaced.add(found);
    halves.set(start, { ...pair, start, end, value: bytes.toString('latin1', start, end), related: null });
  }
  return [...matches.filter((match) => !replaced.has(match)), ...halves.values()].sort(byPlace);
}

/** The last match that begins before a place; a binary search. */
function lastBefore(matches: readonly Match[], end: number): Match | undefined {
  let [low, high] = [0, matches.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (matches[middle]!.start < end) low = middle + 1;
    else high = middle;
  }
  return matches[low - 1];
}

function bestOf(cluster: readonly Match[], isRequired: (rule: string) => boolean): Match[] {
  if (cluster.length < 2) return [...cluster];
  const kept: Match[] = [];
  for (const match of cluster.toSorted(byRank)) {
    const holdsBeside = (other: Match): boolean =>
      match.start >= other.end || other.start >= match.end || (other.rule.isCustom === true && isRequired(match.rule.id));
    if (kept.every(holdsBeside)) kept.push(match);
  }
  return kept;
}

function byRank(a: Match, b: Match): number {
  return (
    Number(a.rule.isGeneric ?? false) - Number(b.rule.isGeneric ?? false) ||
    CONFIDENCES.indexOf(a.confidence) - CONFIDENCES.indexOf(b.confidence) ||
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    b.end - b.start - (a.end - a.start) ||
    a.start - b.start
  );
}
