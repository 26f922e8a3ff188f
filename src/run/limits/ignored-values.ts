import { runWithin } from '../../engine/time-box.ts';
import { GuardianError } from '../../errors/guardian-error.ts';
import type { IgnoredValues } from '../../findings/settle.ts';
import type { Config } from '../../policy/config.ts';
import type { Policy } from '../../policy/policy.ts';
import { optionsIn } from '../../policy/rule-setting.ts';

/**
 * The values that the policy ignores. Its patterns come from a config and may run away: the first that does is stopped, and from then on no
 * value is ignored.
 *
 * @param ruleTimeout milliseconds
 */
export function withinTime(policy: Policy, ruleTimeout: number, onFailure: (error: GuardianError) => void): IgnoredValues {
  if (!hasPatterns(policy.config)) return policy;
  let isOff = false;
  return {
    isRequired: policy.isRequired,
    isIgnoredValue(value, rule, path) {
      if (isOff) return false;
      let isIgnored = false;
      const isDone = runWithin(ruleTimeout, () => (isIgnored = policy.isIgnoredValue(value, rule, path)));
      if (isDone) return isIgnored;
      isOff = true;
      onFailure(
        new GuardianError('TIMEOUT', `a pattern of ignored values was stopped after ${ruleTimeout} ms, at a finding of ${rule}`, {
          hint: 'Fix `ignore.values`, or `allow` of the rule. For the rest of this run they ignored no finding.',
          path,
        }),
      );
      return false;
    },
  };
}

function hasPatterns({ ignore, rules, overrides }: Config): boolean {
  const settings = [rules, ...overrides.map((entry) => entry.rules)].flatMap((entry) => Object.values(entry));
  return ignore.values.length > 0 || settings.some((setting) => optionsIn(setting).allow !== undefined);
}
