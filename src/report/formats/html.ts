import { createHash } from 'node:crypto';
import { visible } from '../../findings/redact.ts';
import type { Finding, Outcome, Suppressed } from '../../findings/finding.ts';
import { SEVERITIES } from '../../engine/rule.ts';
import { groupBy } from '../grouping.ts';
import { RUNNER_COMMAND } from '../log-line.ts';
import { html as markup, type Html } from '../pages/html.ts';
import { REPORT_SCRIPT } from '../pages/report-script.ts';
import { REPORT_STYLE } from '../pages/report-style.ts';
import { GAPS, problemsOf } from '../problems.ts';
import type { ScanReport } from '../scan-report.ts';
import { count, duration, sentence } from '../text-layout.ts';
import { webAddress } from '../web-address.ts';
import type { Format } from './format.ts';

/** One file that needs nothing else. Its policy lets it run our script and style, and reach no network. */
export const html: Format = {
  name: 'html',
  summary: 'one page for a browser, with filters',
  render: renderHtml,
};

const NOTHING: Html = { html: '' };
const VERDICTS = {
  clean: ['good', 'Clean'],
  warned: ['fair', 'Passed with warnings'],
  blocked: ['bad', 'Blocked'],
  incomplete: ['bad', 'Not fully scanned'],
} as const;

function* renderHtml(report: ScanReport): Generator<string, void, undefined> {
  for (const part of partsOf(report)) yield `${part.html.replace(RUNNER_COMMAND, '##$1&#91;')}\n`;
}

function* partsOf(report: ScanReport): Generator<Html, void, undefined> {
  const { findings, suppressed, skipped, notices } = report;
  const rules = groupBy(findings, ({ rule }) => rule);
  const numbers = new Map([...rules.keys()].map((rule, number) => [rule, number]));
  yield { html: '<!doctype html>\n<html lang="en">' };
  yield renderHead(report);
  yield { html: '<body>' };
  yield renderOpening(report);
  yield renderProblems(report);
  if (findings.length > 0) {
    yield renderFilters(findings, [...rules.keys()]);
    yield { html: '<h2 id="findings">Findings</h2>\n<main id="list">' };
    for (const [path, some] of groupBy(findings, (finding) => finding.path)) {
      yield markup`<section><h3>${path} <span class="count">${some.length}</span></h3>`;
      for (const finding of some) yield renderFinding(finding, numbers.get(finding.rule)!);
      yield { html: '</section>' };
    }
    yield { html: '</main>\n<h2>Rules</h2>\n<dl>' };
    for (const [rule, [first]] of rules) yield renderRule(first, numbers.get(rule)!);
    yield { html: '</dl>' };
  }
  yield* renderMore(
    'Suppressed',
    suppressed,
    (one) => markup`<li><code>${placeOf(one)}</code> ${sentence(one.message)} <span class="quiet">${whyOf(one)}</span></li>`,
  );
  yield* renderMore(
    'Skipped',
    skipped,
    ({ path, reason, detail }) =>
      markup`<li><code>${path}</code> <span class="quiet">${GAPS[reason].words}${detail === undefined ? '' : `: ${detail}`}</span></li>`,
  );
  yield* renderMore('Notices', notices, (notice) => markup`<li>${notice}</li>`);
  yield markup`<footer>Written by code-guardian ${report.version}. The page holds no secret: values are reduced to a public prefix and their length.</footer>`;
  if (findings.length > 0) yield { html: `<script>${REPORT_SCRIPT}</script>` };
  yield { html: '</body>\n</html>' };
}

function renderHead({ verdict, findings }: ScanReport): Html {
  const policy = [
    "default-src 'none'",
    `style-src '${hashOf(REPORT_STYLE)}'`,
    `script-src '${hashOf(REPORT_SCRIPT)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return markup`<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>Code-Guardian: ${VERDICTS[verdict][1].toLowerCase()}, ${count(findings.length, 'finding')}</title>
<style>${{ html: REPORT_STYLE }}</style>
</head>`;
}

/** Of an inline script or style, for the policy of the page. */
function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

function renderOpening({ verdict, findings, suppressed, coverage, run }: ScanReport): Html {
  const [tone, title] = VERDICTS[verdict];
  const of = (outcome: Outcome): number => findings.filter((finding) => finding.outcome === outcome).length;
  const facts = [
    `${of('block')} blocking, ${count(of('warn'), 'warning')}, ${count(of('note'), 'note')}`,
    ...(suppressed.length > 0 ? [`${suppressed.length} suppressed`] : []),
    `${coverage.files.scanned} of ${count(coverage.files.expected, 'file')} scanned`,
    `${run.hook ?? run.target}, ${run.startedAt.toISOString().slice(0, 16).replace('T', ' ')} UTC, ${duration(run.durationMs)}`,
  ];
  return markup`<a class="skip" href="#findings">Skip to the findings</a>
<header><h1>Code-Guardian: <span class="${tone}">${title.toLowerCase()}</span></h1><p class="quiet">${facts.join(' · ')}</p></header>`;
}

function renderProblems(report: ScanReport): Html {
  const problems = problemsOf(report);
  if (problems.length === 0) return NOTHING;
  const items = problems.map(
    ({ code, message, path }) =>
      markup`<li><strong>${code}</strong> ${path === undefined ? NOTHING : markup`<code>${path}</code> `}${message}</li>`,
  );
  return markup`<section aria-label="Problems"><h2 class="bad">Not scanned, or failed</h2><ul>${items}</ul></section>`;
}

function renderFilters(findings: readonly Finding[], rules: readonly string[]): Html {
  const severities = SEVERITIES.filter((severity) => findings.some((finding) => finding.severity === severity)).map(
    (severity) => markup`<label><input type="checkbox" name="severity" value="${severity}" checked> ${severity}</label>`,
  );
  const options = rules.toSorted().map((rule) => markup`<option>${rule}</option>`);
  return markup`<form id="filters" aria-label="Filters" hidden>
<label class="field">Path <input type="search" name="path" autocomplete="off" spellcheck="false"></label>
<label class="field">Rule <select name="rule"><option value="">all rules</option>${options}</select></label>
<label class="field">Group by <select name="group"><option value="path">file</option><option value="rule">rule</option><option value="severity">severity</option></select></label>
<fieldset><legend>Severity</legend>${severities}</fieldset>
<button type="reset">Reset</button>
<output id="shown" class="quiet" aria-live="polite"></output>
<span class="keys quiet"><kbd>/</kbd> search, <kbd>j</kbd> <kbd>k</kbd> next and previous, <kbd>Esc</kbd> reset</span>
</form>`;
}

function renderFinding(finding: Finding, number: number): Html {
  const { severity, rule, path, message, outcome, confidence, evidence, fingerprint, moved } = finding;
  const facts = [
    outcome === 'block' ? 'blocks' : outcome,
    `confidence ${confidence}${evidence === undefined ? '' : ` (${evidence})`}`,
    ...(moved ? ['moved, not new'] : []),
    `id ${fingerprint.slice(0, 8)}`,
  ];
  return markup`<article tabindex="-1" data-severity="${severity}" data-rule="${rule}" data-path="${path}">
<h4><span class="severity ${severity}">${severity}</span>${sentence(message)}</h4>
<p class="quiet"><code>${placeOf(finding)}</code> · <a href="#rule-${number}">${rule}</a> · ${facts.join(' · ')}</p>${renderFrame(finding)}
</article>`;
}

function renderFrame({ line, excerpt, mark = [0, 0] }: Finding): Html {
  if (excerpt === undefined || excerpt === '' || line === 0) return NOTHING;
  const [start, end] = mark;
  const marked = markup`${excerpt.slice(0, start)}<mark>${excerpt.slice(start, end)}</mark>${excerpt.slice(end)}`;
  return markup`
<pre tabindex="0"><span class="number">${line}</span><code>${marked}</code></pre>`;
}

function placeOf({ path, line, column, commit }: Finding): string {
  const place = line === 0 ? path : `${path}:${line}:${column}`;
  return visible(commit === undefined ? place : `${place} in ${commit.slice(0, 10)}`);
}

function whyOf({ by, reason, expires }: Suppressed): string {
  return [by, ...(reason === undefined ? [] : [reason]), ...(expires === undefined ? [] : [`until ${expires}`])].join(', ');
}

function renderRule({ rule, why, advice, docs }: Finding, number: number): Html {
  const url = webAddress(docs);
  const more = url === undefined ? NOTHING : markup` <a href="${url}" rel="noopener noreferrer">Read more</a>`;
  return markup`<dt id="rule-${number}">${rule}</dt><dd>${why}</dd><dd>${advice}${more}</dd>`;
}

function* renderMore<T>(title: string, items: readonly T[], render: (item: T) => Html): Generator<Html, void, undefined> {
  if (items.length === 0) return;
  yield markup`<details><summary>${title}: ${items.length}</summary><ul>`;
  for (const item of items) yield render(item);
  yield { html: '</ul></details>' };
}
