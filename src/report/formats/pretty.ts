import { withProgram } from '../../host/program.ts';
import type { Finding, Outcome } from '../../findings/finding.ts';
import type { Format } from './format.ts';
import { renderErrors, renderNotices, renderSkipped } from './pretty-gaps.ts';
import { renderFindings } from './pretty-findings.ts';
import { renderPushAdvice, renderPushExceptions, renderRefs } from './pretty-push.ts';
import { renderSummary } from './pretty-summary.ts';
import type { ScanReport } from '../scan-report.ts';
import { wrap } from '../text-layout.ts';
import type { View } from '../view.ts';

/** Longer lines are hard to read. */
const MAX_WIDTH = 100;
const MIN_WIDTH = 30;
/** Git prefixes each line from a server with this. */
const REMOTE = 'remote: ';

export const pretty: Format = {
  name: 'pretty',
  summary: 'for people: the default',
  render: (report, view) => [renderPretty(report, view)],
};

/**
 * The report for people: blocking findings first, then everything else, and a summary line at the end. A clean run prints only that line, or
 * nothing with `--quiet`.
 *
 * @returns lines that end with a newline each, or ''
 */
export function renderPretty(report: ScanReport, given: View): string {
  const { verdict, findings, skipped, errors, notices } = report;
  const room = report.run.target === 'receive' ? given.width - REMOTE.length : given.width;
  const view = { ...given, width: Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, room)) };
  const { isQuiet, isVerbose } = view;
  if (isQuiet && verdict === 'clean') return '';
  const of = (outcome: Outcome): Finding[] => findings.filter((finding) => finding.outcome === outcome);
  const blocking = of('block');
  const lines = [
    ...renderFindings(blocking, view),
    ...renderErrors(errors, view),
    // When a push runs out of time, an error already says how far the scan came.
    ...renderSkipped(report.push === undefined ? skipped : skipped.filter(({ reason }) => reason !== 'timeout'), view),
    ...(isQuiet ? [] : renderFindings(of('warn'), view)),
    ...(isVerbose ? renderFindings(of('note'), view) : []),
    ...spaced(blocking.length > 0 ? renderWaysOn(report, blocking, view) : []),
    ...spaced(isQuiet ? [] : renderNotices(notices, view)),
    ...renderRefs(report, view),
    ...renderSummary(report, view),
  ];
  return `${lines.join('\n')}\n`;
}

/** How to continue, and how to accept an intended finding. */
function renderWaysOn(report: ScanReport, blocking: readonly Finding[], view: View): string[] {
  const { palette, width, program } = view;
  const { push } = report;
  const rules = new Set(blocking.filter(({ line }) => line > 0).map(({ rule }) => rule));
  const [rule = 'RULE'] = rules.size === 1 ? rules : [];
  if (push !== undefined && push.places.length > 0) {
    const exceptions = rules.size > 0 ? wrap(withProgram(renderPushExceptions(report, rule), program), width).map(palette.dim) : [];
    return [...renderPushAdvice(push, report, view), ...(exceptions.length > 0 ? ['', ...exceptions] : [])];
  }
  const isHistory = blocking.every(({ commit }) => commit !== undefined);
  const texts = [
    ...(isHistory ? ['A later commit does not remove it from history: amend or rebase the commit that added it.'] : []),
    'Meant to be there? ' +
      (rules.size > 0 ? `Put \`code-guardian:ignore ${rule} -- reason\` in a comment on the line, or run ` : 'Run ') +
      '`code-guardian baseline update --reason "..."`.',
  ];
  return texts.flatMap((text) => wrap(withProgram(text, program), width)).map(palette.dim);
}

function spaced(lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [...lines, ''];
}
