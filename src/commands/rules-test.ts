import type { Invocation, Run } from './command.ts';
import { EXIT } from '../errors/exit-codes.ts';
import { createScanner, SAMPLE_TIME, sourceOf } from '../engine/scanner.ts';
import { GuardianError } from '../errors/guardian-error.ts';
import { mergeConfig } from '../policy/merge-config.ts';
import { compileCustomRule } from '../policy/policy.ts';
import { hasFailed, renderSampleResults, type SampleResult } from '../report/words/sample-results.ts';
import { CATALOGUE } from '../rules/catalogue.ts';
import { checkSamples } from '../rules/drafting/check-samples.ts';
import type { Rule } from '../engine/rule.ts';
import { explainMiss } from './explain-miss.ts';
import { loadDiskConfig } from './load-disk-config.ts';
import { ruleView } from './rule-view.ts';

/** `code-guardian rules test [FILE…]`: the built-in rules on their samples, or the custom rules of config files on theirs. */
export const run: Run = async (invocation) => {
  const { host, options, args } = invocation;
  const rules: Rule[] = args.length === 0 ? [...CATALOGUE] : [];
  for (const file of args) rules.push(...(await readCustomRules(invocation, file)));
  const results = rules.filter(isTestable).map(testRule);
  host.stdout.write(renderSampleResults(results, (await ruleView(host, options)).palette));
  return results.some(hasFailed) ? EXIT.blocked : EXIT.ok;
};

/** The custom rules of a config file and of what it extends. */
async function readCustomRules(invocation: Invocation, file: string): Promise<Rule[]> {
  const { layers } = await loadDiskConfig(invocation, file);
  const values = layers.filter(({ owner }) => owner === 'repository').map(({ value }) => value);
  const { customRules } = mergeConfig(values);
  if (customRules.length === 0) {
    throw new GuardianError('USAGE', `${file} has no rules to test`, { hint: 'Rules of a config stand under `customRules`.', path: file });
  }
  return customRules.map(compileCustomRule);
}

/** What a rule about files looks at (sizes, links, other names) a sample may not be able to say: such a rule has none. */
function isTestable(rule: Rule): boolean {
  return rule.kind === 'content' || rule.samples().found.length > 0;
}

const RULE_TIMEOUT = 1000;

/** Each rule on its own, so that none takes the place of another and a failure is that of the rule. */
export function testRule(rule: Rule): SampleResult {
  let error: string | null = null;
  const scanner = createScanner(sourceOf(rule.kind === 'content' ? [rule] : []), {
    ruleTimeout: RULE_TIMEOUT,
    now: SAMPLE_TIME,
    onFailure: ({ cause }) => {
      error =
        cause === null ? `it was stopped after ${RULE_TIMEOUT} ms` : `it failed: ${cause instanceof Error ? cause.message : 'it threw'}`;
    },
  });
  const { found, ignored, doubtful = [] } = rule.samples();
  const failures = checkSamples(rule, (path, text) => scanner.scan({ bytes: Buffer.from(text), path, isActive: () => true })).map(
    (failure) => ({
      ...failure,
      why: rule.kind === 'content' && rule.isCustom === true && failure.findings === 0 ? explainMiss(rule, failure.text) : null,
    }),
  );
  return { rule: rule.id, samples: found.length + ignored.length + doubtful.length, failures, error };
}
