import type { Finding } from '../../findings/finding.ts';
import { asLogLine } from '../log-line.ts';
import { problemsOf } from '../problems.ts';
import type { ScanReport } from '../scan-report.ts';
import type { Format } from './format.ts';

const COLUMNS = [
  'outcome',
  'severity',
  'confidence',
  'rule',
  'message',
  'path',
  'line',
  'column',
  'endLine',
  'endColumn',
  'secret',
  'excerpt',
  'commit',
  'fingerprint',
] as const satisfies readonly (keyof Finding)[];

/** RFC 4180, with a header. What was not scanned has the outcome `error`, and its code as its rule. */
export const csv: Format = {
  name: 'csv',
  summary: 'for spreadsheets: no cell is a formula',
  render: renderCsv,
};

function* renderCsv(report: ScanReport): Generator<string, void, undefined> {
  yield row(COLUMNS);
  for (const finding of report.findings) yield row(COLUMNS.map((column) => finding[column] ?? ''));
  for (const { code, message, path = '' } of problemsOf(report)) {
    const problem: Partial<Record<(typeof COLUMNS)[number], string>> = { outcome: 'error', rule: code, message, path };
    yield row(COLUMNS.map((column) => problem[column] ?? ''));
  }
}

function row(cells: readonly (string | number)[]): string {
  return `${cells.map(cell).join(',')}\r\n`;
}

/** Texts are quoted, so that no line starts as a command of a runner. */
function cell(value: string | number): string {
  return typeof value === 'number' || value === '' ? String(value) : `"${asText(asLogLine(value)).replaceAll('"', '""')}"`;
}

/** Spreadsheets read a cell as a formula if it begins with one of these, some after blanks, and some in their full-width forms. */
function asText(value: string): string {
  return /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]/.test(value) ? `'${value}` : value;
}
