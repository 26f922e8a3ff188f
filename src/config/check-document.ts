import * as v from 'valibot';
import { didYouMean } from '../errors/did-you-mean.ts';
import type { ConfigLayer } from '../policy/config.ts';
import { isTree } from '../policy/merge-config.ts';
import type { Owner } from '../policy/required.ts';
import { familyOf } from '../engine/rule-family.ts';
import { type Problem, show } from './problem.ts';
import { LAYER } from './schema.ts';

/** The ids that a config may use. */
export interface KnownRules {
  readonly builtIn: ReadonlySet<string>;
  /** Of custom rules and stages in all layers. */
  readonly custom: ReadonlySet<string>;
}

/**
 * Checks the keys, values and rule ids of a layer.
 *
 * @returns the layer with sizes in bytes and durations in milliseconds, or all its mistakes
 */
export function checkLayer(
  value: unknown,
  known: KnownRules,
  owner: Owner,
): { readonly layer: ConfigLayer } | { readonly problems: readonly Problem[] } {
  const result = v.safeParse(LAYER.check, value);
  const problems = [...(result.issues ?? []).map(problemOf), ...rulesProblems(value, known), ...enforceProblems(value, owner)];
  return problems.length > 0 ? { problems } : { layer: result.output as ConfigLayer };
}

function problemOf(issue: v.BaseIssue<unknown>): Problem {
  const path = (issue.path ?? []) as readonly { readonly key: string | number; readonly origin: string }[];
  return { path: path.map(({ key }) => key), at: path.at(-1)?.origin === 'key' ? 'key' : 'value', message: issue.message };
}

/** Ids of custom rules and stages in a layer that may be unchecked. */
export function customIdsIn(value: unknown): string[] {
  return [value, ...partsOf(value).map(({ part }) => part)].flatMap((layer) =>
    [...listIn(layer, 'customRules'), ...listIn(layer, 'stages')].map(idIn).filter((id) => id !== null),
  );
}

/** Parts of a layer that are layers themselves: its overlays, and what it enforces. */
function partsOf(value: unknown): { readonly path: readonly string[]; readonly part: unknown }[] {
  if (!isTree(value)) return [];
  const { environments, enforce } = value;
  const overlays = isTree(environments) ? Object.entries(environments) : [];
  return [...overlays.map(([name, part]) => ({ path: ['environments', name], part })), { path: ['enforce'], part: enforce }];
}

function enforceProblems(value: unknown, owner: Owner): Problem[] {
  if (owner === 'organisation' || !isTree(value) || !Object.hasOwn(value, 'enforce')) return [];
  const message = "{key} is allowed only in the organisation's config: the file in CODE_GUARDIAN_ORG_CONFIG, or /etc/code-guardian";
  return [{ path: ['enforce'], at: 'key', message }];
}

function rulesProblems(value: unknown, known: KnownRules): Problem[] {
  if (!isTree(value)) return [];
  const all = [...known.builtIn, ...known.custom];
  const judge = (id: string, path: Problem['path'], at: Problem['at']): Problem[] =>
    known.builtIn.has(id) || known.custom.has(id) || known.custom.has(familyOf(id))
      ? []
      : [{ path, at, message: unknownRule(id, at, all) }];
  const keysOf = (rules: unknown, path: Problem['path']): Problem[] =>
    isTree(rules) ? Object.keys(rules).flatMap((id) => judge(id, [...path, id], 'key')) : [];

  return [
    ...keysOf(value['rules'], ['rules']),
    ...listIn(value, 'overrides').flatMap((override, i) => (isTree(override) ? keysOf(override['rules'], ['overrides', i, 'rules']) : [])),
    ...listIn(value['security'], 'required').flatMap((id, i) =>
      typeof id === 'string' && id !== '' ? judge(id, ['security', 'required', i], 'value') : [],
    ),
    ...clashes('customRules', value, known.builtIn),
    ...clashes('stages', value, known.builtIn),
    ...partsOf(value).flatMap(({ path, part }) =>
      rulesProblems(part, known).map((problem) => ({ ...problem, path: [...path, ...problem.path] })),
    ),
  ];
}

function unknownRule(id: string, at: Problem['at'], known: readonly string[]): string {
  const guess = didYouMean(id, known);
  return at === 'key' ? `unknown rule {key}${guess}` : `{key}: unknown rule ${show(id)}${guess}`;
}

/** Custom rules and stages with a duplicate id: rule settings refer to both by id. */
function clashes(key: 'customRules' | 'stages', value: unknown, builtIn: ReadonlySet<string>): Problem[] {
  const seen = new Set(key === 'stages' ? listIn(value, 'customRules').map(idIn) : []);
  return listIn(value, key).flatMap((entry, i) => {
    const id = idIn(entry);
    if (id === null) return [];
    const other = key === 'stages' ? 'stage or custom rule' : 'custom rule';
    const taken = builtIn.has(id) ? 'is a built-in rule' : seen.has(id) ? `is the id of another ${other} of this file` : null;
    seen.add(id);
    const field = isTree(entry) && typeof entry['id'] === 'string' ? 'id' : 'use';
    return taken === null ? [] : [{ path: [key, i, field], at: 'value' as const, message: `{key}: ${show(id)} ${taken}` }];
  });
}

/** The id of a custom rule or a stage, or null. */
function idIn(entry: unknown): string | null {
  if (!isTree(entry)) return null;
  const { id, use } = entry;
  return typeof id === 'string' ? id : typeof use === 'string' ? use : null;
}

function listIn(value: unknown, key: string): readonly unknown[] {
  const list = isTree(value) ? value[key] : undefined;
  return Array.isArray(list) ? list : [];
}
