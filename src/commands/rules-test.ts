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

/** `code-guardian rules test [FILE…]`: tests built-in rules, or the custom rules of config files, against their samples. */
export const run: Run = async (invocation) => {
  const { host, options, args } = invocation;
  const rules: Rule[] = args.length === 0 ? [...CATALOGUE] : [];
  for (const file of args) rules.push(...(await readCustomRules(invocation, file)));
  const results = rules.filter(isTestable).map(testRule);
  host.stdout.write(renderSampleResults(results, (await ruleView(host, options)).palette));
  return results.some(hasFailed) ? EXIT.blocked : EXIT.ok;
};

/** The custom rules of a config file and of the configs it extends. */
async function readCustomRules(invocation: Invocation, file: string): Promise<Rule[]> {
  const { layers } = await loadDiskConfig(invocation, file);
  const values = layers.filter(({ owner }) => owner === 'repository').map(({ value }) => value);
  const { customRules } = mergeConfig(values);
  if (customRules.length === 0) {
    throw new GuardianError('USAGE', `${file} has no custom rules`, { hint: 'Add rules under `customRules`.', path: file });
  }
  return customRules.map(compileCustomRule);
}

/** Some rules about files check what a sample cannot express (sizes, links, other names): they have no samples. */
function isTestable(rule: Rule): boolean {
  return rule.kind === 'content' || rule.samples().found.length > 0;
}

const RULE_TIMEOUT = 1000;

/** Tests one rule alone, so that no other rule claims its findings. */
export function testRule(rule: Rule): SampleResult {
  let error: string | null = null;
  const scanner = createScanner(sourceOf(rule.kind === 'content' ? [rule] : []), {
    ruleTimeout: RULE_TIMEOUT,
    now: SAMPLE_TIME,
    onFailure: ({ cause }) => {
      error = cause === null ? `stopped after ${RULE_TIMEOUT} ms` : `failed: ${cause instanceof Error ? cause.message : 'unknown error'}`;
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
