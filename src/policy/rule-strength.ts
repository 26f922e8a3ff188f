import { DEFAULT_MAX_SIZE } from '../rules/themes/files.ts';
import { listRuleEntries } from '../rules/rule-index.ts';
import { loadRule } from '../rules/rule-sets.ts';
import type { Category, RuleOptions, Severity } from '../engine/rule.ts';
import type { Config, Level } from './config.ts';
import { isAtLeast } from './judge.ts';
import { countAdded } from './list-difference.ts';
import { DEFAULT_CUSTOM_SEVERITY } from './policy.ts';
import { levelIn, optionsIn, settingIn } from './rule-setting.ts';

/** Facts about a rule, for comparing its settings. */
interface Nature {
  readonly severity: Severity;
  readonly category: Category;
  readonly isOptIn: boolean;
  readonly minEntropy: number;
}

function natureOf(id: string, { customRules }: Config): Nature {
  const custom = customRules.find((rule) => rule.id === id);
  const head = listRuleEntries().find((known) => known.id === id);
  if (custom !== undefined || head === undefined) {
    return {
      severity: custom?.severity ?? DEFAULT_CUSTOM_SEVERITY,
      category: 'secret',
      isOptIn: false,
      minEntropy: custom?.minEntropy ?? 0,
    };
  }
  const rule = loadRule(head.set, head.place);
  const { severity, category } = rule;
  return { severity, category, isOptIn: head.isOptIn, minEntropy: (rule.kind === 'content' ? rule.minEntropy : undefined) ?? 0 };
}

/** The effect of a rule in some files. */
export interface Doing {
  readonly level: Level | null;
  readonly options: RuleOptions;
  readonly nature: Nature;
  readonly failOn: Severity;
}

export function doingOf(id: string, config: Config, setting = settingIn(config.rules, id)): Doing {
  // A required rule cannot be off.
  const isRequired = config.security.required.includes(id);
  const level = levelIn(setting);
  const nature = natureOf(id, config);
  return {
    level: isRequired && level === 'off' ? null : level,
    options: { ...optionsIn(settingIn(config.rules, id)), ...optionsIn(setting) },
    nature: { ...nature, isOptIn: nature.isOptIn && !isRequired },
    failOn: config.failOn,
  };
}

const RANK: Readonly<Record<Level, number>> = { off: 0, warn: 2, error: 3 };
const NOTE_RANK = 1;

/** The strictest outcome of a rule. It may find something worse than its own severity, such as the secret next to a key id. */
function mostOf({ level, nature: { severity, category, isOptIn }, failOn }: Doing): number {
  if (level !== null) return RANK[level];
  return isOptIn ? RANK.off : isAtLeast(severity, failOn) || category === 'secret' ? RANK.error : RANK.warn;
}

/** The mildest outcome: a finding may be milder than its rule, such as a value with a wrong checksum. */
function leastOf({ level, nature: { severity, isOptIn } }: Doing): number {
  if (level !== null) return RANK[level];
  return isOptIn ? RANK.off : severity === 'info' ? NOTE_RANK : RANK.warn;
}

/** How one effect of a rule accepts more than another, as a suffix for the rule's name. */
export function compareDoings(was: Doing, is: Doing): string[] {
  const isSame = was.level === is.level;
  if (!isSame && leastOf(is) < mostOf(was)) return [`: ${was.level ?? 'default'} → ${is.level ?? 'default'}`];
  if (mostOf(was) === RANK.off || mostOf(is) === RANK.off) return [];
  const severityOf = ({ options, nature }: Doing): Severity => options.severity ?? nature.severity;
  const numbers = [
    ['minEntropy', was.options.minEntropy ?? was.nature.minEntropy, is.options.minEntropy ?? is.nature.minEntropy],
    ['maxSize', was.options.maxSize ?? DEFAULT_MAX_SIZE, is.options.maxSize ?? DEFAULT_MAX_SIZE],
  ] as const;
  return [
    ...(isAtLeast(severityOf(is), severityOf(was)) ? [] : [`.severity: ${severityOf(was)} → ${severityOf(is)}`]),
    ...numbers.filter(([, before, after]) => after > before).map(([name, before, after]) => `.${name}: ${before} → ${after}`),
    ...countAdded('.allow', was.options.allow ?? [], is.options.allow ?? [], 'pattern'),
  ];
}
