import { entropyOf } from '../engine/entropy.ts';
import { joinKeywords } from '../engine/keywords.ts';
import { type RuleSource, sourceOf } from '../engine/scanner.ts';
import { DEFAULT_MAX_SIZE } from '../rules/themes/files.ts';
import { FILE_RULE_ENTRIES, listRuleEntries, KEYWORDS, type RuleEntry } from '../rules/rule-index.ts';
import { loadRule } from '../rules/rule-sets.ts';
import { type ContentRule, type FileRule, type Rule, type RuleOptions, SEVERITIES, type Severity } from '../engine/rule.ts';
import type { Config, CustomRule } from './config.ts';
import { createPathMatcher } from './path-matcher.ts';
import type { Guards } from './required.ts';
import { familyOf } from '../engine/rule-family.ts';
import { createView, type Switchable, type View } from './view.ts';

/** A compiled config. */
export interface Policy {
  readonly config: Config;
  /** Rules that are on for some file, with their options applied. */
  readonly contentRules: RuleSource;
  readonly fileRules: readonly FileRule[];
  /**
   * The configs that decide about a rule: the merged one, and for a required rule only the layers that may. The strictest wins.
   */
  readonly viewsOf: (rule: string) => readonly View[];
  /** For the check of a rule about files. */
  readonly optionsOf: (rule: string, path: string) => RuleOptions;
  /** Whether the rule applies to this file. */
  readonly isActive: (rule: Rule, path: string) => boolean;
  /** Whether no rule applies to this file. */
  readonly isIgnoredPath: (path: string) => boolean;
  readonly isIgnoredValue: (value: string, rule: string, path: string) => boolean;
  readonly isRequired: (rule: string) => boolean;
}

/** Settings of one run from the command line and the environment. */
export interface RunChoice {
  /** Only these rules; empty: all. */
  readonly only: readonly string[];
  /** Without these, unless they are required. */
  readonly skip: readonly string[];
}

const NO_GUARDS: Guards = new Map();

/**
 * Config → policy. The config must have been checked: patterns compile, ids are known.
 *
 * @param guards of required rules that not every layer may change
 */
export function compilePolicy(config: Config, choice: RunChoice, guards: Guards = NO_GUARDS): Policy {
  const required = new Set(config.security.required);
  const whole = createView(config);
  const guarded = new Map([...guards].map(([id, guard]) => [id, createView(guard)]));
  const alone = [whole];
  const viewsOf = (id: string): readonly View[] => {
    const guard = guarded.get(id) ?? guarded.get(familyOf(id));
    return guard === undefined ? alone : [whole, guard];
  };

  const isRequired = (id: string): boolean => required.has(id) || required.has(familyOf(id));
  const isChosen = ({ id }: Switchable): boolean =>
    (choice.only.length === 0 || choice.only.includes(id)) && (!choice.skip.includes(id) || required.has(id));
  const mayBeOn = (rule: Switchable): boolean => isChosen(rule) && (choice.only.includes(rule.id) || whole.mayBeOn(rule));

  const pathsOf = new Map<string, (path: string) => boolean>();
  const covers = (rule: Rule, path: string): boolean => {
    // The baseline's key and fingerprints look random, and are public.
    if (rule.isGeneric === true && path === config.baseline) return false;
    if (rule.kind === 'file' || rule.paths === undefined) return true;
    let matcher = pathsOf.get(rule.id);
    if (matcher === undefined) pathsOf.set(rule.id, (matcher = createPathMatcher(rule.paths)));
    return matcher(path);
  };
  // A file to which only required rules apply is scanned as usual; the other rules are off for it.
  const isLeftOut = (id: string, path: string): boolean => guarded.size > 0 && viewsOf(id).every((view) => view.isIgnoredPath(path));

  return {
    config,
    contentRules: contentRules(config, guards, viewsOf, mayBeOn),
    fileRules: FILE_RULE_ENTRIES.filter((head) => mayBeOn(head)).map(({ set, place }) => loadRule(set, place) as FileRule),
    viewsOf,
    optionsOf: (id, path) => strictestOptions(viewsOf(id).map((view) => view.optionsOf(id, path))),
    isActive: (rule, path) => covers(rule, path) && (choice.only.includes(rule.id) || whole.isOn(rule, path)) && !isLeftOut(rule.id, path),
    isIgnoredPath: (path) => whole.isIgnoredPath(path) && [...guarded.values()].every((view) => view.isIgnoredPath(path)),
    isIgnoredValue: (value, id, path) => viewsOf(id).every((view) => view.isIgnoredValue(value, id, path)),
    isRequired,
  };
}

/** The built-in rules, then the custom rules. */
function contentRules(
  { customRules }: Config,
  guards: Guards,
  viewsOf: Policy['viewsOf'],
  mayBeOn: (rule: Switchable) => boolean,
): RuleSource {
  // Only the layers that may change a required rule decide about it.
  const own = customRules.map((rule) => guards.get(rule.id)?.customRules.find(({ id }) => id === rule.id) ?? rule);
  const custom = sourceOf(own.map(compileCustomRule));
  const load = (owner: number): ContentRule | null => {
    const head: RuleEntry | undefined = listRuleEntries()[owner];
    const own = head === undefined ? custom.load(owner - listRuleEntries().length) : null;
    if (!mayBeOn(head ?? own!)) return null;
    const rule = own ?? (loadRule(head!.set, head!.place) as ContentRule);
    return withOptions(rule, viewsOf(rule.id));
  };
  return { keywords: customRules.length === 0 ? KEYWORDS : joinKeywords(KEYWORDS, listRuleEntries().length, custom.keywords), load };
}

/** Options for all files become part of the rule; options that differ by file are read per match. */
function withOptions(rule: ContentRule, views: readonly View[]): ContentRule {
  const everywhere = views.map((view) => view.ownOptionsOf(rule.id));
  const severity = worst(everywhere.map((options) => options.severity ?? rule.severity));
  const leastEntropy = (options: readonly RuleOptions[]): number =>
    Math.min(...options.map(({ minEntropy = rule.minEntropy ?? 0 }) => minEntropy));
  if (!views.some((view) => view.variesEntropy(rule.id))) {
    const minEntropy = leastEntropy(everywhere);
    const isOwn = severity === rule.severity && minEntropy === (rule.minEntropy ?? 0);
    return isOwn ? rule : { ...rule, severity, minEntropy };
  }
  const leastIn = new Map<string, number>();
  const { minEntropy: _, ...others } = rule;
  return {
    ...others,
    severity,
    judge: (candidate) => {
      const { path, secret } = candidate;
      let least = leastIn.get(path);
      if (least === undefined) leastIn.set(path, (least = leastEntropy(views.map((view) => view.optionsOf(rule.id, path)))));
      return entropyOf(secret) >= least && (rule.judge?.(candidate) ?? true);
    },
  };
}

/** A custom rule as an engine rule. Its pattern compiles, because the config was checked. */
export function compileCustomRule(custom: CustomRule): ContentRule {
  return {
    kind: 'content',
    id: custom.id,
    category: 'secret',
    severity: custom.severity ?? DEFAULT_CUSTOM_SEVERITY,
    confidence: 'medium',
    message: custom.message,
    why: custom.why ?? 'A rule of this project looks for it.',
    advice: custom.advice ?? 'Take it out of the change, or ignore it with a reason.',
    docs: custom.docs ?? '',
    keywords: custom.keywords,
    pattern: new RegExp(custom.pattern, custom.flags ?? ''),
    isCustom: true,
    // Unlike ours, a custom pattern need not start at its keyword.
    anchor: 'text',
    boundary: 'none',
    ...(custom.paths === undefined ? {} : { paths: custom.paths }),
    ...(custom.minEntropy === undefined ? {} : { minEntropy: custom.minEntropy }),
    samples: () => ({ found: custom.samples?.found ?? [], ignored: custom.samples?.ignored ?? [] }),
  };
}

export const DEFAULT_CUSTOM_SEVERITY: Severity = 'high';

function strictestOptions(options: readonly RuleOptions[]): RuleOptions {
  if (options.length === 1) return options[0]!;
  return { ...options[0], maxSize: Math.min(...options.map(({ maxSize = DEFAULT_MAX_SIZE }) => maxSize)) };
}

/** The severity of a finding with the policy's options. */
export function severityIn(policy: Policy, rule: string, path: string, own: Severity): Severity {
  return worst(policy.viewsOf(rule).map((view) => view.optionsOf(rule, path).severity ?? own));
}

function worst(severities: readonly Severity[]): Severity {
  return SEVERITIES.find((severity) => severities.includes(severity))!;
}
