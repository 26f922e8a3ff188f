import { familyOf } from '../engine/rule-family.ts';
import type { Policy, RunChoice } from './policy.ts';

/** Whether a stage's result for a rule counts in a file. Settings of the stage apply to its rules. */
export function takesResult(policy: Policy, { only, skip }: RunChoice, rule: string, path: string): boolean {
  const isNamed = (ids: readonly string[]): boolean => ids.includes(rule) || ids.includes(familyOf(rule));
  return (
    (only.length === 0 || isNamed(only)) &&
    (!isNamed(skip) || policy.isRequired(rule)) &&
    policy.viewsOf(rule).some((view) => view.levelOf(rule, path) !== 'off')
  );
}
