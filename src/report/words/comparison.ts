import type { Comparison } from '../../findings/compare.ts';
import type { Finding } from '../../findings/finding.ts';
import { visible } from '../../findings/redact.ts';
import { findingFields, suppressedFields } from '../formats/json.ts';
import { renderDocument } from '../json-document.ts';
import { renderMarkdown } from '../formats/markdown.ts';
import { renderNotices } from '../formats/pretty-gaps.ts';
import { placeOf, renderFindings } from '../formats/pretty-findings.ts';
import { code, prose } from '../markdown-text.ts';
import { plainly } from '../palette.ts';
import { isFullyScanned } from '../problems.ts';
import { judgeRun } from '../../policy/judge.ts';
import type { ScanReport } from '../scan-report.ts';
import { count, sentence } from '../text-layout.ts';
import type { View } from '../view.ts';

/** Two reports and their differences. */
export interface ComparedReports {
  readonly comparison: Comparison;
  readonly before: ScanReport;
  readonly now: ScanReport;
}

/** Fixed or unchanged places that are listed without `--verbose`. */
const MAX_LISTED = 20;

/** Whether a new finding blocks. */
export function blocks({ added }: Comparison): boolean {
  return added.some(({ finding }) => finding.outcome === 'block');
}

/** For people: new findings as a scan shows them, one line for each other finding. */
export function renderComparison({ comparison, before, now }: ComparedReports, view: View): string {
  const { added, fixed, accepted, unchanged } = comparison;
  const { isVerbose } = view;
  const of = (outcome: Finding['outcome']): Finding[] => added.map(({ finding }) => finding).filter((one) => one.outcome === outcome);
  const isListed = (finding: Finding): boolean => isVerbose || finding.outcome !== 'note';
  const again = added.flatMap(({ finding, wasSuppressed }) =>
    wasSuppressed === null ? [] : [{ ...finding, ...wasSuppressed, path: finding.path }],
  );
  const lines = [
    ...renderFindings(of('block'), view),
    ...renderFindings(of('warn'), view),
    ...(isVerbose ? renderFindings(of('note'), view) : []),
    ...renderList('No longer suppressed', again, ({ by }) => `was suppressed: ${by}`, view),
    ...renderList(
      'Suppressed now',
      accepted.map((pair) => pair.now),
      ({ by, reason }) => `${by}${reason === undefined ? '' : `, ${reason}`}`,
      view,
    ),
    ...renderList('Fixed', fixed.filter(isListed), () => '', view),
    ...(isVerbose
      ? renderList(
          'Unchanged',
          unchanged.map((pair) => pair.now),
          () => '',
          view,
        )
      : []),
    ...spaced(renderNotices(noticesOf(comparison, before, now), view)),
    renderEnd(comparison, view),
  ];
  return `${lines.join('\n')}\n`;
}

function renderList<F extends Finding>(
  title: string,
  findings: readonly F[],
  remark: (finding: F) => string,
  { palette, isVerbose }: View,
): string[] {
  if (findings.length === 0) return [];
  const shown = isVerbose ? findings : findings.slice(0, MAX_LISTED);
  return [
    palette.bold(`${palette.signs.note} ${title}`),
    ...shown.map((finding) => {
      const said = [sentence(finding.message), finding.rule, remark(finding)]
        .filter((words) => words !== '')
        .join(` ${palette.signs.dot} `);
      return `  ${palette.cyan(placeOf(finding, palette))}  ${palette.dim(plainly(visible(said), palette))}`;
    }),
    ...(shown.length < findings.length ? [`  ${palette.signs.ellipsis} and ${findings.length - shown.length} more (see --verbose)`] : []),
    '',
  ];
}

function renderEnd({ added, fixed, accepted, unchanged }: Comparison, { palette }: View): string {
  const blocking = added.filter(({ finding }) => finding.outcome === 'block').length;
  const { signs, bold } = palette;
  const [sign, paint] =
    blocking > 0
      ? [signs.block, palette.red]
      : added.some(({ finding }) => finding.outcome === 'warn')
        ? [signs.warn, palette.yellow]
        : [signs.pass, palette.green];
  const parts = [
    `${sign} ${added.length === 0 ? 'nothing' : added.length} new${blocking === 0 ? '' : blocking === added.length ? ', blocking' : `, ${blocking} of which ${blocking === 1 ? 'blocks' : 'block'}`}`,
    `${fixed.length} fixed`,
    ...(accepted.length > 0 ? [`${accepted.length} suppressed now`] : []),
    `${unchanged.length} unchanged`,
  ];
  return paint(bold(parts.join(` ${signs.dot} `)));
}

/** What limits the comparison. */
function noticesOf({ matchedBy }: Comparison, before: ScanReport, now: ScanReport): string[] {
  const gaps = [before, now]
    .map(({ verdict, errors }, i) => (verdict === 'incomplete' || errors.length > 0 ? ['A', 'B'][i]! : ''))
    .filter((name) => name !== '');
  return [
    ...(matchedBy === 'place'
      ? [
          'the reports have different fingerprint keys (each clone has its own until a baseline is committed), so findings were ' +
            'compared by rule, file and redacted line: a value that replaced another one of the same form is not noticed',
        ]
      : []),
    ...(gaps.length > 0
      ? [`${gaps.join(' and ')} ${gaps.length === 1 ? 'is' : 'are'} incomplete, so new and fixed findings may be wrong`]
      : []),
    ...(before.run.target === now.run.target ? [] : [`A scanned ${before.run.target}, B scanned ${now.run.target}`]),
  ];
}

/** For a comment on a pull request: new findings as a report shows them, and what was fixed. */
export function renderComparisonMarkdown(compared: ComparedReports): string[] {
  const { comparison, before, now } = compared;
  const { added, fixed, accepted, unchanged } = comparison;
  const sign = blocks(comparison) ? '❌' : added.length > 0 ? '⚠️' : '✅';
  const counts = [
    count(added.length, 'new finding').replace(/^0 /, 'no '),
    `${fixed.length} fixed`,
    ...(accepted.length > 0 ? [`${accepted.length} suppressed now`] : []),
    `${unchanged.length} unchanged`,
  ];
  const report = reportOfNew(compared);
  return renderMarkdown({
    title: `${sign} Code-Guardian: ${counts.join(', ')}`,
    report,
    noun: 'new finding',
    more: [
      ...noticesOf(comparison, before, now).map((notice) => `Note: ${prose(notice)}`),
      ...markdownList('Fixed', fixed),
      ...markdownList(
        'Suppressed now',
        accepted.map((pair) => pair.now),
      ),
    ],
  });
}

function markdownList(title: string, findings: readonly Finding[]): string[] {
  if (findings.length === 0) return [];
  const rows = findings.slice(0, MAX_LISTED).map(({ path, line, column, message, rule }) => {
    return `- ${code(line === 0 ? path : `${path}:${line}:${column}`)} ${prose(sentence(message))} · ${code(rule)}`;
  });
  const more = findings.length > rows.length ? [`- … and ${findings.length - rows.length} more`] : [];
  return [[`**${title}**`, '', ...rows, ...more].join('\n')];
}

/** The new findings alone, as a report: for formats that know no comparison. */
export function reportOfNew({ comparison: { added }, now }: ComparedReports): ScanReport {
  const findings = added.map(({ finding }) => finding);
  const verdict = judgeRun(
    findings.map(({ outcome }) => outcome),
    isFullyScanned(now),
  );
  return { ...now, verdict, findings, suppressed: [] };
}

/** For programs. Keys are stable. */
export function renderComparisonJson({ comparison, before, now }: ComparedReports): string {
  const { matchedBy, added, fixed, accepted, unchanged } = comparison;
  return renderDocument({
    schema: 'code-guardian.comparison/1',
    matchedBy,
    before: runOf(before),
    now: runOf(now),
    counts: {
      new: added.length,
      newBlocking: added.filter(({ finding }) => finding.outcome === 'block').length,
      fixed: fixed.length,
      accepted: accepted.length,
      unchanged: unchanged.length,
    },
    new: added.map(({ finding, wasSuppressed }) => ({ ...findingFields(finding), suppressedBefore: wasSuppressed?.by })),
    fixed: fixed.map(findingFields),
    accepted: accepted.map((pair) => suppressedFields(pair.now)),
    unchanged: unchanged.map(({ before: old, now: finding }) => ({
      ...findingFields(finding),
      before: { path: old.path, line: old.line, column: old.column, outcome: old.outcome, commit: old.commit },
    })),
    notices: noticesOf(comparison, before, now),
  });
}

function runOf({ run, verdict }: ScanReport) {
  return { id: run.id, target: run.target, hook: run.hook, startedAt: run.startedAt.toISOString(), verdict };
}

function spaced(lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [...lines, ''];
}
