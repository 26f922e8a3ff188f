import type { Finding, Suppressed } from '../../findings/finding.ts';
import { documentParts, eachOf } from '../json-document.ts';
import { REPORT_SCHEMA } from '../report-document.ts';
import type { MergedRun, Run, ScanReport } from '../scan-report.ts';
import type { Format } from './format.ts';

/** The report for programs. Keys, their order and their meaning are stable: fields may be added, but never changed or removed. */
export const json: Format = {
  name: 'json',
  summary: 'everything, for programs: code-guardian.report/1',
  render: (report) => documentParts(reportFields(report)),
};

/** In the documented order. JSON omits undefined fields. */
export function reportFields(report: ScanReport) {
  const { version, run, runs, keyId, verdict, findings, suppressed, skipped, coverage, errors, layers, notices, stages, push } = report;
  const { files, hunks, lines, bytes } = coverage;
  return {
    schema: REPORT_SCHEMA,
    tool: { name: 'code-guardian', version },
    run: runFields(run, keyId),
    runs: runs?.map(mergedRunFields),
    verdict,
    ...(push === undefined ? {} : pushFields(push)),
    findings: eachOf(findings, findingFields),
    suppressed: eachOf(suppressed, suppressedFields),
    skipped: skipped.map(({ path, reason, detail }) => ({ path, reason, detail })),
    coverage: { files, hunks, lines, bytes },
    stages: stages?.map(({ id, status, files, results, durationMs }) => ({
      id,
      status,
      files,
      results,
      durationMs: Math.round(durationMs * 10) / 10,
    })),
    errors: errors.map(({ code, message, hint, path }) => ({ code, message, hint, path })),
    // An incomplete run blocks by default.
    config: { layers, ...(report.blocksIncomplete ? {} : { onIncomplete: 'warn' }) },
    notices,
  };
}

function runFields({ id, target, hook, startedAt, durationMs }: Run, fingerprintKey: string | undefined) {
  return { id, target, hook, startedAt: startedAt.toISOString(), durationMs: Math.round(durationMs * 10) / 10, fingerprintKey };
}

function mergedRunFields({ version, verdict, keyId, push, ...run }: MergedRun) {
  return { ...runFields(run, keyId), version, verdict, ...(push === undefined ? {} : pushFields(push)) };
}

/** A push: each ref with its verdict, and the number of commits. */
function pushFields({ refs, commits, skip }: NonNullable<MergedRun['push']>) {
  return {
    refs: refs.map(({ ref, oldId, newId, verdict }) => ({ ref, oldId, newId, verdict })),
    commits,
    skipReason: skip?.reason,
  };
}

/** In the documented order. JSON omits undefined fields. */
export function findingFields(finding: Finding) {
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
    byteColumn: finding.byteColumn,
    endByteColumn: finding.endByteColumn,
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

export function suppressedFields(finding: Suppressed) {
  const { by, reason, expires } = finding;
  return { ...findingFields(finding), by, reason, expires };
}
