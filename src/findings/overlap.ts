import { byPlace, type Match } from '../engine/match.ts';
import { SEVERITIES } from '../engine/rule.ts';

const CONFIDENCES = ['high', 'medium', 'low'];

/**
 * One finding per value: of overlapping secrets the most specific stays. Provider rules win over generic ones, then higher confidence, severity
 * and length. Leftovers do not compete. A match of a required rule stays next to one of a custom rule, which could otherwise be written to
 * replace it.
 *
 * @param matches sorted by start
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
 * The other half of a pair becomes a separate finding unless a specific rule already found it: either half may be on an unchanged line.
 *
 * @param matches from `withoutOverlaps`
 * @param bytes the text of the offsets
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

/** The last match that starts before a position (binary search). */
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
