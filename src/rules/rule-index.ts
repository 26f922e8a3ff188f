import { type Keywords, keywordsOf } from '../engine/keywords.ts';
import { listRuleSets } from './rule-sets.ts';

/** What a run has to know of a rule before one of its keywords is met. */
export interface RuleEntry {
  readonly id: string;
  readonly kind: 'content' | 'file';
  readonly isOptIn: boolean;
  /** Where the rule is in `listRuleSets`. */
  readonly set: number;
  readonly place: number;
}

const ENTRIES: readonly RuleEntry[] = listRuleSets().flatMap((load, set) =>
  load().map(({ id, kind, isOptIn = false }, place) => ({ id, kind, isOptIn, set, place })),
);

/** Heads of all built-in rules, in the catalogue's order. The build works this file out, and reads a list when it is asked for. */
export function listRuleEntries(): readonly RuleEntry[] {
  return ENTRIES;
}

/** Ids of all built-in rules. */
export function listRuleIds(): string[] {
  return listRuleEntries().map(({ id }) => id);
}

/** Heads of the rules about files: every file is shown to them. */
export const FILE_RULE_ENTRIES: readonly RuleEntry[] = ENTRIES.filter(({ kind }) => kind === 'file');

/** Keywords of the built-in rules. Their owner is the place in {@link listRuleEntries}. */
export const KEYWORDS: Keywords = keywordsOf(
  listRuleSets()
    .flatMap((load) => load())
    .map((rule) =>
      rule.kind === 'content' ? { keywords: rule.keywords, ignoreCase: rule.pattern.ignoreCase } : { keywords: [], ignoreCase: false },
    ),
);
