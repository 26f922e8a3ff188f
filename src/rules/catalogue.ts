import type { Rule } from '../engine/rule.ts';
import { listRuleSets } from './rule-sets.ts';

/** All built-in rules, whole: for commands that speak of rules. A scan starts from their heads instead. */
export const CATALOGUE: readonly Rule[] = listRuleSets().flatMap((load) => load());
