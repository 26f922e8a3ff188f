import type { CustomRule } from '../../policy/config.ts';
import { partsOf, lengthOf, type PatternTree } from '../../patterns/pattern-tree.ts';
import { describeRisk, findPatternRisks } from '../../patterns/pattern-safety.ts';
import { cannotCarry } from '../../errors/cannot-carry.ts';
import { chooseKeywords } from './choose-keywords.ts';
import type { Fields } from './fields.ts';
import { parseGoPattern } from '../../patterns/parse-go-pattern.ts';
import { pathGlobs } from './path-globs.ts';
import { checkPattern } from './patterns.ts';
import { isInEveryMatch, renderPattern } from '../../patterns/render-pattern.ts';

/** A rule of the other scanner, converted. */
export interface TranslatedRule {
  readonly rule: CustomRule;
  /** Whether the value is the whole match. */
  readonly isWholeMatch: boolean;
}

const MAX_ENTROPY = 8;

/**
 * One table of `[[rules]]` with a regex → a custom rule.
 *
 * @param id ours
 * @param hasAllowlist values are compared, so the part of the match that is the value matters
 * @throws GuardianError INPUT_INVALID with what cannot be carried over
 */
export function translateRule(fields: Fields, id: string, hasAllowlist: boolean, tell: (note: string) => void): TranslatedRule {
  if (fields.tables('required').length > 0 || fields.tables('components').length > 0) {
    return cannotCarry('it applies only next to findings of other rules');
  }
  const tree = parseGoPattern(fields.text('regex')!);
  const minEntropy = readEntropy(fields, tell);
  const secret = chooseGroup(tree, fields.number('secretGroup') ?? 0);
  if (secret === 'unsure') {
    if (minEntropy !== null || hasAllowlist) cannotCarry('the group with the value depends on the text: set `secretGroup`');
    tell('the group with the value depends on the text: using the whole match');
  }
  const secretGroup = secret === 'unsure' ? null : secret;
  const { keywords, ignoresCase, note } = chooseKeywords(tree, fields.texts('keywords'));
  if (note !== null) tell(note);
  const flags = ignoresCase ? 'i' : '';
  const pattern = renderPattern(tree, { secretGroup, ignoresCase });
  checkPattern(pattern, flags);
  for (const risk of findPatternRisks(pattern, flags)) tell(`its converted pattern ${describeRisk(pattern, risk)}`);

  const path = fields.text('path');
  return {
    rule: {
      id,
      keywords,
      pattern,
      ...(flags === '' ? {} : { flags }),
      message: fields.text('description')?.replace(/\s+/g, ' ').trim() || id.replaceAll('-', ' '),
      ...(path === null ? {} : { paths: pathGlobs(parseGoPattern(path)) }),
      ...(minEntropy === null ? {} : { minEntropy }),
    },
    isWholeMatch: secretGroup === null,
  };
}

/** The given entropy, or the one in a filter that only compares entropy. */
function readEntropy(fields: Fields, tell: (note: string) => void): number | null {
  const filter = fields.text('filter');
  const [, compared] = /^\s*(?:filter\.)?entropy\(finding(?:\.secret|\["secret"\])\)\s*<=\s*(\d+(?:\.\d+)?)\s*$/.exec(filter ?? '') ?? [];
  if (filter !== null && compared === undefined) tell('its `filter` is not converted: the rule finds more');
  const entropy = fields.number('entropy') ?? (compared === undefined ? 0 : Number(compared));
  if (entropy > MAX_ENTROPY) return cannotCarry(`no value has an entropy of ${entropy} bits per character`);
  return entropy > 0 ? entropy : null;
}

/** The group with the value; null: the whole match. By default the first non-empty group. */
function chooseGroup(tree: PatternTree, named: number): number | null | 'unsure' {
  const groups = groupsOf(tree);
  if (named > 0) return groups.some(({ index }) => index === named) ? named : cannotCarry(`it has no group ${named}`);
  const first = groups.find(({ item }) => lengthOf(item)[1] > 0);
  if (first === undefined) return null;
  return isInEveryMatch(tree, first.index) && lengthOf(first.item)[0] > 0 ? first.index : 'unsure';
}

function groupsOf(tree: PatternTree): { index: number; item: PatternTree }[] {
  const own = tree.kind === 'group' ? [{ index: tree.index, item: tree.item }] : [];
  return [...own, ...partsOf(tree).flatMap(groupsOf)].sort((a, b) => a.index - b.index);
}
