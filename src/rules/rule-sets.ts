import { COMMON_SETS } from './themes/theme-sets.ts';
import { files } from './themes/files.ts';
import { PROVIDER_SETS } from './providers/provider-sets.ts';
import type { Rule, RuleSet } from '../engine/rule.ts';

/** All built-in rules by their files, in the order of the docs page. */
export function listRuleSets(): readonly RuleSet[] {
  return [files, ...COMMON_SETS, ...PROVIDER_SETS];
}

/**
 * The rule of a place in {@link listRuleSets}. Every commit asks the rules about files; the others are two chunks, each of which is loaded
 * when one of its keywords is met.
 */
export function loadRule(set: number, place: number): Rule {
  const load = set === 0 ? files : (COMMON_SETS[set - 1] ?? PROVIDER_SETS[set - 1 - COMMON_SETS.length]!);
  return load()[place]!;
}
