import type { Invocation, Run } from './command.ts';
import { EXIT } from '../errors/exit-codes.ts';
import { GuardianError } from '../errors/guardian-error.ts';
import { didYouMean } from '../errors/did-you-mean.ts';
import { compileCustomRule } from '../policy/policy.ts';
import { renderDocument } from '../report/json-document.ts';
import { renderRule, ruleFields, type RuleView } from '../report/words/rules.ts';
import { CATALOGUE } from '../rules/catalogue.ts';
import type { Rule } from '../engine/rule.ts';
import { loadDiskConfig } from './load-disk-config.ts';
import { chooseFormat } from './choose-format.ts';
import { ruleView } from './rule-view.ts';

const FORMATS: Readonly<Record<string, (rule: Rule, view: RuleView) => string>> = {
  pretty: renderRule,
  json: (rule) => renderDocument(ruleFields(rule)),
};

/** `code-guardian rules explain ID`: one rule, built in or from the config. */
export const run: Run = async (invocation) => {
  const { host, options, args } = invocation;
  const render = chooseFormat(FORMATS, options.format);
  const rule = await findRule(invocation, args[0]!);
  host.stdout.write(render(rule, await ruleView(host, options)));
  return EXIT.ok;
};

async function findRule(invocation: Invocation, id: string): Promise<Rule> {
  const builtIn = CATALOGUE.find((rule) => rule.id === id);
  if (builtIn !== undefined) return builtIn;
  // Read the config only now: a broken one must not hide a built-in rule.
  const { config } = await loadDiskConfig(invocation);
  const custom = config.customRules.find((rule) => rule.id === id);
  if (custom !== undefined) return compileCustomRule(custom);
  const known = [...CATALOGUE, ...config.customRules].map((rule) => rule.id);
  throw new GuardianError('USAGE', `unknown rule ${JSON.stringify(id)}${didYouMean(id, known)}`, {
    hint: 'To list the rules: `code-guardian rules list`',
  });
}
