import { withProgram } from '../../host/program.ts';
import { visible } from '../../findings/redact.ts';
import type { Category, Rule } from '../../engine/rule.ts';
import { groupBy } from '../grouping.ts';
import { renderDocument } from '../json-document.ts';
import type { Palette } from '../palette.ts';
import { columnsOf, wrap } from '../text-layout.ts';

/** Titles of the categories, in the order of lists and of the docs page. */
const CATEGORY_TITLES: Readonly<Record<Category, string>> = {
  secret: 'Secrets',
  leftover: 'Leftovers',
  risk: 'Risky code',
  conflict: 'Merge conflicts',
  comment: 'Comments',
  file: 'Files',
};

/** How to show rules to people. */
export interface RuleView {
  readonly palette: Palette;
  /** Columns for prose. */
  readonly width: number;
  /** Columns for the row of a table; Infinity when there is no terminal, so that each row stays on one line for grep. */
  readonly tableWidth: number;
  /** How the reader starts this program; absent: `code-guardian`. */
  readonly program?: string | undefined;
}

/** Rules by category, in the order of the titles. */
export function byCategory(rules: readonly Rule[]): { readonly title: string; readonly rules: readonly Rule[] }[] {
  const groups = groupBy(rules, ({ category }) => category);
  return Object.entries(CATEGORY_TITLES).flatMap(([category, title]) => {
    const group = groups.get(category as Category);
    return group === undefined ? [] : [{ title, rules: group }];
  });
}

/** One row per rule: its id, severity, and what it finds. */
export function renderRuleList(rules: readonly Rule[], { palette, tableWidth, program }: RuleView): string {
  const idColumns = Math.max(0, ...rules.map(({ id }) => columnsOf(id)));
  const severityColumns = 'critical'.length;
  const indent = idColumns + severityColumns + 6;
  const lines = byCategory(rules).flatMap(({ title, rules: group }) => [
    palette.bold(`${title} (${group.length})`),
    ...group.flatMap(({ id, severity, message, isOptIn }) => {
      const [first = '', ...rest] = wrap(
        `${visible(message)}${isOptIn === true ? ' (off by default)' : ''}`,
        Math.max(20, tableWidth - indent),
      );
      const row = `  ${palette.cyan(id.padEnd(idColumns))}  ${severity.padEnd(severityColumns)}  ${first}`;
      return [row, ...rest.map((line) => `${' '.repeat(indent)}${line}`)];
    }),
    '',
  ]);
  const more = withProgram(`${rules.length} rules. To read about one: \`code-guardian rules explain ID\``, program);
  return `${[...lines, ...wrap(more, tableWidth)].join('\n')}\n`;
}

/** A rule for programs. Keys are stable. */
export function ruleFields(rule: Rule) {
  const { id, kind, category, severity, confidence, message, why, advice, docs } = rule;
  const scope = rule.kind === 'content' ? { keywords: rule.keywords, languages: rule.languages, paths: rule.paths } : {};
  return { id, kind, category, severity, confidence, enabled: rule.isOptIn !== true, message, why, advice, docs, ...scope };
}

/** All rules as one JSON array. */
export function renderRulesJson(rules: readonly Rule[]): string {
  return renderDocument(rules.map(ruleFields));
}

/** Everything about one rule. */
export function renderRule(rule: Rule, { palette, width }: RuleView): string {
  const rows: [label: string, text: string][] = [
    ['Finds', rule.message],
    ['Severity', `${rule.severity}, confidence ${rule.confidence}`],
    ['Default', rule.isOptIn === true ? 'off' : 'on'],
    ...(rule.kind === 'file' ? [['Scans', 'names, sizes and types of files'] as [string, string]] : contentRows(rule)),
    ['Why', rule.why],
    ['Fix', rule.advice],
    ...(/^https?:/.test(rule.docs) ? [['See', rule.docs] as [string, string]] : []),
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
    ['Scans', scopeOf(rule)],
    ['Keywords', rule.keywords.map((keyword) => JSON.stringify(keyword)).join(', ')],
  ];
}

/** The files that a rule scans, in words. */
export function scopeOf(rule: Rule): string {
  if (rule.kind === 'file') return 'names and metadata of every file';
  const { languages, paths, skipsGenerated } = rule;
  return [
    languages === undefined ? 'every file' : `${languages.join(', ')} files`,
    ...(paths === undefined ? [] : [`of ${paths.join(', ')}`]),
    ...(skipsGenerated === true ? ['except lock files, minified and vendored code'] : []),
  ].join(' ');
}
