import { RULE_ID } from '../schema.ts';
import { attempt } from '../../errors/cannot-carry.ts';
import { type Fields, readFields } from './fields.ts';
import { type Owner, takeGlobalAllowlist, takeRuleAllowlist } from './gitleaks-allowlist.ts';
import { createDraft, type Draft, finishDraft } from './gitleaks-draft.ts';
import { translateRule } from './gitleaks-rule.ts';
import type { Imported } from './imported.ts';

type Tree = Readonly<Record<string, unknown>>;

/** Their rules that correspond to one of ours with another name. */
const SAME_RULE: Readonly<Record<string, string>> = { 'generic-api-key': 'generic-secret' };

/**
 * A gitleaks or betterleaks config → ours.
 *
 * @param document its TOML, parsed
 * @param builtIn ids of our built-in rules
 */
export function translateGitleaksConfig(document: Tree, builtIn: readonly string[]): Imported {
  const draft = createDraft();
  const tell = (note: string): void => void draft.notes.push(note);
  const fields = readFields(document, tell);
  for (const key of ['title', 'description', 'minVersion', 'betterleaksMinVersion']) fields.text(key);
  for (const key of ['prefilter', 'filter'].filter(fields.has)) tell(`the global ${key} is not converted: more files are scanned`);

  takeExtend(fields.tables('extend'), draft, builtIn);
  const owners = new Map<string, Owner>();
  const rules = fields.tables('rules');
  for (const [i, table] of rules.entries()) takeRule(table, i, draft, owners, builtIn);
  for (const key of ['allowlist', 'allowlists']) {
    const tables = fields.tables(key);
    for (const [i, table] of tables.entries()) takeGlobalAllowlist(table, tables.length > 1 ? `${key}[${i}]` : key, draft, owners);
  }
  for (const key of fields.rest()) tell(`unknown key ${key}`);
  if (rules.some((table) => Object.hasOwn(table, 'tags'))) tell('tags are not converted: rules have no tags');
  return { layer: finishDraft(draft), known: [], notes: draft.notes };
}

function takeExtend([table]: readonly Tree[], draft: Draft, builtIn: readonly string[]): void {
  const tell = (note: string): void => void draft.notes.push(`extend: ${note}`);
  const fields = readFields(table ?? {}, tell);
  const isDefault = fields.isTrue('useDefault');
  const path = fields.text('path');
  if (path !== null) tell('path names another file: import that too, and name what comes of it under `extends`');
  if (!isDefault) tell('that config does not use built-in rules; here they stay on unless `rules` switches them off');
  for (const name of fields.texts('disabledRules')) {
    const id = builtInFor(name, builtIn);
    if (id !== null) draft.off.push(id);
    else tell(`disabledRules: no rule corresponds to ${name}. To list the rules: \`code-guardian rules list\``);
  }
  for (const key of fields.rest()) tell(`unknown key ${key}`);
}

function builtInFor(name: string, builtIn: readonly string[]): string | null {
  const id = Object.hasOwn(SAME_RULE, name) ? SAME_RULE[name]! : name;
  return builtIn.includes(id) ? id : null;
}

function takeRule(table: Tree, index: number, draft: Draft, owners: Map<string, Owner>, builtIn: readonly string[]): void {
  const name = typeof table['id'] === 'string' && table['id'] !== '' ? table['id'] : `rules[${index}]`;
  const where = `rule ${name}`;
  const tell = (note: string): void => void draft.notes.push(`${where}: ${note}`);
  const fields = readFields(table, tell);
  fields.has('id');
  const allowlists = [...fields.tables('allowlist'), ...fields.tables('allowlists')];
  const owner = ownerOf(fields, name, draft, allowlists.length > 0, builtIn, tell);
  if (owner === null) return;
  owners.set(name, owner);
  for (const [i, allowlist] of allowlists.entries()) takeRuleAllowlist(allowlist, `${where}, allowlists[${i}]`, draft, owner);
}

/** Our rule for one of theirs: from its pattern, or the built-in one that it extends. Null: none. */
function ownerOf(
  fields: Fields,
  name: string,
  draft: Draft,
  hasAllowlist: boolean,
  builtIn: readonly string[],
  tell: (note: string) => void,
): Owner | null {
  fields.has('tags');
  if (fields.text('regex') === null) {
    const known = fields.has('path') ? null : builtInFor(name, builtIn);
    if (known !== null) return { id: known, isWholeMatch: false };
    tell(
      fields.has('path')
        ? 'skipped: it checks only paths, see `forbidden-file`'
        : 'skipped: it has no regex, and no built-in rule has its name',
    );
    return null;
  }
  if (fields.isTrue('skipReport')) {
    tell('skipped: it reports nothing by itself');
    return null;
  }
  const id = freeId(name, [...builtIn, ...draft.customRules.map((rule) => rule.id)]);
  const own: string[] = [];
  const tried = attempt(() => translateRule(fields, id, hasAllowlist, (note) => void own.push(note)));
  if ('reason' in tried) {
    tell(`skipped: ${tried.reason}`);
    return null;
  }
  own.forEach(tell);
  if (id !== name) tell(`renamed to ${id}`);
  for (const key of ['validate', 'analyze', 'revoke', 'tokenEfficiency'].filter(fields.has)) tell(`${key} is not converted`);
  for (const key of fields.rest()) tell(`unknown key ${key}`);
  draft.customRules.push(tried.made.rule);
  return { id, isWholeMatch: tried.made.isWholeMatch };
}

/** An unused name in kebab-case. */
function freeId(name: string, taken: readonly string[]): string {
  const words = name
    .replace(/(?<=[a-z0-9])(?=[A-Z])/g, '-')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean)
    .join('-');
  const id = RULE_ID.test(words) ? words : ['rule', words].filter(Boolean).join('-');
  if (!taken.includes(id)) return id;
  const numbers = Array.from({ length: taken.length + 1 }, (_, i) => `${id}-${i + 2}`);
  return numbers.find((other) => !taken.includes(other))!;
}
