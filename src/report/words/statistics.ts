import type { LabelCounts } from '../../findings/count-labels.ts';
import type { SuppressedBy } from '../../findings/finding.ts';
import { visible } from '../../findings/redact.ts';
import type { Palette } from '../palette.ts';
import { columnsOf } from '../text-layout.ts';

/** What a ledger says, for people. */
export interface StatisticsView {
  readonly since: string | null;
  readonly runs: number;
  readonly byVerdict: Readonly<Record<string, number>>;
  /** Those that make most noise first. */
  readonly rules: readonly RuleView[];
  readonly files: number;
  readonly lines: number;
  /** Milliseconds. */
  readonly median: number | null;
  readonly p95: number | null;
  readonly weeks: readonly { readonly start: string; readonly runs: number; readonly blocked: number }[];
}

interface RuleView {
  readonly rule: string;
  readonly found: number;
  readonly blocked: number;
  readonly suppressed: Readonly<Record<SuppressedBy, number>>;
  readonly labels: LabelCounts;
  /** 0 to 1; null: nobody said anything. */
  readonly falseShare: number | null;
}

/** So many rules are named. */
const TOP = 15;
/** From this share of false findings on a rule stands out. */
const NOISY = 0.5;
const BARS = ' ▁▂▃▄▅▆▇█';

/** @returns lines that end with a newline each */
export function renderStatistics(view: StatisticsView, palette: Palette): string {
  const { bold, dim } = palette;
  const rules = renderRules(view.rules, palette);
  if (view.runs === 0) return `${['code-guardian: no runs are recorded here yet', ...rules].join('\n')}\n`;
  const verdicts = Object.entries(view.byVerdict).map(([verdict, count]) => `${count} ${verdict}`);
  const since = view.since === null ? '' : ` since ${view.since.slice(0, 10)}`;
  return `${[
    bold(`${view.runs} runs${since}: ${verdicts.join(', ')}`),
    `${view.files} files and ${view.lines} lines were looked at`,
    ...(view.median === null
      ? []
      : [`a commit waited ${Math.round(view.median)} ms (median); 95 of 100 less than ${Math.round(view.p95 ?? 0)} ms`]),
    '',
    ...trend(view.weeks, palette),
    ...rules,
    dim('Counts only: the ledger holds no path, no line and no value.'),
  ].join('\n')}\n`;
}

function trend(weeks: StatisticsView['weeks'], { bold, isUnicode }: Palette): string[] {
  const most = Math.max(...weeks.map(({ runs }) => runs));
  if (most === 0) return [];
  const bar = (runs: number): string => BARS[Math.ceil((runs / most) * (BARS.length - 1))]!;
  return [
    bold('Runs a week'),
    ...(isUnicode ? [`  ${weeks.map(({ runs }) => bar(runs)).join('')}`] : []),
    ...weeks
      .filter(({ runs }) => runs > 0)
      .map(({ start, runs, blocked }) => `  ${start}  ${runs}${blocked === 0 ? '' : `, ${blocked} blocked`}`),
    '',
  ];
}

const COLUMNS: readonly (readonly [title: string, cell: (rule: RuleView) => string])[] = [
  ['found', ({ found }) => String(found)],
  ['blocked', ({ blocked }) => String(blocked)],
  ['comment', ({ suppressed }) => String(suppressed.inline)],
  ['baseline', ({ suppressed }) => String(suppressed.baseline)],
  ['config', ({ suppressed }) => String(suppressed.config)],
  ['false', ({ labels, falseShare }) => (falseShare === null ? '' : `${labels.false} of ${labels.real + labels.ignored + labels.false}`)],
  ['share', ({ falseShare }) => (falseShare === null ? '' : `${Math.round(falseShare * 100)}%`)],
];

/** A row a rule: what it found and blocked, what was let pass and how, and what people said of it. */
function renderRules(rules: readonly RuleView[], { bold, dim, yellow, signs }: Palette): string[] {
  if (rules.length === 0) return [];
  const shown = rules.slice(0, TOP);
  const title = 'By rule';
  const first = Math.max(...shown.map(({ rule }) => columnsOf(visible(rule))), title.length);
  const columns = COLUMNS.map(([name, cell]) => ({ name, cell, width: Math.max(name.length, ...shown.map((rule) => cell(rule).length)) }));
  const more = rules.length - shown.length;
  return [
    bold([title.padEnd(first + 2), ...columns.map(({ name, width }) => name.padStart(width))].join('  ')),
    ...shown.map((rule) => {
      const name = visible(rule.rule);
      const cells = columns.map(({ cell, width }) => cell(rule).padStart(width));
      const row = [`  ${name}${' '.repeat(first - columnsOf(name))}`, ...cells].join('  ').trimEnd();
      return (rule.falseShare ?? 0) >= NOISY ? yellow(row) : row;
    }),
    ...(more > 0 ? [dim(`  ${signs.ellipsis} and ${more} more (see --format json)`)] : []),
    '',
  ];
}
