import type { Check } from '../health-report.ts';
import { html, type Html } from './html.ts';
import { renderTable } from './html-table.ts';
import { type Day, renderDays } from './ledger-days.ts';
import { LEDGER_STYLE } from './ledger-style.ts';
import { duration } from '../text-layout.ts';

/** Data of the page. */
export interface LedgerView {
  readonly version: string;
  /** Name of its folder. */
  readonly repository: string;
  readonly checks: readonly Check[];
  readonly statistics: {
    readonly runs: number;
    readonly byVerdict: Readonly<Record<string, number>>;
    readonly blockedByRule: readonly (readonly [rule: string, count: number])[];
    readonly foundByRule: readonly (readonly [rule: string, count: number])[];
    readonly lines: number;
    /** Milliseconds. */
    readonly median: number | null;
    readonly p95: number | null;
  };
  /** Oldest first, without gaps. */
  readonly days: readonly Day[];
  /** Slowest first. */
  readonly slowest: readonly SlowRun[];
}

interface SlowRun {
  /** ISO 8601, in UTC. */
  readonly time: string;
  readonly run: string;
  /** `''`: by hand. */
  readonly hook: string;
  readonly target: string;
  readonly verdict: string;
  /** Milliseconds. */
  readonly ms: number;
  readonly files: number;
  readonly lines: number;
}

/** Rules that are listed. */
const TOP = 10;

/** The ledger as one HTML document that loads nothing and runs no script. Its only style is {@link LEDGER_STYLE}. */
export function renderLedgerPage({ version, repository, checks, statistics, days, slowest }: LedgerView): string {
  // Not escaped: the Content-Security-Policy has its hash.
  const style: Html = { html: `<style>${LEDGER_STYLE}</style>` };
  const ledger =
    statistics.runs === 0
      ? html`<p class="none">No runs are recorded yet. The next commit adds the first one.</p>`
      : html`${renderSums(statistics)} ${renderDays(days)} ${renderRules(statistics)} ${renderSlowest(slowest)}`;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${repository} – Code-Guardian</title>
        ${style}
      </head>
      <body>
        <header>
          <h1>${repository}</h1>
          <p>What the hooks of Code-Guardian found here</p>
        </header>
        <main>${renderChecks(checks)} ${ledger}</main>
        <footer>
          <p>Code-Guardian ${version}. Counts only: the ledger holds no path, no line and no value. Days and times are in UTC.</p>
        </footer>
      </body>
    </html> `.html;
}

const WORDS: Readonly<Record<Check['status'], string>> = { ok: 'ok', warn: 'needs attention', fail: 'failed', skipped: 'skipped' };

function renderChecks(checks: readonly Check[]): Html {
  const isReady = checks.every(({ status }) => status !== 'fail');
  const items = checks.map(({ name, status }) => html`<li>${name} <span class="${status}">${WORDS[status]}</span></li>`);
  return html`<section class="checks">
    <h2 class="${isReady ? 'ok' : 'fail'}">${isReady ? 'Ready' : 'Not ready'}</h2>
    <ul>
      ${items}
    </ul>
  </section>`;
}

function renderSums({ runs, byVerdict, lines, median, p95 }: LedgerView['statistics']): Html {
  const sums: [string, string][] = [
    ['Runs', runs.toLocaleString('en')],
    ['Blocked', (byVerdict['blocked'] ?? 0).toLocaleString('en')],
    ['Bypassed', (byVerdict['bypassed'] ?? 0).toLocaleString('en')],
    ['Lines', lines.toLocaleString('en')],
  ];
  if (median !== null) sums.push(['Per commit (median)', duration(median)]);
  if (p95 !== null) sums.push(['Per commit (p95)', duration(p95)]);
  return html`<dl class="sums">
    ${sums.map(
      ([name, value]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`;
}

function renderRules({ foundByRule, blockedByRule }: LedgerView['statistics']): Html {
  const most = foundByRule[0]?.[1] ?? 0;
  if (most === 0)
    return html`<section>
      <h2>Rules with the most findings</h2>
      <p>No findings yet.</p>
    </section>`;
  const blocked = new Map(blockedByRule);
  const rows = foundByRule.slice(0, TOP).map(([rule, found]) => {
    const stopped = blocked.get(rule) ?? 0;
    return [html`<code>${rule}</code>${renderBar(most, [found, 'found'], [stopped, 'blocked'])}`, found, stopped];
  });
  const columns = [{ name: 'Rule' }, { name: 'Found', isNumber: true }, { name: 'Blocked', isNumber: true }];
  return html`<section>
    <h2>Rules with the most findings</h2>
    ${renderTable('Findings per rule, and how many of them blocked', columns, rows)}
  </section>`;
}

function renderSlowest(slowest: readonly SlowRun[]): Html {
  if (slowest.length === 0) return html``;
  const most = slowest[0]!.ms;
  const rows = slowest.map(({ time, run, hook, target, verdict, ms, files, lines }) => [
    html`${duration(ms)}${renderBar(most, [ms, 'found'])}`,
    files,
    lines,
    hook === '' ? `by hand: ${target}` : hook,
    verdict,
    html`<time datetime="${time}">${time.slice(0, 16).replace('T', ' ')}</time>`,
    html`<code>${run.slice(0, 8)}</code>`,
  ]);
  const columns = [
    { name: 'Took' },
    { name: 'Files', isNumber: true },
    { name: 'Lines', isNumber: true },
    ...['Hook', 'Verdict', 'Time', 'Run'].map((name) => ({ name })),
  ];
  return html`<section>
    <h2>Slowest runs</h2>
    ${renderTable('From process start to verdict. Reports and logs have the full run id.', columns, rows)}
  </section>`;
}

/** Decorative: the numbers are in the same row. */
function renderBar(most: number, ...parts: readonly (readonly [value: number, kind: string])[]): Html {
  const width = (value: number): number => Math.round((value / Math.max(most, 1)) * 10_000) / 100;
  const rects = parts.map(([value, kind]) => html`<rect class="${kind}" width="${width(value)}" height="6" />`);
  return html`<svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">${rects}</svg>`;
}
