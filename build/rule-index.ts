import type { Plugin } from 'rolldown';
import type * as RuleIndex from '../src/rules/rule-index.ts';
import { evaluate } from './evaluate.ts';
import { type KeywordLists, packKeywords } from './packed-keywords.ts';

/** Evaluates src/rules/rule-index.ts now, so that a commit need not construct hundreds of rules to know their keywords. */
export function ruleIndex(): Plugin {
  return {
    name: 'rule-index',
    load: {
      filter: { id: /\/src\/rules\/rule-index\.ts$/ },
      async handler(id) {
        const { listRuleEntries, FILE_RULE_ENTRIES, KEYWORDS } = (await evaluate(id)) as typeof RuleIndex;
        return `
          let entries;
          export const listRuleEntries = () => (entries ??= ${parsed(listRuleEntries())});
          export const listRuleIds = () => listRuleEntries().map(({ id }) => id);
          export const FILE_RULE_ENTRIES = ${parsed(FILE_RULE_ENTRIES)};
          ${await packKeywords(KEYWORDS as unknown as KeywordLists)}
        `;
      },
    },
  };
}

/** V8 reads JSON faster than it reads an object literal. */
function parsed(value: unknown): string {
  return `JSON.parse(${JSON.stringify(JSON.stringify(value))})`;
}
