import type { Finding } from '../../findings/finding.ts';
import { documentParts, eachOf } from '../json-document.ts';
import type { Severity } from '../../engine/rule.ts';
import { problemsOf } from '../problems.ts';
import type { ScanReport } from '../scan-report.ts';
import { sentence } from '../text-layout.ts';
import type { Format } from './format.ts';
import { placeId } from '../place-id.ts';

const SEVERITIES: Readonly<Record<Severity, string>> = {
  critical: 'blocker',
  high: 'critical',
  medium: 'major',
  low: 'minor',
  info: 'info',
};

/** https://docs.gitlab.com/ci/testing/code_quality/: a list of issues, which cannot say that a run was incomplete except by an issue. */
export const codequality: Format = {
  name: 'codequality',
  summary: 'GitLab code quality report (Code Climate)',
  render: (report) => documentParts(eachOf(issuesOf(report), (issue) => issue)),
};

function* issuesOf(report: ScanReport): Generator<object, void, undefined> {
  for (const finding of report.findings) yield issueOf(finding);
  for (const { code, message, path = '.' } of problemsOf(report)) {
    yield {
      type: 'issue',
      check_name: code,
      description: message,
      categories: ['Security'],
      fingerprint: placeId(code, path, message),
      severity: report.blocksIncomplete ? 'blocker' : 'major',
      location: { path, lines: { begin: 1 } },
    };
  }
}

function issueOf(finding: Finding) {
  const { rule, message, advice, severity, category, path, line, endLine } = finding;
  return {
    type: 'issue',
    check_name: rule,
    description: `${sentence(message)}. ${advice}`,
    categories: [category === 'secret' || category === 'risk' ? 'Security' : 'Bug Risk'],
    fingerprint: placeId(finding.fingerprint, rule, path, line, finding.column, finding.commit ?? ''),
    severity: SEVERITIES[severity],
    // A finding about a whole file has no line, but the format demands one.
    location: { path, lines: { begin: Math.max(line, 1), end: Math.max(endLine, 1) } },
  };
}
