import { listRuleEntries } from '../rules/rule-index.ts';
import type { Config, CustomRule, RuleSetting } from './config.ts';
import { isAtLeast } from './judge.ts';
import { compareLists } from './list-difference.ts';
import { DEFAULT_CUSTOM_SEVERITY } from './policy.ts';
import { levelIn, settingIn } from './rule-setting.ts';
import { compareDoings, type Doing, doingOf } from './rule-strength.ts';

/** In rule settings for all files. */
export function ruleWeakenings(before: Config, after: Config): string[] {
  return [...new Set([...Object.keys(before.rules), ...Object.keys(after.rules)])]
    .filter((id) => !isNewRule(id, before) && !isGone(id, before, after))
    .flatMap((id) => compareDoings(doingOf(id, before), doingOf(id, after)).map((words) => `rules.${id}${words}`));
}

function isNewRule(id: string, before: Config): boolean {
  return !listRuleEntries().some((head) => head.id === id) && !before.customRules.some((rule) => rule.id === id);
}

/** Reported once, including its settings. */
function isGone(id: string, before: Config, after: Config): boolean {
  return before.customRules.some((rule) => rule.id === id) && !after.customRules.some((rule) => rule.id === id);
}

/** In custom rules. */
export function customRuleWeakenings(before: Config, after: Config): string[] {
  const known = new Map(before.customRules.map((rule) => [rule.id, rule]));
  const gone = before.customRules.filter(({ id }) => isGone(id, before, after)).map(({ id }) => `customRules: ${id} taken out`);
  const others = after.customRules.flatMap((rule) => {
    const was = known.get(rule.id);
    if (was !== undefined) return narrowings(was, rule).map((what) => `customRules: ${rule.id} has ${what}`);
    return mayHide(rule.id, after) ? [`customRules: + ${rule.id}, which may replace a blocking finding`] : [];
  });
  return [...gone, ...others];
}

/** How a rule may find less than before. */
function narrowings(was: CustomRule, is: CustomRule): string[] {
  const isPartOf = (list: readonly string[], of: readonly string[]): boolean => list.every((entry) => of.includes(entry));
  const isWider =
    is.paths === undefined || (was.paths !== undefined && isPartOf(was.paths, is.paths) && !is.paths.some((glob) => glob.startsWith('!')));
  const severities = [was.severity ?? DEFAULT_CUSTOM_SEVERITY, is.severity ?? DEFAULT_CUSTOM_SEVERITY] as const;
  return [
    ...(was.pattern === is.pattern && (was.flags ?? '') === (is.flags ?? '') ? [] : ['another pattern']),
    ...(isPartOf(was.keywords, is.keywords) ? [] : ['fewer keywords']),
    ...(isWider || JSON.stringify(was.paths) === JSON.stringify(is.paths) ? [] : ['other paths']),
    ...((is.minEntropy ?? 0) > (was.minEntropy ?? 0) ? [`minEntropy ${was.minEntropy ?? 0} → ${is.minEntropy}`] : []),
    ...(isAtLeast(severities[1], severities[0]) ? [] : [`severity ${severities.join(' → ')}`]),
  ];
}

/** Of two secrets at the same place only the surer one is reported, so a new rule that does not block could hide one that does. */
function mayHide(id: string, after: Config): boolean {
  const doings = [undefined, ...after.overrides.map(({ rules }) => settingIn(rules, id))]
    .filter((setting, i) => i === 0 || setting !== undefined)
    .map((setting) => doingOf(id, after, setting ?? settingIn(after.rules, id)));
  return doings.some((doing) => {
    const blocks = doing.level === 'error' || (doing.level === null && isAtLeast(doing.nature.severity, doing.failOn));
    return doing.level !== 'off' && (!blocks || (doing.options.allow ?? []).length > 0);
  });
}

/** The settings of an override for one rule. */
interface Exception {
  readonly files: readonly string[];
  readonly setting: RuleSetting;
}

/** In rule settings for some files. */
export function overrideWeakenings(before: Config, after: Config): string[] {
  const ids = new Set([before, after].flatMap(({ overrides }) => overrides.flatMap(({ rules }) => Object.keys(rules))));
  return [...ids]
    .filter((id) => !isNewRule(id, before) && !isGone(id, before, after))
    .flatMap((id) => exceptionWeakenings(id, before, after));
}

/**
 * The last matching override decides. So a new one must be at least as strict as any that it may cover, and removing one must not uncover a
 * weaker one.
 */
function exceptionWeakenings(id: string, before: Config, after: Config): string[] {
  const exceptionsIn = ({ overrides }: Config): Exception[] =>
    overrides.flatMap(({ files, rules }) => {
      const setting = settingIn(rules, id);
      return setting === undefined ? [] : [{ files, setting }];
    });
  const [was, is] = [exceptionsIn(before), exceptionsIn(after)];
  const doingBefore = (exception?: Exception): Doing => doingOf(id, before, exception?.setting);
  const doingAfter = (exception?: Exception): Doing => doingOf(id, after, exception?.setting);
  const { added: put, removed, kept } = compareLists(was, is, ({ files }) => JSON.stringify(files));
  const worseThanAny = (exception: Exception): boolean =>
    [undefined, ...was].some((other) => compareDoings(doingBefore(other), doingAfter(exception)).length > 0);
  const betterThanAny = (exception: Exception): boolean =>
    [undefined, ...is].some((other) => compareDoings(doingBefore(exception), doingAfter(other)).length > 0);
  const describe = ({ files, setting }: Exception): string => `${files.join(', ')} (${id}: ${levelIn(setting)})`;
  return [
    ...put.filter(worseThanAny).map((exception) => `overrides: + ${describe(exception)}`),
    ...removed.filter(betterThanAny).map((exception) => `overrides: - ${describe(exception)}`),
    ...kept.flatMap(([old, now]) =>
      compareDoings(doingBefore(old), doingAfter(now)).map((words) => `overrides: ${now.files.join(', ')}: ${id}${words}`),
    ),
  ];
}
