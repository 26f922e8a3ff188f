import type { RuleOptions } from '../engine/rule.ts';
import type { Config, Level, RuleSetting } from './config.ts';

/** The level of a setting; null if the severity decides. */
export function levelIn(setting: RuleSetting | undefined): Level | null {
  return setting === undefined ? null : typeof setting === 'string' ? setting : setting[0];
}

export function optionsIn(setting: RuleSetting | undefined): RuleOptions {
  return setting === undefined || typeof setting === 'string' ? {} : setting[1];
}

/** The setting of one rule. Safe for any id from a file, such as `constructor`. */
export function settingIn(rules: Config['rules'], id: string): RuleSetting | undefined {
  return Object.hasOwn(rules, id) ? rules[id] : undefined;
}

/** Weakest first. */
export const LEVELS: readonly Level[] = ['off', 'warn', 'error'];
