import type { Draft } from './gitleaks-draft.ts';
import { readFields } from './fields.ts';
import { translatePaths, translateValues, wordPattern } from './patterns.ts';

type Tree = Readonly<Record<string, unknown>>;

/** The convertible part of an allowlist. */
interface Criteria {
  readonly isAnd: boolean;
  readonly paths: readonly string[];
  readonly regexes: readonly string[];
  readonly words: readonly string[];
  readonly targetRules: readonly string[];
}

/** Our rule for one of theirs. */
export interface Owner {
  readonly id: string;
  /** Whether its value is the whole match. */
  readonly isWholeMatch: boolean;
}

const COMMITS = 'commits are not converted: an accepted finding is accepted in every commit';

/** An allowlist for every rule. */
export function takeGlobalAllowlist(table: Tree, where: string, draft: Draft, owners: ReadonlyMap<string, Owner>): void {
  const tell = (note: string): void => void draft.notes.push(`${where}: ${note}`);
  const criteria = readCriteria(table, tell, null);
  if (criteria === null) return;
  if (criteria.targetRules.length > 0) {
    for (const name of criteria.targetRules) {
      const owner = owners.get(name);
      if (owner === undefined) tell(`no rule for ${name}`);
      else applyTo(owner, criteria, draft, tell);
    }
    return;
  }
  const { paths, regexes, words, isAnd } = criteria;
  const kinds = [paths, regexes, words].filter((list) => list.length > 0).length;
  if (isAnd && kinds > 1) return tell('conditions that must all be met cannot apply to every rule');
  draft.ignore.paths.push(...paths);
  draft.ignore.values.push(...regexes);
  draft.ignore.words.push(...words);
}

/** An allowlist of one rule. */
export function takeRuleAllowlist(table: Tree, where: string, draft: Draft, owner: Owner): void {
  const tell = (note: string): void => void draft.notes.push(`${where}: ${note}`);
  const criteria = readCriteria(table, tell, owner);
  if (criteria !== null) applyTo(owner, criteria, draft, tell);
}

function applyTo({ id }: Owner, { isAnd, paths, regexes, words }: Criteria, draft: Draft, tell: (note: string) => void): void {
  const patterns = [...regexes, ...words.map(wordPattern)];
  if (isAnd && regexes.length > 0 && words.length > 0) return tell('two conditions on the same value are not supported');
  if (isAnd && paths.length > 0 && patterns.length > 0) {
    if (draft.allowIn.has(id)) return tell(`a second list of values and files for rule ${id} is not supported`);
    draft.allowIn.set(id, { files: paths, allow: patterns });
    return;
  }
  if (paths.length > 0) draft.offIn.push({ files: paths, rule: id });
  if (patterns.length > 0) draft.allow.set(id, [...new Set([...(draft.allow.get(id) ?? []), ...patterns])]);
}

/** Null if nothing can be converted. */
function readCriteria(table: Tree, tell: (note: string) => void, owner: Owner | null): Criteria | null {
  const fields = readFields(table, tell);
  fields.text('description');
  const condition = (fields.text('condition') ?? 'OR').toUpperCase();
  const isAnd = condition === 'AND' || condition === '&&';
  const target = fields.text('regexTarget') ?? 'secret';
  const written = { commits: fields.texts('commits'), paths: fields.texts('paths'), regexes: fields.texts('regexes') };
  const words = fields.texts('stopwords').filter((word) => word !== '');
  const targetRules = fields.texts('targetRules');
  for (const key of fields.rest()) tell(`unknown key ${key}`);

  const isOnValue = target === 'secret' || (target === 'match' && owner?.isWholeMatch === true);
  if (written.commits.length > 0) tell(COMMITS);
  if (written.regexes.length > 0 && !isOnValue) tell(`regexes of a ${target} are not converted: patterns apply only to the value`);
  const paths = translatePaths(written.paths, 'paths', tell);
  const regexes = isOnValue ? translateValues(written.regexes, 'regexes', tell) : [];
  const isCut =
    written.commits.length > 0 || (written.paths.length > 0 && paths.length === 0) || (written.regexes.length > 0 && regexes.length === 0);
  // Dropping a condition would accept more than the original.
  return isAnd && isCut ? null : { isAnd, paths, regexes, words, targetRules };
}
