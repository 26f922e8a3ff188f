import type { Match } from '../engine/match.ts';
import { SEVERITIES } from '../rules/rule.ts';

const CONFIDENCES = ['high', 'medium', 'low'];

/**
 * One finding a value: where secrets overlap the most specific stays. Rules that are no generic ones come first, then the surer,
 * the worse and the longer match. A pair speaks for its other half too. Leftovers and the like do not compete. What a required rule
 * found stays beside a rule that a config wrote: such a rule could otherwise be made to take its place.
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
  return withoutHalves(kept).sort((a, b) => a.start - b.start || a.end - b.end);
}

/** Leaves out secrets that are the other half of a pair. */
function withoutHalves(matches: readonly Match[]): Match[] {
  const halves = matches.flatMap(({ related, placeholder }) => (related === null || placeholder !== null ? [] : [related]));
  if (halves.length === 0) return [...matches];
  return matches.filter(
    ({ rule, related, start, end }) =>
      rule.category !== 'secret' || related !== null || !halves.some((half) => start < half[1] && end > half[0]),
  );
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
