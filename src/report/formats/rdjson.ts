import type { Finding, Outcome } from '../../findings/finding.ts';
import { documentParts, eachOf } from '../json-document.ts';
import { problemsOf, type Problem } from '../problems.ts';
import type { ScanReport } from '../scan-report.ts';
import { sentence } from '../text-layout.ts';
import type { Format } from './format.ts';
import { withoutReferences } from '../markdown-text.ts';
import { webAddress } from '../web-address.ts';

const SEVERITIES: Readonly<Record<Outcome, string>> = { block: 'ERROR', warn: 'WARNING', note: 'INFO' };

/** https://github.com/reviewdog/reviewdog/tree/master/proto/rdf: columns count bytes of UTF-8, and reviewers post messages as Markdown. */
export const rdjson: Format = {
  name: 'rdjson',
  summary: 'for reviewdog',
  render: (report) =>
    documentParts({
      source: { name: 'code-guardian' },
      diagnostics: eachOf(diagnosticsOf(report), (diagnostic) => diagnostic),
    }),
};

function* diagnosticsOf(report: ScanReport): Generator<object, void, undefined> {
  for (const finding of report.findings) yield diagnosticOf(finding);
  for (const problem of problemsOf(report)) yield problemDiagnostic(problem, report);
}

function diagnosticOf(finding: Finding) {
  const { message, advice, path, outcome, rule, docs } = finding;
  return {
    message: withoutReferences(`${sentence(message)}. ${advice}`),
    location: { path, range: rangeOf(finding) },
    severity: SEVERITIES[outcome],
    code: { value: rule, url: webAddress(docs) },
  };
}

function rangeOf({ line, column, endLine, endColumn, byteColumn = column, endByteColumn = endColumn }: Finding) {
  if (line === 0) return undefined;
  return { start: { line, column: byteColumn }, end: { line: endLine, column: endByteColumn } };
}

function problemDiagnostic({ code, message, path = '.' }: Problem, { blocksIncomplete }: ScanReport) {
  return {
    message: withoutReferences(message),
    location: { path },
    severity: SEVERITIES[blocksIncomplete ? 'block' : 'warn'],
    code: { value: code },
  };
}
