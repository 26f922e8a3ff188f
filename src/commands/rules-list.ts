import { resolve } from 'node:path';
import type { Run } from './command.ts';
import { EXIT } from '../errors/exit-codes.ts';
import { renderRuleList, renderRulesJson, type RuleView } from '../report/words/rules.ts';
import { CATALOGUE } from '../rules/catalogue.ts';
import type { Rule } from '../engine/rule.ts';
import { writeOutput } from '../disk/write-output.ts';
import { chooseFormat } from './choose-format.ts';
import { ruleView } from './rule-view.ts';

const FORMATS: Readonly<Record<string, () => Promise<(rules: readonly Rule[], view: RuleView) => string>>> = {
  pretty: async () => renderRuleList,
  json: async () => renderRulesJson,
  markdown: async () => (await import('../report/pages/rules-markdown.ts')).renderRulesMarkdown,
};

/** `code-guardian rules list`: all built-in rules. The Markdown format is the docs page. */
export const run: Run = async ({ host, options }) => {
  const render = await chooseFormat(FORMATS, options.format)();
  const text = render(CATALOGUE, await ruleView(host, options));
  if (options.output === undefined) host.stdout.write(text);
  else writeOutput(resolve(host.cwd, options.output), text);
  return EXIT.ok;
};
