import { visible } from '../../findings/redact.ts';
import type { Category, Rule } from '../../engine/rule.ts';
import { groupBy } from '../grouping.ts';
import { renderDocument } from '../formats/json.ts';
import type { Palette } from '../palette.ts';
import { columnsOf, wrap } from '../text-layout.ts';

/** What each category is called, in the order of lists and of the docs page. */
const CATEGORY_TITLES: Readonly<Record<Category, string>> = {
  secret: 'Secrets',
  leftover: 'Leftovers',
  risk: 'Risky code',
  conflict: 'Merge conflicts',
  comment: 'Comments',
  file: 'Files',
};

/** How rules are shown to people. */
export interface RuleView {
  readonly palette: Palette;
  readonly width: number;
}

/** Rules by category, in the order of the titles. */
export function byCategory(rules: readonly Rule[]): { readonly title: string; readonly rules: readonly Rule[] }[] {
  const groups = groupBy(rules, ({ category }) => category);
  return Object.entries(CATEGORY_TITLES).flatMap(([category, title]) => {
    const group = groups.get(category as Category);
    return group === undefined ? [] : [{ title, rules: group }];
  });
}

/** One line a rule: its id, severity, and what it finds. */
export function renderRuleList(rules: readonly Rule[], { palette }: RuleView): string {
  const idColumns = Math.max(0, ...rules.map(({ id }) => columnsOf(id)));
  const lines = byCategory(rules).flatMap(({ title, rules: group }) => [
    palette.bold(`${title} (${group.length})`),
    ...group.map(({ id, severity, message, isOptIn }) => {
      const off = isOptIn === true ? palette.dim(' (off by default)') : '';
      return `  ${palette.cyan(id.padEnd(idColumns))}  ${severity.padEnd('critical'.length)}  ${visible(message)}${off}`;
    }),
    '',
  ]);
  return `${[...lines, `${rules.length} rules. \`code-guardian rules explain ID\` says more of one.`].join('\n')}\n`;
}

/** What programs are told of a rule. Keys are a promise, as those of the report. */
export function ruleFields(rule: Rule) {
  const { id, kind, category, severity, confidence, message, why, advice, docs } = rule;
  const scope = rule.kind === 'content' ? { keywords: rule.keywords, languages: rule.languages, paths: rule.paths } : {};
  return { id, kind, category, severity, confidence, enabled: rule.isOptIn !== true, message, why, advice, docs, ...scope };
}

/** All rules as one JSON array. */
export function renderRulesJson(rules: readonly Rule[]): string {
  return renderDocument(rules.map(ruleFields));
}

/** All about one rule. */
export function renderRule(rule: Rule, { palette, width }: RuleView): string {
  const rows: [label: string, text: string][] = [
    ['Finds', rule.message],
    ['Severity', `${rule.severity}, confidence ${rule.confidence}`],
    ['Default', rule.isOptIn === true ? 'off' : 'on'],
    ...(rule.kind === 'file' ? [['Looks at', 'names, sizes and kinds of files'] as [string, string]] : contentRows(rule)),
    ['Why', rule.why],
    ['Fix', rule.advice],
    ...(rule.docs === '' ? [] : [['See', rule.docs] as [string, string]]),
    [
      'Ignore',
      rule.kind === 'content' ? `\`code-guardian:ignore ${rule.id} -- reason\` in a comment on the line` : '`ignore.paths` in the config',
    ],
    ['Config', `\`rules: { ${rule.id}: error | warn | off }\``],
  ];
  const column = Math.max(...rows.map(([label]) => label.length)) + 2;
  const lines = rows.flatMap(([label, text]) =>
    wrap(visible(text), Math.max(20, width - column - 2)).map(
      (line, i) => `  ${i === 0 ? palette.dim(label.padEnd(column)) : ' '.repeat(column)}${line}`,
    ),
  );
  return `${[palette.bold(rule.id), '', ...lines].join('\n')}\n`;
}

function contentRows(rule: Extract<Rule, { kind: 'content' }>): [string, string][] {
  return [
    ['Looks at', scopeOf(rule)],
    ['Keywords', rule.keywords.map((keyword) => JSON.stringify(keyword)).join(', ')],
  ];
}

/** The files that a rule looks at, in words. */
export function scopeOf(rule: Rule): string {
  if (rule.kind === 'file') return 'every file, as such';
  const { languages, paths, skipsGenerated } = rule;
  return [
    languages === undefined ? 'every file' : `${languages.join(', ')} files`,
    ...(paths === undefined ? [] : [`of ${paths.join(', ')}`]),
    ...(skipsGenerated === true ? ['but for lock files, minified and vendored code'] : []),
  ].join(' ');
}
