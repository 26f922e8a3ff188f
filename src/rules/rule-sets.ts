import { COMMON_SETS } from './themes/theme-sets.ts';
import { files } from './themes/files.ts';
import { PROVIDER_SETS } from './providers/provider-sets.ts';
import type { Rule, RuleSet } from '../engine/rule.ts';

/** All built-in rules by file, in the order of the docs page. */
export function listRuleSets(): readonly RuleSet[] {
  return [files, ...COMMON_SETS, ...PROVIDER_SETS];
}

/**
 * The rule at a place in {@link listRuleSets}. Every commit needs the file rules; the other rules are two chunks, each loaded when one of
 * its keywords occurs.
 */
export function loadRule(set: number, place: number): Rule {
  const load = set === 0 ? files : (COMMON_SETS[set - 1] ?? PROVIDER_SETS[set - 1 - COMMON_SETS.length]!);
  return load()[place]!;
}
