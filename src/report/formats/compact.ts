import { asLogLine, isRunnerCommand } from '../log-line.ts';
import { problemsOf } from '../problems.ts';
import type { ScanReport } from '../scan-report.ts';
import type { Format } from './format.ts';

/** `path:line:column: severity rule: message`. What was not scanned follows under the name of the program, which no problem matcher reads. */
export const compact: Format = {
  name: 'compact',
  summary: 'one line per finding, for editors and grep',
  render: renderCompact,
};

function* renderCompact(report: ScanReport): Generator<string, void, undefined> {
  for (const { path, line, column, severity, rule, message } of report.findings) {
    yield `${placeFor(asLogLine(path))}:${line}:${column}: ${severity} ${rule}: ${asLogLine(message)}\n`;
  }
  for (const { code, message, path } of problemsOf(report)) {
    yield `code-guardian: ${code}: ${asLogLine(path === undefined || message.includes(path) ? message : `${path}: ${message}`)}\n`;
  }
}

/** The same file, if a runner would read the line as a command. */
function placeFor(path: string): string {
  return isRunnerCommand(path) ? `./${path}` : path;
}
