import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { html } from '../../../src/report/formats/html.ts';
import { renderAs } from '../example-report.ts';
import { FULL, reportOf } from '../formats/reports.ts';

const CHROMIUM = ['chromium', 'chromium-browser', 'google-chrome'].find((name) => spawnSync(name, ['--version']).status === 0);

/** The page after its script has run. */
function load(page: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'code-guardian-page-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'page.html');
  writeFileSync(file, page);
  const flags = ['--headless', '--no-sandbox', '--disable-gpu', `--user-data-dir=${join(folder, 'profile')}`, '--dump-dom'];
  const { status, stdout, stderr } = spawnSync(CHROMIUM!, [...flags, `file://${file}`], { encoding: 'utf8' });
  expect(status, stderr).toBe(0);
  return stdout;
}

it.skipIf(CHROMIUM === undefined)('Chromium lets the page run its script, which counts the findings and shows the filters', () => {
  const dom = load(renderAs(html, FULL));
  expect(dom).toMatch(/<output id="shown"[^>]*>5 of 5 findings<\/output>/);
  expect(dom).toMatch(/<form id="filters" aria-label="Filters">/);
});

it.skipIf(CHROMIUM === undefined)('Chromium finds one document in a page of hostile texts, and runs none of them', () => {
  const text = `</code></script></style><script>document.title = 'run'</script><img src=x onerror="document.title='run'">`;
  const dom = load(renderAs(html, reportOf(text)));
  expect(dom).toMatch(/<title>Code-Guardian: not fully scanned, 4 findings<\/title>/);
  expect(dom).toContain('4 of 4 findings');
  expect(dom).not.toContain('<img');
});
