import type { Outcome } from '../findings/finding.ts';
import { SEVERITIES, type Severity } from '../engine/rule.ts';
import type { Config, Level } from './config.ts';
import type { Policy } from './policy.ts';

/** The result of a run. `incomplete`: something was not scanned that should have been. */
export type Verdict = 'clean' | 'warned' | 'blocked' | 'incomplete';

/** Strictest first. */
const OUTCOMES: readonly Outcome[] = ['block', 'warn', 'note'];

/** Whether `severity` is at or above `threshold`. */
export function isAtLeast(severity: Severity, threshold: Severity): boolean {
  return SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(threshold);
}

/** The outcome of one finding: the strictest of all configs that may decide about its rule. */
export function judgeFinding(
  policy: Policy,
  { rule, path, severity, moved }: { readonly rule: string; readonly path: string; readonly severity: Severity; readonly moved: boolean },
): Outcome {
  const said = policy.viewsOf(rule).map(({ config, levelOf }) => outcomeBy(config, { severity, level: levelOf(rule, path), moved }));
  return said.reduce((worst, outcome) => (OUTCOMES.indexOf(outcome) < OUTCOMES.indexOf(worst) ? outcome : worst));
}

/**
 * The outcome of a finding by one config. A level for the rule decides; otherwise the severity does. Text that only moved within the change
 * never blocks, and without `failFast` nothing does.
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
