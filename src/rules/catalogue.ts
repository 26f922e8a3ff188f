import type { Rule } from '../engine/rule.ts';
import { listRuleSets } from './rule-sets.ts';

/** All built-in rules, complete: for commands about rules. A scan starts from the rule index instead. */
export const CATALOGUE: readonly Rule[] = listRuleSets().flatMap((load) => load());
