import type { Finding } from '../../findings/finding.ts';
import type { Severity } from '../../engine/rule.ts';
import { documentParts, eachOf } from '../json-document.ts';
import { isFullyScanned, problemsOf } from '../problems.ts';
import type { ScanReport } from '../scan-report.ts';
import { sentence } from '../text-layout.ts';
import type { Format } from './format.ts';
import { prose } from '../markdown-text.ts';
import { placeId } from '../place-id.ts';
import { webAddress } from '../web-address.ts';

/** Limits of the schema, in characters. */
const MAX_NAME = 255;
const MAX_SOLUTION = 7000;
/** What GitLab's own analyzer writes if a finding is in no commit. */
const NO_COMMIT = '0000000';

const SEVERITIES: Readonly<Record<Severity, string>> = { critical: 'Critical', high: 'High', medium: 'Medium', low: 'Low', info: 'Info' };

/**
 * https://gitlab.com/gitlab-org/security-products/security-report-schemas, secret detection, schema 15. Only findings of secrets and keys: GitLab
 * calls each of them a leaked secret.
 */
export const gitlab: Format = {
  name: 'gitlab',
  summary: 'GitLab secret detection report (schema 15)',
  render: (report) =>
    documentParts({
      version: '15.0.0',
      scan: scanOf(report),
      vulnerabilities: eachOf(secretsOf(report), vulnerabilityOf),
    }),
};

function* secretsOf({ findings }: ScanReport): Generator<Finding, void, undefined> {
  for (const finding of findings) if (finding.category === 'secret' || finding.secret !== undefined) yield finding;
}

function scanOf(report: ScanReport) {
  const { startedAt, durationMs } = report.run;
  const program = { id: 'code-guardian', name: 'Code-Guardian', version: report.version, vendor: { name: 'Code-Guardian' } };
  return {
    type: 'secret_detection',
    status: isFullyScanned(report) ? 'success' : 'failure',
    start_time: timeOf(startedAt.getTime()),
    end_time: timeOf(startedAt.getTime() + durationMs),
    analyzer: program,
    scanner: program,
    messages: [
      ...problemsOf(report).map(({ message, path }) => ({
        level: 'fatal',
        value: path === undefined || message.includes(path) ? message : `${path}: ${message}`,
      })),
      ...report.notices.filter((notice) => notice !== '').map((value) => ({ level: 'info', value })),
    ],
  };
}

/** `yyyy-mm-ddThh:mm:ss`, UTC. */
function timeOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 19);
}

function vulnerabilityOf(finding: Finding) {
  const { rule, path, line, endLine, column, commit, message, why, advice, evidence, severity, excerpt, docs } = finding;
  const url = webAddress(docs);
  return {
    id: placeId(finding.fingerprint, rule, path, line, column, commit ?? ''),
    name: cut(sentence(message), MAX_NAME),
    description: prose([why, ...(evidence === undefined ? [] : [`Confidence: ${finding.confidence} (${evidence}).`])].join(' ').trim()),
    severity: SEVERITIES[severity],
    solution: cut(prose(advice), MAX_SOLUTION),
    identifiers: [{ type: 'code_guardian_rule', name: `Code-Guardian rule ${rule}`, value: rule, url }],
    ...(url === undefined ? {} : { links: [{ name: 'How to rotate it', url }] }),
    ...(excerpt === undefined || excerpt === '' ? {} : { details: { line: { type: 'code', name: 'Line, redacted', value: excerpt } } }),
    location: { file: path, ...(line === 0 ? {} : { start_line: line, end_line: endLine }), commit: { sha: commit ?? NO_COMMIT } },
  };
}

function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}
