import type { LabelCounts } from '../../findings/count-labels.ts';
import type { SuppressedBy } from '../../findings/finding.ts';
import { visible } from '../../findings/redact.ts';
import type { Palette } from '../palette.ts';
import { columnsOf, count, wrap } from '../text-layout.ts';

/** Statistics of a ledger, for people. */
export interface StatisticsView {
  readonly since: string | null;
  readonly runs: number;
  readonly byVerdict: Readonly<Record<string, number>>;
  /** Noisiest first. */
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
  /** 0 to 1; null if no entry has a label. */
  readonly falseShare: number | null;
}

/** Rules that are listed. */
const TOP = 15;
/** From this share of false findings on, a rule is highlighted. */
const NOISY = 0.5;
const BARS = ' ▁▂▃▄▅▆▇█';

/** @param width columns of the terminal; Infinity elsewhere, so that each rule stays on one line */
export function renderStatistics(view: StatisticsView, palette: Palette, width = Infinity): string {
  const { bold, dim } = palette;
  const rules = renderRules(view.rules, palette, width);
  if (view.runs === 0) return `${['No runs are recorded here yet.', ...rules].join('\n')}\n`;
  const verdicts = Object.entries(view.byVerdict).map(([verdict, number]) => `${number} ${verdict}`);
  const since = view.since === null ? '' : ` since ${view.since.slice(0, 10)}`;
  return `${[
    ...wrap(`${count(view.runs, 'run')}${since}: ${verdicts.join(', ')}`, width).map(bold),
    `Scanned: ${count(view.files, 'file')}, ${count(view.lines, 'line')}`,
    ...(view.median === null ? [] : [`Added per commit: ${Math.round(view.median)} ms median, ${Math.round(view.p95 ?? 0)} ms p95`]),
    '',
    ...trend(view.weeks, palette),
    ...rules,
    ...wrap('Counts only: the ledger holds no path, no line and no value.', width).map(dim),
  ].join('\n')}\n`;
}

function trend(weeks: StatisticsView['weeks'], { bold, isUnicode }: Palette): string[] {
  const most = Math.max(...weeks.map(({ runs }) => runs));
  if (most === 0) return [];
  const bar = (runs: number): string => BARS[Math.ceil((runs / most) * (BARS.length - 1))]!;
  return [
    bold('Runs per week'),
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

/**
 * One row per rule: found and blocked, how often each exception let a finding pass, and the labels from `baseline audit`. If the row is too
 * wide for the terminal, the counts that are not zero follow on lines of their own.
 */
function renderRules(rules: readonly RuleView[], palette: Palette, width: number): string[] {
  const { bold, dim, yellow, signs } = palette;
  if (rules.length === 0) return [];
  const shown = rules.slice(0, TOP);
  const title = 'By rule';
  const first = Math.max(...shown.map(({ rule }) => columnsOf(visible(rule))), title.length);
  const columns = COLUMNS.map(([name, cell]) => ({ name, cell, width: Math.max(name.length, ...shown.map((rule) => cell(rule).length)) }));
  const more = rules.length - shown.length;
  const head = [title.padEnd(first + 2), ...columns.map((column) => column.name.padStart(column.width))].join('  ');
  const isTable = columnsOf(head) <= width;
  const rowsOf = (rule: RuleView): string[] => {
    const name = visible(rule.rule);
    if (!isTable) return [`  ${name}`, ...wrap(countsOf(rule), width - 4).map((line) => `    ${line}`)];
    const cells = columns.map((column) => column.cell(rule).padStart(column.width));
    return [[`  ${name}${' '.repeat(first - columnsOf(name))}`, ...cells].join('  ').trimEnd()];
  };
  return [
    bold(isTable ? head : title),
    ...shown.flatMap((rule) => rowsOf(rule).map((row) => ((rule.falseShare ?? 0) >= NOISY ? yellow(row) : row))),
    ...(more > 0 ? [dim(`  ${signs.ellipsis} and ${more} more (see --format json)`)] : []),
    '',
  ];
}

function countsOf(rule: RuleView): string {
  return COLUMNS.map(([name, cell]) => [name, cell(rule)] as const)
    .filter(([, text]) => text !== '' && text !== '0')
    .map(([name, text]) => `${name} ${text}`)
    .join(', ');
}
