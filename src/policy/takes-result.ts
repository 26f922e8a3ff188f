import { familyOf } from '../engine/rule-family.ts';
import type { Policy, RunChoice } from './policy.ts';

/** Is a result counted that a stage has under a rule, in a file? What is said of the stage holds for the rule. */
export function takesResult(policy: Policy, { only, skip }: RunChoice, rule: string, path: string): boolean {
  const isNamed = (ids: readonly string[]): boolean => ids.includes(rule) || ids.includes(familyOf(rule));
  return (
    (only.length === 0 || isNamed(only)) &&
    (!isNamed(skip) || policy.isRequired(rule)) &&
    policy.viewsOf(rule).some((view) => view.levelOf(rule, path) !== 'off')
  );
}
