import { Minimatch } from 'minimatch';
import { joinKeywords } from '../engine/keywords.ts';
import { type RuleSource, sourceOf } from '../engine/scanner.ts';
import { HEADS, KEYWORDS, type RuleHead } from '../rules/heads.ts';
import { loadRule } from '../rules/rule-sets.ts';
import type { ContentRule, FileRule, Rule, RuleOptions, Severity } from '../rules/rule.ts';
import type { Config, CustomRule, Level, RuleSetting } from './config.ts';

/** A config made ready to decide with. */
export interface Policy {
  readonly config: Config;
  /** Rules that are on for some file, with the policy's options in them. */
  readonly contentRules: RuleSource;
  readonly fileRules: readonly FileRule[];
  /** What the policy says of a rule in a file; null where it says nothing and the severity decides. */
  readonly levelOf: (rule: string, path: string) => Level | null;
  readonly optionsOf: (rule: string, path: string) => RuleOptions;
  /** Has the rule a say in this file? */
  readonly isActive: (rule: Rule, path: string) => boolean;
  readonly isIgnoredPath: (path: string) => boolean;
  readonly isIgnoredValue: (value: string, rule: string) => boolean;
  readonly isRequired: (rule: string) => boolean;
}

/** What one run takes from the command line and the environment. */
export interface RunChoice {
  /** Only these rules; empty: all. */
  readonly only: readonly string[];
  /** Not these, unless they are required. */
  readonly skip: readonly string[];
}

/** Config → policy. The config must have been checked: patterns compile, ids are known. */
export function compilePolicy(config: Config, choice: RunChoice): Policy {
  const required = new Set(config.security.required);
  const overrides = config.overrides.map(({ files, rules }) => ({ covers: pathMatcher(files), rules }));
  const isIgnoredPath = pathMatcher(config.ignore.paths);
  const values = config.ignore.values.map((source) => new RegExp(source));
  const words = config.ignore.words.map((word) => word.toLowerCase());

  const settingOf = (id: string, path: string): RuleSetting | undefined =>
    overrides.findLast(({ rules, covers }) => rules[id] !== undefined && covers(path))?.rules[id] ?? config.rules[id];
  const levelOf = (id: string, path: string): Level | null => levelIn(settingOf(id, path));
  const optionsOf = (id: string, path: string): RuleOptions => optionsIn(settingOf(id, path));

  const isChosen = ({ id }: Switchable): boolean =>
    (choice.only.length === 0 || choice.only.includes(id)) && (!choice.skip.includes(id) || required.has(id));
  const mayBeOn = (rule: Switchable): boolean =>
    isChosen(rule) &&
    (required.has(rule.id) ||
      choice.only.includes(rule.id) ||
      isOnBy(rule, config.rules[rule.id]) ||
      overrides.some(({ rules }) => isOnBy(rule, rules[rule.id])));

  const pathsOf = new Map<string, (path: string) => boolean>();
  const covers = (rule: Rule, path: string): boolean => {
    if (rule.kind === 'file' || rule.paths === undefined) return true;
    let matcher = pathsOf.get(rule.id);
    if (matcher === undefined) pathsOf.set(rule.id, (matcher = pathMatcher(rule.paths)));
    return matcher(path);
  };

  return {
    config,
    contentRules: contentRules(config, mayBeOn),
    fileRules: HEADS.filter((head) => head.kind === 'file' && mayBeOn(head)).map(({ set, place }) => loadRule(set, place) as FileRule),
    levelOf,
    optionsOf,
    isActive: (rule, path) =>
      covers(rule, path) && (required.has(rule.id) || choice.only.includes(rule.id) || isOnBy(rule, settingOf(rule.id, path))),
    isIgnoredPath,
    isIgnoredValue: (value, id) => {
      const lower = value.toLowerCase();
      const allow = optionsIn(config.rules[id]).allow ?? [];
      return (
        values.some((pattern) => pattern.test(value)) ||
        words.some((word) => lower.includes(word)) ||
        allow.some((source) => new RegExp(source).test(value))
      );
    },
    isRequired: (id) => required.has(id),
  };
}

/** The built-in rules, and the config's own behind them. */
function contentRules({ rules, customRules }: Config, mayBeOn: (rule: Switchable) => boolean): RuleSource {
  const custom = sourceOf(customRules.map(compileCustomRule));
  const load = (owner: number): ContentRule | null => {
    const head: RuleHead | undefined = HEADS[owner];
    const own = head === undefined ? custom.load(owner - HEADS.length) : null;
    if (!mayBeOn(head ?? own!)) return null;
    const rule = own ?? (loadRule(head!.set, head!.place) as ContentRule);
    return withOptions(rule, optionsIn(rules[rule.id]));
  };
  return { keywords: customRules.length === 0 ? KEYWORDS : joinKeywords(KEYWORDS, HEADS.length, custom.keywords), load };
}

/** What of a rule decides whether it is on. */
type Switchable = Pick<Rule, 'id' | 'isOptIn'>;

/** On by what the policy says, else by the rule's own default. */
function isOnBy(rule: Switchable, setting: RuleSetting | undefined): boolean {
  const level = levelIn(setting);
  return level === null ? rule.isOptIn !== true : level !== 'off';
}

function levelIn(setting: RuleSetting | undefined): Level | null {
  return setting === undefined ? null : typeof setting === 'string' ? setting : setting[0];
}

function optionsIn(setting: RuleSetting | undefined): RuleOptions {
  return setting === undefined || typeof setting === 'string' ? {} : setting[1];
}

function withOptions(rule: ContentRule, { severity, minEntropy }: RuleOptions): ContentRule {
  if (severity === undefined && minEntropy === undefined) return rule;
  return { ...rule, ...(severity === undefined ? {} : { severity }), ...(minEntropy === undefined ? {} : { minEntropy }) };
}

/** A rule of the config as one of the engine. Its pattern must compile: the config has been checked. */
export function compileCustomRule(custom: CustomRule): ContentRule {
  return {
    kind: 'content',
    id: custom.id,
    category: 'secret',
    severity: custom.severity ?? 'high',
    confidence: 'medium',
    message: custom.message,
    why: custom.why ?? 'A rule of this project looks for it.',
    advice: custom.advice ?? 'Take it out of the change, or ignore it with a reason.',
    docs: custom.docs ?? '',
    keywords: custom.keywords,
    pattern: new RegExp(custom.pattern, custom.flags ?? ''),
    // A user's pattern need not begin at its keyword, as ours do.
    anchor: 'text',
    boundary: 'none',
    ...(custom.paths === undefined ? {} : { paths: custom.paths }),
    ...(custom.minEntropy === undefined ? {} : { minEntropy: custom.minEntropy }),
    samples: () => ({ found: custom.samples?.found ?? [], ignored: custom.samples?.ignored ?? [] }),
  };
}

/** Globs → a test of repository paths. `!` at the start takes paths out again; a folder names all in it. */
function pathMatcher(globs: readonly string[]): (path: string) => boolean {
  if (globs.length === 0) return () => false;
  const patterns = globs.map((glob) => {
    const isNegated = glob.startsWith('!');
    const pattern = (isNegated ? glob.slice(1) : glob).replace(/^\.?\//, '').replace(/\/$/, '/**');
    return { isNegated, glob: new Minimatch(pattern, { dot: true, matchBase: !pattern.includes('/'), nonegate: true, nocomment: true }) };
  });
  return (path) => {
    let isCovered = false;
    for (const { isNegated, glob } of patterns) if (glob.match(path)) isCovered = !isNegated;
    return isCovered;
  };
}

/** Severity of a finding after the policy's options. */
export function severityIn(policy: Policy, rule: string, path: string, own: Severity): Severity {
  return policy.optionsOf(rule, path).severity ?? own;
}
