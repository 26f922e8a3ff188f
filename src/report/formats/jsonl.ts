import { renderJsonText } from '../json-document.ts';
import type { ScanReport } from '../scan-report.ts';
import type { Format } from './format.ts';
import { findingFields, reportFields } from './json.ts';

export const jsonl: Format = {
  name: 'jsonl',
  summary: 'JSON, one finding per line, then a summary',
  render: renderJsonl,
};

function* renderJsonl(report: ScanReport): Generator<string, void, undefined> {
  for (const finding of report.findings) yield `${renderJsonText(findingFields(finding))}\n`;
  const { findings, suppressed, ...rest } = reportFields(report);
  const of = (outcome: string): number => report.findings.filter((finding) => finding.outcome === outcome).length;
  const counts = {
    findings: report.findings.length,
    block: of('block'),
    warn: of('warn'),
    note: of('note'),
    suppressed: report.suppressed.length,
  };
  yield `${renderJsonText({ summary: { ...rest, counts } })}\n`;
}
