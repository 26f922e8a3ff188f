import type { Finding, Suppressed } from '../findings/finding.ts';
import type { ScanReport } from './scan-report.ts';

const SCHEMA = 'code-guardian.report/1';

/**
 * The report for programs. Keys, their order and their meaning are a promise: fields may be added, none may change or go.
 *
 * @returns one JSON document, and a newline
 */
export function renderJson(report: ScanReport): string {
  const { version, run, verdict, findings, suppressed, skipped, coverage, errors, layers, notices, push } = report;
  const { files, hunks, lines, bytes } = coverage;
  return renderDocument({
    schema: SCHEMA,
    tool: { name: 'code-guardian', version },
    run: {
      id: run.id,
      target: run.target,
      hook: run.hook,
      startedAt: run.startedAt.toISOString(),
      durationMs: Math.round(run.durationMs * 10) / 10,
    },
    verdict,
    ...(push === undefined ? {} : pushFields(push)),
    findings: findings.map(findingFields),
    suppressed: suppressed.map(suppressedFields),
    skipped: skipped.map(({ path, reason, detail }) => ({ path, reason, detail })),
    coverage: { files, hunks, lines, bytes },
    errors: errors.map(({ code, message, hint, path }) => ({ code, message, hint, path })),
    config: { layers },
    notices,
  });
}

/** Of a push: each ref with its verdict, and how many commits it brings. */
function pushFields({ refs, commits, skip }: NonNullable<ScanReport['push']>) {
  return {
    refs: refs.map(({ ref, oldId, newId, verdict }) => ({ ref, oldId, newId, verdict })),
    commits,
    skipReason: skip?.reason,
  };
}

/** In the order of the contract. Absent fields are left out by JSON itself: it does not write what is undefined. */
function findingFields(finding: Finding) {
  return {
    rule: finding.rule,
    severity: finding.severity,
    confidence: finding.confidence,
    outcome: finding.outcome,
    path: finding.path,
    pathBytes: finding.pathBytes,
    line: finding.line,
    column: finding.column,
    endLine: finding.endLine,
    endColumn: finding.endColumn,
    excerpt: finding.excerpt ?? '',
    secret: finding.secret,
    message: finding.message,
    evidence: finding.evidence,
    advice: finding.advice,
    docs: finding.docs,
    fingerprint: finding.fingerprint,
    moved: finding.moved,
    commit: finding.commit,
  };
}

function suppressedFields(finding: Suppressed) {
  const { by, reason, expires } = finding;
  return { ...findingFields(finding), by, reason, expires };
}

/**
 * A value as an indented JSON document with a newline. Characters that a terminal obeys, or that turn the direction of text, are written as
 * escapes: the same to a parser, and harmless to a reader.
 */
export function renderDocument(value: unknown): string {
  const text = JSON.stringify(value, null, 2).replace(
    /[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `${text}\n`;
}
