import { type KeywordWindow, windowsOf } from '../engine/keyword-window.ts';
import { RULE_SETS } from './rule-sets.ts';

/** What a run has to know of a rule before one of its keywords is met. */
export interface RuleHead {
  readonly id: string;
  readonly kind: 'content' | 'file';
  readonly isOptIn: boolean;
  /** Where the rule is in `RULE_SETS`. */
  readonly set: number;
  readonly place: number;
  /** Its keywords, ready for the gate. */
  readonly windows: readonly KeywordWindow[];
}

/** Heads of all built-in rules, in the catalogue's order. The build works this list out and puts the result in place of this file. */
export const HEADS: readonly RuleHead[] = RULE_SETS.flatMap((load, set) =>
  load().map((rule, place) => ({
    id: rule.id,
    kind: rule.kind,
    isOptIn: rule.isOptIn === true,
    set,
    place,
    windows: rule.kind === 'content' ? windowsOf(rule) : [],
  })),
);
