import { html, type Html } from './html.ts';
import { renderTable } from './html-table.ts';
import { count } from '../text-layout.ts';

/** Runs of one day by verdict. */
export interface Day {
  /** `2026-01-31` */
  readonly date: string;
  readonly byVerdict: Readonly<Record<string, number>>;
}

/** In the order of a bar, bottom first. */
const VERDICTS: readonly string[] = ['clean', 'warned', 'bypassed', 'incomplete', 'blocked'];

/** Distance between days and width of a bar, in units of the drawing. */
const STEP = 26;
const BAR = 18;
const TOP = 18;
const HEIGHT = 140;
const BASE = TOP + HEIGHT;

/** Verdicts of each day, as a chart and as a table. */
export function renderDays(days: readonly Day[]): Html {
  const busy = days.filter((day) => runsOf(day) > 0);
  if (busy.length === 0) {
    return html`<section>
      <h2>Verdicts by day</h2>
      <p>No runs in the last ${count(days.length, 'day')}.</p>
    </section>`;
  }
  const met = VERDICTS.filter((verdict) => busy.some((day) => runsOf(day, verdict) > 0));
  const table = renderTable(
    'Runs per day by verdict, without days that have no runs',
    [{ name: 'Day' }, ...met.map((name) => ({ name, isNumber: true }))],
    busy.map((day) => [day.date, ...met.map((verdict) => runsOf(day, verdict))]),
  );
  return html`<section>
    <h2>Verdicts by day</h2>
    <ul class="legend">
      ${met.map(renderKey)}
    </ul>
    <div class="wide" tabindex="0" role="region" aria-label="Chart of verdicts by day">${renderChart(days)}</div>
    <details>
      <summary>As a table</summary>
      ${table}
    </details>
  </section>`;
}

function renderKey(verdict: string): Html {
  const sign = html`<svg viewBox="0 0 10 10" aria-hidden="true"><rect class="${verdict}" width="10" height="10" /></svg>`;
  return html`<li>${sign}${verdict}</li>`;
}

function renderChart(days: readonly Day[]): Html {
  const most = Math.max(...days.map((day) => runsOf(day)));
  const width = days.length * STEP;
  const label = `Runs of the last ${count(days.length, 'day')} by verdict, at most ${most} a day`;
  return html`<svg class="days" viewBox="0 0 ${width} ${BASE + 22}" role="img" aria-label="${label}">
    <path class="grid" d="M0 ${TOP}H${width}M0 ${BASE}H${width}" />
    <text x="0" y="${TOP - 6}">${count(most, 'run')}</text>
    ${days.map((day, place) => renderBar(day, place, most))}
  </svg>`;
}

function renderBar(day: Day, place: number, most: number): Html {
  const x = place * STEP + (STEP - BAR) / 2;
  let top = BASE;
  const parts = VERDICTS.map((verdict) => {
    const height = (runsOf(day, verdict) / most) * HEIGHT;
    top -= height;
    return height === 0
      ? html``
      : html`<rect class="${verdict}" x="${x}" y="${rounded(top)}" width="${BAR}" height="${rounded(height)}" />`;
  });
  // There is room for one label per week.
  const name = place % 7 === 0 ? html`<text x="${x}" y="${BASE + 16}">${day.date.slice(5)}</text>` : html``;
  return html`<g><title>${day.date}: ${saidOf(day)}</title>${parts}${name}</g> `;
}

function saidOf(day: Day): string {
  const counts = VERDICTS.flatMap((verdict) => (runsOf(day, verdict) > 0 ? [`${runsOf(day, verdict)} ${verdict}`] : []));
  return counts.length === 0 ? 'no runs' : counts.join(', ');
}

function runsOf({ byVerdict }: Day, verdict?: string): number {
  if (verdict !== undefined) return byVerdict[verdict] ?? 0;
  return VERDICTS.reduce((sum, one) => sum + (byVerdict[one] ?? 0), 0);
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
