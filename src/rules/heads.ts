import { type Keywords, keywordsOf } from '../engine/keywords.ts';
import { listRuleSets } from './rule-sets.ts';

/** What a run has to know of a rule before one of its keywords is met. */
export interface RuleHead {
  readonly id: string;
  readonly kind: 'content' | 'file';
  readonly isOptIn: boolean;
  /** Where the rule is in `listRuleSets`. */
  readonly set: number;
  readonly place: number;
}

/** Heads of all built-in rules, in the catalogue's order. The build works these lists out and puts the result in place of this file. */
export const HEADS: readonly RuleHead[] = listRuleSets().flatMap((load, set) =>
  load().map(({ id, kind, isOptIn = false }, place) => ({ id, kind, isOptIn, set, place })),
);

/** Keywords of the built-in rules. Their owner is the place in {@link HEADS}. */
export const KEYWORDS: Keywords = keywordsOf(
  listRuleSets()
    .flatMap((load) => load())
    .map((rule) =>
      rule.kind === 'content' ? { keywords: rule.keywords, ignoreCase: rule.pattern.ignoreCase } : { keywords: [], ignoreCase: false },
    ),
);
