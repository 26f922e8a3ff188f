import type { Finding, Outcome } from '../../findings/finding.ts';
import { renderErrors, renderNotices, renderSkipped } from './pretty-gaps.ts';
import { renderFindings } from './pretty-findings.ts';
import { renderPushAdvice, renderPushExceptions, renderRefs } from './pretty-push.ts';
import { renderSummary } from './pretty-summary.ts';
import type { ScanReport } from '../scan-report.ts';
import { wrap } from '../text-layout.ts';
import type { View } from '../view.ts';

/** Text is not set wider: long lines are hard to read. */
const MAX_WIDTH = 100;
const MIN_WIDTH = 30;
/** Git puts this before each line that a server says. */
const REMOTE = 'remote: ';

/**
 * The report for people: what stops them first, then what does not, one line at the end. A run that passes says one line; quietly, none.
 *
 * @returns lines that end with a newline each; '' where there is nothing to say
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
    // Of a push whose time is over an error says how far it came.
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

/** How to go on, and how to let pass what is meant to be there. */
function renderWaysOn(report: ScanReport, blocking: readonly Finding[], view: View): string[] {
  const { palette, width } = view;
  const { push } = report;
  const rules = new Set(blocking.filter(({ line }) => line > 0).map(({ rule }) => rule));
  const [rule = 'RULE'] = rules.size === 1 ? rules : [];
  if (push !== undefined && push.places.length > 0) {
    const exceptions = rules.size > 0 ? wrap(renderPushExceptions(report, rule), width).map(palette.dim) : [];
    return [...renderPushAdvice(push, report, view), ...(exceptions.length > 0 ? ['', ...exceptions] : [])];
  }
  const isHistory = blocking.every(({ commit }) => commit !== undefined);
  const texts = [
    ...(isHistory ? ['A later commit does not take it out of an earlier one: amend or rebase the commit that brought it.'] : []),
    'Meant to be there? ' +
      (rules.size > 0 ? `Put \`code-guardian:ignore ${rule} -- reason\` in a comment on the line, or run ` : 'Run ') +
      '`code-guardian baseline update --reason "..."`.',
  ];
  return texts.flatMap((text) => wrap(text, width)).map(palette.dim);
}

function spaced(lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [...lines, ''];
}
