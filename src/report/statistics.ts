import type { Palette } from './palette.ts';

/** What a ledger says, for people. */
export interface StatisticsView {
  readonly since: string | null;
  readonly runs: number;
  readonly byVerdict: Readonly<Record<string, number>>;
  readonly blockedByRule: readonly (readonly [rule: string, count: number])[];
  readonly foundByRule: readonly (readonly [rule: string, count: number])[];
  readonly files: number;
  readonly lines: number;
  /** Milliseconds. */
  readonly median: number | null;
  readonly p95: number | null;
  readonly weeks: readonly { readonly start: string; readonly runs: number; readonly blocked: number }[];
}

/** So many rules are named. */
const TOP = 8;
const BARS = ' ▁▂▃▄▅▆▇█';

/** @returns lines that end with a newline each */
export function renderStatistics(view: StatisticsView, palette: Palette): string {
  if (view.runs === 0) return 'code-guardian: no runs are recorded here yet\n';
  const { bold, dim } = palette;
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
    ...table('Blocked by', view.blockedByRule, palette),
    ...table('Found by', view.foundByRule, palette),
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

function table(title: string, rows: StatisticsView['foundByRule'], { bold }: Palette): string[] {
  if (rows.length === 0) return [];
  const width = Math.max(...rows.slice(0, TOP).map(([, count]) => String(count).length));
  return [bold(title), ...rows.slice(0, TOP).map(([rule, count]) => `  ${String(count).padStart(width)}  ${rule}`), ''];
}
