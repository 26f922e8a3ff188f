import type { Rule, RuleOptions } from '../engine/rule.ts';
import type { Config, Level, RuleSetting } from './config.ts';
import { createPathMatcher } from './path-matcher.ts';
import { levelIn, optionsIn, settingIn } from './rule-setting.ts';
import { familyOf } from '../engine/rule-family.ts';

/** The part of a rule that decides whether it is on. */
export type Switchable = Pick<Rule, 'id' | 'isOptIn'>;

/** Rules and files as one config sees them. */
export interface View {
  readonly config: Config;
  /** The level of a rule in a file; null if the severity decides. */
  readonly levelOf: (rule: string, path: string) => Level | null;
  /** Options of a rule in all files. */
  readonly ownOptionsOf: (rule: string) => RuleOptions;
  /** Options including those of the deciding override for a file. */
  readonly optionsOf: (rule: string, path: string) => RuleOptions;
  /** Whether the rule is on in this file. */
  readonly isOn: (rule: Switchable, path: string) => boolean;
  /** Whether it is on in any file. */
  readonly mayBeOn: (rule: Switchable) => boolean;
  /** Whether the minimum entropy of a rule differs in some files. */
  readonly variesEntropy: (rule: string) => boolean;
  readonly isIgnoredPath: (path: string) => boolean;
  readonly isIgnoredValue: (value: string, rule: string, path: string) => boolean;
}

export function createView(config: Config): View {
  const required = new Set(config.security.required);
  const overrides = config.overrides.map(({ files, rules }) => ({ covers: createPathMatcher(files), rules }));
  const values = config.ignore.values.map((source) => new RegExp(source));
  const words = config.ignore.words.map((word) => word.toLowerCase());

  const overrideOf = (id: string, path: string): RuleSetting | undefined => {
    const own = ownOverrideOf(id, path);
    return own !== undefined || familyOf(id) === id ? own : ownOverrideOf(familyOf(id), path);
  };
  const ownOverrideOf = (id: string, path: string): RuleSetting | undefined => {
    const deciding = overrides.findLast(({ rules, covers }) => settingIn(rules, id) !== undefined && covers(path));
    return deciding === undefined ? undefined : settingIn(deciding.rules, id);
  };
  // Settings of a stage apply to all its rules.
  const ruleIn = (id: string): RuleSetting | undefined => settingIn(config.rules, id) ?? settingIn(config.rules, familyOf(id));
  const settingOf = (id: string, path: string): RuleSetting | undefined => overrideOf(id, path) ?? ruleIn(id);
  const ownOptionsOf = (id: string): RuleOptions => optionsIn(ruleIn(id));
  const optionsOf = (id: string, path: string): RuleOptions => ({ ...ownOptionsOf(id), ...optionsIn(overrideOf(id, path)) });

  return {
    config,
    levelOf: (id, path) => {
      const level = levelIn(settingOf(id, path));
      // A required rule cannot be switched off, so ignore this.
      return level === 'off' && (required.has(id) || required.has(familyOf(id))) ? null : level;
    },
    ownOptionsOf,
    optionsOf,
    isOn: (rule, path) => required.has(rule.id) || isOnBy(rule, settingOf(rule.id, path)),
    mayBeOn: (rule) =>
      required.has(rule.id) ||
      isOnBy(rule, settingIn(config.rules, rule.id)) ||
      overrides.some(({ rules }) => settingIn(rules, rule.id) !== undefined && isOnBy(rule, settingIn(rules, rule.id))),
    variesEntropy: (id) => overrides.some(({ rules }) => optionsIn(settingIn(rules, id)).minEntropy !== undefined),
    isIgnoredPath: createPathMatcher(config.ignore.paths),
    isIgnoredValue: (value, id, path) => {
      const lower = value.toLowerCase();
      const { allow = [] } = optionsOf(id, path);
      return (
        values.some((pattern) => pattern.test(value)) ||
        words.some((word) => lower.includes(word)) ||
        allow.some((source) => new RegExp(source).test(value))
      );
    },
  };
}

/** By the policy, otherwise by the rule's default. */
function isOnBy(rule: Switchable, setting: RuleSetting | undefined): boolean {
  const level = levelIn(setting);
  return level === null ? rule.isOptIn !== true : level !== 'off';
}
