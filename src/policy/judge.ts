import type { Outcome } from '../findings/finding.ts';
import { SEVERITIES, type Severity } from '../rules/rule.ts';
import type { Level } from './config.ts';
import type { Policy } from './policy.ts';

/** What a run came to. `incomplete`: something that should have been scanned was not. */
export type Verdict = 'clean' | 'warned' | 'blocked' | 'incomplete';

/** Is `severity` at least as bad as `threshold`? */
export function isAtLeast(severity: Severity, threshold: Severity): boolean {
  return SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(threshold);
}

/**
 * What the policy makes of one finding. A level that the policy names for the rule decides alone; without one the severity does. What
 * only moved within the change blocks nothing, and without `failFast` nothing blocks.
 */
export function judgeFinding(
  { config }: Policy,
  finding: { readonly severity: Severity; readonly level: Level | null; readonly moved: boolean },
): Outcome {
  const { severity, level, moved } = finding;
  const isBad = level === null ? isAtLeast(severity, config.failOn) : level === 'error';
  if (isBad) return moved || !config.failFast ? 'warn' : 'block';
  return level === null && severity === 'info' ? 'note' : 'warn';
}

/** The verdict of a run. */
export function judgeRun(outcomes: Iterable<Outcome>, isComplete: boolean): Verdict {
  const seen = new Set(outcomes);
  if (seen.has('block')) return 'blocked';
  if (!isComplete) return 'incomplete';
  return seen.has('warn') ? 'warned' : 'clean';
}
