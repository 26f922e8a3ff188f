import { createHash } from 'node:crypto';
import { Script } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { html } from '../../../src/report/formats/html.ts';
import { REPORT_SCRIPT } from '../../../src/report/pages/report-script.ts';
import { REPORT_STYLE } from '../../../src/report/pages/report-style.ts';
import { contrast, schemesOf } from '../../support/contrast.ts';
import { exampleReport, logFinding, renderAs } from '../example-report.ts';
import { FULL, INCOMPLETE, reportOf } from './reports.ts';

const page = renderAs(html, FULL);
const hashOf = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`;

describe('the page', () => {
  it('runs its own script and style and nothing else, and reaches no network', () => {
    const [, policy] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)!;
    const [script] = /(?<=<script>)[^]*?(?=<\/script>)/.exec(page)!;
    const [style] = /(?<=<style>)[^]*?(?=<\/style>)/.exec(page)!;
    expect(policy!.replaceAll('&#39;', "'").split('; ')).toEqual([
      "default-src 'none'",
      `style-src '${hashOf(style)}'`,
      `script-src '${hashOf(script)}'`,
      "base-uri 'none'",
      "form-action 'none'",
    ]);
    expect(page.match(/ (?:src|srcset|style|on\w+)=/g)).toBeNull();
    expect(page.match(/ href="[^"]*"/g)).toEqual(expect.arrayContaining([' href="#findings"', ' href="#rule-0"']));
    for (const [, address] of page.matchAll(/ href="([^"]*)"/g)) expect(address).toMatch(/^(?:#|https:)/);
    expect(() => new Script(REPORT_SCRIPT)).not.toThrow();
  });

  it('has each finding with what the filters read, and its line with the mark', () => {
    expect(page.match(/<article /g)).toHaveLength(5);
    expect(page).toContain('<article tabindex="-1" data-severity="critical" data-rule="stripe-secret-key" data-path="src/pay.ts">');
    expect(page).toContain('<code>const key = &quot;<mark>sk_live_…[32]</mark>&quot;;</code>');
    for (const rule of ['stripe-secret-key', 'forbidden-file', 'console-log']) expect(page).toContain(`<option>${rule}</option>`);
  });

  it('names what is missing, what is suppressed and what was skipped', () => {
    const text = renderAs(html, { ...INCOMPLETE, suppressed: FULL.suppressed });
    for (const said of ['not fully scanned', '2 of 3 files', 'dump.sql', 'Suppressed: 2', 'Skipped: 2', 'Notices: 1'])
      expect(text).toContain(said);
  });

  it('of a clean run needs no script', () => {
    expect(renderAs(html, exampleReport())).not.toContain('<script>');
  });

  it('writes a finding when its turn comes', () => {
    let read = 0;
    const findings = Array.from({ length: 2000 }, (_, i) => logFinding({ path: `${i}.ts` }));
    for (const part of html.render(exampleReport({ findings }), {} as never)) {
      read++;
      expect(part.length).toBeLessThan(20_000);
    }
    expect(read).toBeGreaterThan(2000);
  });

  it('escapes a text wherever it is', () => {
    const text = renderAs(html, reportOf('<i title="x">&')).replace(/<(script|style)>[^]*?<\/\1>/g, '');
    expect(text).not.toMatch(/<i |"x"|&(?!#?\w+;)/);
  });
});

describe('its style has contrast', () => {
  it.each(schemesOf(REPORT_STYLE))('%s', (_, colors) => {
    for (const name of ['text', 'quiet', 'link', 'critical', 'high', 'medium', 'low', 'info', 'good']) {
      for (const back of ['back', 'raised'])
        expect(contrast(colors.get(name)!, colors.get(back)!), `${name} on ${back}`).toBeGreaterThanOrEqual(4.5);
    }
    expect(contrast(colors.get('on-mark')!, colors.get('mark')!)).toBeGreaterThanOrEqual(4.5);
  });
});
