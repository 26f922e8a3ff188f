import type { Finding, Outcome } from '../../findings/finding.ts';
import { SEVERITIES } from '../../engine/rule.ts';
import { groupBy } from '../grouping.ts';
import { code, link, prose } from '../markdown-text.ts';
import { problemsOf } from '../problems.ts';
import type { ScanReport } from '../scan-report.ts';
import { count, duration, sentence } from '../text-layout.ts';
import { webAddress } from '../web-address.ts';
import type { Format } from './format.ts';

/** A comment on GitHub has at most so many characters. Counted in bytes, which are at least as many. */
const MAX_BYTES = 65_536;
/** For the lines after the last one that fits. */
const RESERVE = 600;
/** Places of one rule. */
const MAX_PLACES = 50;
const MAX_PROBLEMS = 20;
/** Characters of one text: a merged report may hold long ones. */
const MAX_TEXT = 500;
/** For the lines behind the table of a rule. */
const RESERVE_OF_RULE = 50;

const SIGNS: Readonly<Record<Outcome, string>> = { block: '❌', warn: '⚠️', note: 'ℹ️' };

/** For a comment on a pull request, or the summary of a job. */
export const markdown: Format = {
  name: 'markdown',
  summary: 'for a comment or a job summary',
  render: (report) => renderMarkdown({ title: titleOf(report), report }),
};

interface MarkdownParts {
  /** The first line, in Markdown. */
  readonly title: string;
  readonly report: ScanReport;
  /** What the findings are called. */
  readonly noun?: string;
  /** Paragraphs behind the findings, in Markdown. Those that do not fit are left out. */
  readonly more?: readonly string[];
}

/** Findings by rule, worst first, and what was not scanned. */
export function renderMarkdown({ title, report, noun = 'finding', more = [] }: MarkdownParts): string[] {
  const { findings, suppressed, coverage, run, version } = report;
  const isShown = createLimit(MAX_BYTES - RESERVE);
  const lines = [`### ${title}`, '', ...problemLines(report)].filter((line) => isShown(line));
  let shown = 0;
  for (const group of groupsOf(findings)) {
    const head = headOf(group);
    if (!isShown(head, RESERVE_OF_RULE)) break;
    const places = group
      .slice(0, MAX_PLACES)
      .map(rowOf)
      .filter((row) => isShown(row));
    shown += places.length;
    lines.push(head, ...places, '');
    if (places.length < group.length) lines.push(`… and ${group.length - places.length} more of this rule`, '');
  }
  if (shown < findings.length) lines.push(`**${shown} of ${count(findings.length, noun)} shown.** The JSON report lists all of them.`, '');
  lines.push(...more.flatMap((paragraph) => (isShown(paragraph, 1) ? [paragraph, ''] : [])));
  const facts = [
    count(findings.length, noun),
    ...(suppressed.length > 0 ? [`${suppressed.length} suppressed`] : []),
    `${coverage.files.scanned} of ${count(coverage.files.expected, 'file')} scanned`,
    duration(run.durationMs),
    `code-guardian ${shortProse(version)}`,
  ];
  return [`${[...lines, `<sub>${facts.join(' · ')}</sub>`].join('\n')}\n`];
}

function titleOf({ verdict, findings }: ScanReport): string {
  const of = (outcome: Outcome): number => findings.filter((finding) => finding.outcome === outcome).length;
  switch (verdict) {
    case 'clean':
      return '✅ Code-Guardian: clean';
    case 'warned':
      return `⚠️ Code-Guardian: ${count(of('warn'), 'warning')}`;
    case 'blocked':
      return `❌ Code-Guardian: blocked by ${count(of('block'), 'finding')}`;
    case 'incomplete':
      return '❌ Code-Guardian: not fully scanned';
  }
}

function problemLines(report: ScanReport): string[] {
  const problems = problemsOf(report);
  if (problems.length === 0) return [];
  const rows = problems
    .slice(0, MAX_PROBLEMS)
    .map(({ message, path }) => `- ${path === undefined ? '' : `${shortCode(path)}: `}${shortProse(message)}`);
  return [...rows, ...(rows.length < problems.length ? [`- … and ${problems.length - rows.length} more`] : []), ''];
}

function groupsOf(findings: readonly Finding[]): (readonly [Finding, ...Finding[]])[] {
  const rank = ({ outcome, severity }: Finding): number => Object.keys(SIGNS).indexOf(outcome) * 10 + SEVERITIES.indexOf(severity);
  return [...groupBy(findings, ({ rule, outcome }) => `${outcome} ${rule}`).values()].toSorted(
    (a, b) => Math.min(...a.map(rank)) - Math.min(...b.map(rank)),
  );
}

function headOf([{ rule, severity, outcome, message, why, advice, docs }, ...others]: readonly [Finding, ...Finding[]]): string {
  const url = webAddress(docs);
  const more = url === undefined ? '' : ` ${link('Read more', url)}`;
  return [
    `#### ${SIGNS[outcome]} ${shortProse(sentence(message))} · ${code(rule)} · ${severity}${others.length > 0 ? ` · ${others.length + 1}` : ''}`,
    '',
    `${[...labelled('Why', why), ...labelled('Fix', advice)].join(' ')}${more}`,
    '',
    '| Where | Line |',
    '| --- | --- |',
  ].join('\n');
}

/** Never the start of a line: text of a config could begin a list there, or a command. */
function labelled(label: string, text: string): string[] {
  return text === '' ? [] : [`**${label}:** ${shortProse(text)}`];
}

function rowOf({ path, line, column, excerpt, commit }: Finding): string {
  const place = line === 0 ? path : `${path}:${line}:${column}`;
  return `| ${shortCode(place)}${commit === undefined ? '' : ` in ${code(commit.slice(0, 10))}`} | ${excerpt === undefined ? '' : shortCode(excerpt)} |`;
}

function shortProse(text: string): string {
  return prose(text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text);
}

/** The end of a path says more than its start. */
function shortCode(text: string): string {
  return code(text.length > MAX_TEXT ? `…${text.slice(-MAX_TEXT)}` : text);
}

/** Takes lines while they fit. What is left is not given to shorter ones: a table has no holes. */
function createLimit(most: number): (line: string, spare?: number) => boolean {
  let left = most;
  return (line, spare = 0) => {
    const bytes = Buffer.byteLength(line) + 1 + spare;
    left = bytes > left ? 0 : left - bytes;
    return left > 0;
  };
}
