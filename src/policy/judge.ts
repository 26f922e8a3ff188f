import type { Outcome } from '../findings/finding.ts';
import { SEVERITIES, type Severity } from '../engine/rule.ts';
import type { Config, Level } from './config.ts';
import type { Policy } from './policy.ts';

/** What a run came to. `incomplete`: something that should have been scanned was not. */
export type Verdict = 'clean' | 'warned' | 'blocked' | 'incomplete';

/** From the worst to the mildest. */
const OUTCOMES: readonly Outcome[] = ['block', 'warn', 'note'];

/** Is `severity` at least as bad as `threshold`? */
export function isAtLeast(severity: Severity, threshold: Severity): boolean {
  return SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(threshold);
}

/** What the policy makes of one finding: the strictest that anybody says who speaks about its rule. */
export function judgeFinding(
  policy: Policy,
  { rule, path, severity, moved }: { readonly rule: string; readonly path: string; readonly severity: Severity; readonly moved: boolean },
): Outcome {
  const said = policy.viewsOf(rule).map(({ config, levelOf }) => outcomeBy(config, { severity, level: levelOf(rule, path), moved }));
  return said.reduce((worst, outcome) => (OUTCOMES.indexOf(outcome) < OUTCOMES.indexOf(worst) ? outcome : worst));
}

/**
 * What one config makes of a finding. A level that it names for the rule decides alone; without one the severity does. What only moved
 * within the change blocks nothing, and without `failFast` nothing blocks.
 */
export function outcomeBy(
  { failFast, failOn }: Pick<Config, 'failFast' | 'failOn'>,
  { severity, level, moved }: { readonly severity: Severity; readonly level: Level | null; readonly moved: boolean },
): Outcome {
  const isBad = level === null ? isAtLeast(severity, failOn) : level === 'error';
  if (isBad) return moved || !failFast ? 'warn' : 'block';
  return level === null && severity === 'info' ? 'note' : 'warn';
}

/** The verdict of a run. */
export function judgeRun(outcomes: Iterable<Outcome>, isComplete: boolean): Verdict {
  const seen = new Set(outcomes);
  if (seen.has('block')) return 'blocked';
  if (!isComplete) return 'incomplete';
  return seen.has('warn') ? 'warned' : 'clean';
}
