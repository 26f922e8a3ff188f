import type { RuleOptions } from '../engine/rule.ts';
import type { Config, Level, RuleSetting } from './config.ts';

/** What a setting says of the level; null where nothing is said and the severity decides. */
export function levelIn(setting: RuleSetting | undefined): Level | null {
  return setting === undefined ? null : typeof setting === 'string' ? setting : setting[0];
}

export function optionsIn(setting: RuleSetting | undefined): RuleOptions {
  return setting === undefined || typeof setting === 'string' ? {} : setting[1];
}

/** The setting of one rule. Ids come from files, and one may be called `constructor`. */
export function settingIn(rules: Config['rules'], id: string): RuleSetting | undefined {
  return Object.hasOwn(rules, id) ? rules[id] : undefined;
}

/** Levels from the weakest to the strictest. */
export const LEVELS: readonly Level[] = ['off', 'warn', 'error'];
