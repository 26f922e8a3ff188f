import type { Finding, Outcome } from '../findings/finding.ts';
import type { Config } from './config.ts';
import { isAtLeast, judgeFinding, outcomeBy } from './judge.ts';
import { createPathMatcher } from './path-matcher.ts';
import type { Policy } from './policy.ts';
import { levelIn, optionsIn, settingIn } from './rule-setting.ts';

/** A config key that affects the judgement of a finding. */
export interface Ground {
  readonly key: readonly (string | number)[];
  /** As in a config: `rules.debugger: warn`. */
  readonly says: string;
  readonly effect: string;
}

export interface Judgement {
  readonly outcome: Outcome;
  /** The deciding keys, strongest first. */
  readonly grounds: readonly Ground[];
  /** Comments in a file cannot suppress it. */
  readonly isRequired: boolean;
  /** Only the layers that require the rule can lower it; others can only make it stricter. */
  readonly isGuarded: boolean;
}

/** How a policy judges a finding, and which keys decide. */
export function explainJudgement(policy: Policy, finding: Pick<Finding, 'rule' | 'path' | 'severity' | 'moved'>): Judgement {
  const { config } = policy;
  const { rule } = finding;
  const isRequired = policy.isRequired(rule);
  const setting = decidingSetting(config, finding);
  const level = levelIn(setting?.value) === 'off' && isRequired ? null : levelIn(setting?.value);
  const outcome = judgeFinding(policy, finding);
  const isGuarded = outcome !== outcomeBy(config, { ...finding, level });
  const required = config.security.required.indexOf(rule);
  return {
    outcome,
    isRequired,
    isGuarded,
    grounds: [
      ...(isRequired
        ? [{ key: ['security', 'required', required], says: `security.required: [${rule}]`, effect: 'it is on for every user' }]
        : []),
      ...(finding.moved ? [{ key: [], says: 'moved', effect: 'the change removes the same text elsewhere, so it does not block' }] : []),
      ...(config.failFast ? [] : [{ key: ['failFast'], says: 'failFast: false', effect: 'nothing blocks' }]),
      ...(setting === null || level === null ? [] : [{ key: setting.key, says: `${setting.name}: ${level}`, effect: EFFECTS[level] }]),
      ...(level === null ? [severityGround(config, finding, setting)] : []),
    ],
  };
}

const EFFECTS = { error: 'blocks', warn: 'warns', off: 'off' } as const;

function severityGround({ failOn }: Config, { severity }: Pick<Finding, 'severity'>, setting: Deciding | null): Ground {
  const own = setting !== null && optionsIn(setting.value).severity !== undefined ? `, set by ${setting.name},` : '';
  return {
    key: ['failOn'],
    says: `failOn: ${failOn}`,
    effect: `severity ${severity}${own} is ${isAtLeast(severity, failOn) ? 'at or above it' : 'below it'}`,
  };
}

interface Deciding {
  readonly key: readonly (string | number)[];
  readonly name: string;
  readonly value: Config['rules'][string];
}

/** The last override for the file and rule, otherwise the rule's own setting. */
function decidingSetting({ overrides, rules }: Config, { rule, path }: Pick<Finding, 'rule' | 'path'>): Deciding | null {
  const place = overrides.findLastIndex((one) => settingIn(one.rules, rule) !== undefined && createPathMatcher(one.files)(path));
  const override = overrides[place];
  if (override !== undefined) {
    return {
      key: ['overrides', place],
      name: `overrides (${override.files.join(', ')}): ${rule}`,
      value: settingIn(override.rules, rule)!,
    };
  }
  const value = settingIn(rules, rule);
  return value === undefined ? null : { key: ['rules', rule], name: `rules.${rule}`, value };
}
