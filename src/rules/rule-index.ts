import { type Keywords, keywordsOf } from '../engine/keywords.ts';
import { listRuleSets } from './rule-sets.ts';

/** What a run has to know about a rule before it finds one of its keywords. */
export interface RuleEntry {
  readonly id: string;
  readonly kind: 'content' | 'file';
  readonly isOptIn: boolean;
  /** Index of its set in `listRuleSets`. */
  readonly set: number;
  readonly place: number;
}

const ENTRIES: readonly RuleEntry[] = listRuleSets().flatMap((load, set) =>
  load().map(({ id, kind, isOptIn = false }, place) => ({ id, kind, isOptIn, set, place })),
);

/** Entries of all built-in rules, in the order of the catalogue. The build evaluates this module, so that a run only parses the list. */
export function listRuleEntries(): readonly RuleEntry[] {
  return ENTRIES;
}

/** Ids of all built-in rules. */
export function listRuleIds(): string[] {
  return listRuleEntries().map(({ id }) => id);
}

/** Entries of the file rules: they check every file. */
export const FILE_RULE_ENTRIES: readonly RuleEntry[] = ENTRIES.filter(({ kind }) => kind === 'file');

/** Keywords of the built-in rules. A keyword's owner is an index of {@link listRuleEntries}. */
export const KEYWORDS: Keywords = keywordsOf(
  listRuleSets()
    .flatMap((load) => load())
    .map((rule) =>
      rule.kind === 'content' ? { keywords: rule.keywords, ignoreCase: rule.pattern.ignoreCase } : { keywords: [], ignoreCase: false },
    ),
);
