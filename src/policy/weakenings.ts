import type { Config } from './config.ts';
import { compareLists, countAdded } from './list-difference.ts';
import { isTree } from './merge-config.ts';
import { customRuleWeakenings, overrideWeakenings, ruleWeakenings } from './rule-weakenings.ts';
import { idOfStage } from './stage.ts';
import { isWeaker, ORDERED_KEYS } from './strictness.ts';

/**
 * How one config accepts more than another, in words: `rules.debugger: error → off`, `ignore.paths: + src/**`.
 *
 * If that cannot be decided without the files, a change counts as a weakening: the commit is then judged by the old config, which costs little.
 * Patterns and words of `ignore` are counted, not shown, because they may contain a secret.
 */
export function weakeningsOf(before: Config, after: Config): string[] {
  return [
    ...ORDERED_KEYS.flatMap((key) => orderedWeakening(key, before, after)),
    ...limitWeakenings(before, after),
    ...changed('baseline', before.baseline, after.baseline),
    ...ruleWeakenings(before, after),
    ...customRuleWeakenings(before, after),
    ...globWeakenings('ignore.paths', before.ignore.paths, after.ignore.paths),
    ...countAdded('ignore.values', before.ignore.values, after.ignore.values, 'pattern'),
    ...countAdded('ignore.words', before.ignore.words, after.ignore.words, 'word'),
    ...overrideWeakenings(before, after),
    ...stageWeakenings(before, after),
    ...before.security.required.filter((id) => !after.security.required.includes(id)).map((id) => `security.required: - ${id}`),
  ];
}

function orderedWeakening(key: string, before: Config, after: Config): string[] {
  const [was, is] = [valueAt(before, key), valueAt(after, key)];
  return isWeaker(key, is, was) ? [`${key}: ${String(was)} → ${String(is)}`] : [];
}

function valueAt(config: Config, key: string): unknown {
  return key.split('.').reduce<unknown>((inner, part) => (isTree(inner) ? inner[part] : undefined), config);
}

/** Files above a limit are not scanned. That blocks unless the config says otherwise. */
function limitWeakenings(before: Config, after: Config): string[] {
  if (after.onIncomplete === 'block') return [];
  const keys = ['maxFileSize', 'maxTotalBytes', 'archiveDepth', 'maxArchiveSize', 'timeout', 'ruleTimeout'] as const;
  return keys
    .filter((key) => after.performance[key] < before.performance[key])
    .map((key) => `performance.${key}: ${before.performance[key]} → ${after.performance[key]}`);
}

/** A changed stage may find less: the effect of its command is unknown. Only more time is not a weakening. */
function stageWeakenings(before: Config, after: Config): string[] {
  return before.stages.flatMap((was) => {
    const id = idOfStage(was);
    const is = after.stages.find((stage) => idOfStage(stage) === id);
    if (is === undefined) return [`stages: - ${id}`];
    const others = [...new Set([...Object.keys(was), ...Object.keys(is)])] as (keyof typeof was)[];
    const different = others.filter((key) => key !== 'timeout' && JSON.stringify(was[key]) !== JSON.stringify(is[key]));
    return different.map((key) => `stages: ${id}: ${key} changed`);
  });
}

function changed(key: string, was: string, is: string): string[] {
  return was === is ? [] : [`${key}: ${was} → ${is}`];
}

/** Another glob ignores more, one with `!` less. */
function globWeakenings(key: string, before: readonly string[], after: readonly string[]): string[] {
  const { added: put, removed } = compareLists(before, after, (glob) => glob);
  const isNegated = (glob: string): boolean => glob.startsWith('!');
  return [
    ...put.filter((glob) => !isNegated(glob)).map((glob) => `${key}: + ${glob}`),
    ...removed.filter(isNegated).map((glob) => `${key}: - ${glob}`),
  ];
}
