import { describe, expect, it } from 'vitest';
import { html } from '../../../src/report/pages/html.ts';
import { type LedgerView, renderLedgerPage } from '../../../src/report/pages/ledger-page.ts';
import { LEDGER_STYLE } from '../../../src/report/pages/ledger-style.ts';
import { contrast, schemesOf } from '../../support/contrast.ts';

const VIEW: LedgerView = {
  version: '0.1.0',
  repository: 'shop',
  checks: [
    { name: 'config', status: 'ok', detail: '' },
    { name: 'ledger', status: 'ok', detail: '' },
  ],
  statistics: {
    runs: 1204,
    byVerdict: { clean: 1200, blocked: 3, bypassed: 1 },
    foundByRule: [
      ['debugger', 4],
      ['stripe-key', 2],
    ],
    blockedByRule: [['stripe-key', 2]],
    lines: 56_789,
    median: 41.3,
    p95: 1500,
  },
  days: [
    { date: '2026-01-30', byVerdict: {} },
    { date: '2026-01-31', byVerdict: { clean: 3, blocked: 1 } },
  ],
  slowest: [
    {
      time: '2026-01-31T12:00:00.000Z',
      run: '0d9b1f5e-1111-4111-8111-111111111111',
      hook: 'pre-commit',
      target: 'staged',
      verdict: 'clean',
      ms: 1500,
      files: 3,
      lines: 1200,
    },
    { time: '2026-01-31T11:00:00.000Z', run: 'b', hook: '', target: 'all', verdict: 'warned', ms: 750, files: 1, lines: 2 },
  ],
};

/** Text of a page, without the markup. */
const textOf = (page: string): string =>
  page
    .replace(/<style>.*?<\/style>/s, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ');

describe('the page', () => {
  const page = renderLedgerPage(VIEW);

  it('shows the sums, the verdicts of each day, the rules and the slowest runs', () => {
    const text = textOf(page);
    for (const shown of [
      'Runs 1,204',
      'Blocked 3',
      'Bypassed 1',
      'Lines 56,789',
      'Per commit (median) 41 ms',
      'Per commit (p95) 1.5 s',
      '2026-01-31: 3 clean, 1 blocked',
      '2026-01-30: no runs',
      'debugger 4 0',
      'stripe-key 2 2',
      '1.5 s 3 1,200 pre-commit clean 2026-01-31 12:00 0d9b1f5e',
      '750 ms 1 2 by hand: all warned',
    ]) {
      expect(text).toContain(shown);
    }
  });

  it('draws a bar as long as what it stands for', () => {
    const chart = /<svg class="days".*?<\/svg>/s.exec(page)![0];
    const heights = [...chart.matchAll(/<rect\s+class="(\w+)".*?height="([\d.]+)"/gs)].map(([, verdict, height]) => [
      verdict,
      Number(height),
    ]);
    expect(heights).toEqual([
      ['clean', 105],
      ['blocked', 35],
    ]);
    const bars = [...page.matchAll(/<rect class="(found|blocked)" width="([\d.]+)" height="6"/g)].map(
      ([, kind, width]) => `${kind} ${width}`,
    );
    expect(bars).toEqual(['found 100', 'blocked 0', 'found 50', 'blocked 50', 'found 100', 'found 50']);
  });

  it('is one document that loads nothing and runs nothing', () => {
    expect(page).toMatch(/^<!doctype html>\s*<html lang="en">/);
    expect(page).toContain('<title>shop – Code-Guardian</title>');
    expect(page.match(/<style>(.*?)<\/style>/s)![1]).toBe(LEDGER_STYLE);
    expect(page).not.toMatch(/<script|<link|<img|<iframe|\son\w+=|\sstyle=|\s(?:src|href)=|url\(|@import|https?:/i);
  });

  it('has tables that can be read aloud', () => {
    const tables = [...page.matchAll(/<table>.*?<\/table>/gs)].map(([table]) => table);
    expect(tables).toHaveLength(3);
    for (const table of tables) {
      expect(table).toContain('<caption>');
      const columns = table.match(/<th scope="col"/g)!.length;
      for (const [row] of table.slice(table.indexOf('<tbody>')).matchAll(/<tr>.*?<\/tr>/gs)) {
        expect([row.match(/<th scope="row"/g)!.length, row.match(/<t[hd]\b/g)!.length]).toEqual([1, columns]);
      }
    }
  });

  it('closes what it opens', () => {
    const open: string[] = [];
    for (const [, end, tag, self] of page.replace(/<!doctype html>|<style>.*?<\/style>/gs, '').matchAll(/<(\/?)(\w+)[^>]*?(\/?)>/g)) {
      if (self === '/') continue;
      if (end === '/') expect(open.pop()).toBe(tag);
      else open.push(tag!);
    }
    expect(open).toEqual([]);
  });
});

it('says so where there is nothing to show', () => {
  const nothing = { ...VIEW.statistics, runs: 0, byVerdict: {}, foundByRule: [], blockedByRule: [], median: null, p95: null };
  const empty = textOf(renderLedgerPage({ ...VIEW, statistics: nothing, days: [], slowest: [] }));
  expect(empty).toContain('No runs are recorded yet');
  const old = textOf(renderLedgerPage({ ...VIEW, statistics: { ...nothing, runs: 1 }, days: [VIEW.days[0]!], slowest: [] }));
  expect(old).toContain('No runs in the last 1 day.');
  expect(old).toContain('No findings yet.');
  expect(old).not.toContain('Per commit (median)');
});

it('says which check failed', () => {
  const page = textOf(renderLedgerPage({ ...VIEW, checks: [...VIEW.checks, { name: 'git', status: 'fail', detail: 'a secret place' }] }));
  expect(page).toMatch(/Not ready config ok ledger ok git failed/);
  expect(page).not.toContain('secret place');
});

it('shows names as they are, whatever they are made of', () => {
  const evil = `"><script>alert(1)</script>&amp;'\u202e`;
  const page = renderLedgerPage({
    ...VIEW,
    version: evil,
    repository: evil,
    checks: [{ name: evil, status: 'ok', detail: evil }],
    statistics: { ...VIEW.statistics, foundByRule: [[evil, 1]] },
    days: [{ date: evil, byVerdict: { clean: 1 } }],
    slowest: [{ ...VIEW.slowest[0]!, time: evil, run: evil, hook: evil, verdict: evil }],
  });
  expect(page).not.toContain('<script');
  expect(page).not.toContain('\u202e');
  expect(page.split('&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;&#39;').length).toBeGreaterThan(6);
});

it('markup is what a template made, all else is text', () => {
  expect(html`<p class="${'a"b'}">${'<b>'} ${1} ${[html`<i>x</i>`, html`<i>${'&'}</i>`]}</p>`.html).toBe(
    '<p class="a&quot;b">&lt;b&gt; 1 <i>x</i><i>&amp;</i></p>',
  );
});

describe('the style has contrast', () => {
  it.each(schemesOf(LEDGER_STYLE))('%s', (_, colors) => {
    const back = colors.get('back')!;
    for (const name of ['text', 'quiet', 'clean', 'blocked']) expect(contrast(colors.get(name)!, back)).toBeGreaterThanOrEqual(4.5);
    for (const name of ['warned', 'incomplete', 'bypassed', 'found']) expect(contrast(colors.get(name)!, back)).toBeGreaterThanOrEqual(3);
    expect(colors.size).toBe(10);
  });
});
