import { visible } from '../../findings/redact.ts';
import type { Finding, Outcome } from '../../findings/finding.ts';
import { problemsOf } from '../problems.ts';
import type { ScanReport } from '../scan-report.ts';
import { SEVERITIES } from '../../engine/rule.ts';
import { sentence } from '../text-layout.ts';
import type { Format } from './format.ts';

const COMMANDS: Readonly<Record<Outcome, string>> = { block: 'error', warn: 'warning', note: 'notice' };
const OUTCOMES: readonly Outcome[] = ['block', 'warn', 'note'];

/**
 * https://docs.github.com/actions/reference/workflow-commands-for-github-actions: annotations. The worst come first, because a step shows only
 * ten of each kind.
 */
export const github: Format = {
  name: 'github',
  summary: 'GitHub Actions: an annotation per finding',
  render: renderGithub,
};

function* renderGithub(report: ScanReport): Generator<string, void, undefined> {
  const level = report.blocksIncomplete ? 'error' : 'warning';
  for (const { code, message, path } of problemsOf(report)) yield command(level, { file: path, title: `code-guardian: ${code}` }, message);
  for (const outcome of OUTCOMES) {
    for (const severity of SEVERITIES) {
      for (const finding of report.findings) {
        if (finding.outcome === outcome && finding.severity === severity) yield annotationOf(finding);
      }
    }
  }
}

function annotationOf({ path, line, column, endLine, endColumn, outcome, rule, message, secret, advice }: Finding): string {
  const properties = {
    file: path,
    line: line === 0 ? undefined : line,
    endLine: line === 0 ? undefined : endLine,
    // GitHub accepts columns only if the annotation is on one line.
    col: line === 0 || line !== endLine ? undefined : column,
    endColumn: line === 0 || line !== endLine ? undefined : endColumn,
    title: `${sentence(message)} (${rule})`,
  };
  return command(COMMANDS[outcome], properties, `${secret === undefined ? '' : `${secret}: `}${advice}`);
}

function command(name: string, properties: Readonly<Record<string, string | number | undefined>>, data: string): string {
  const pairs = Object.entries(properties).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}=${typeof value === 'number' ? value : escapeProperty(value)}`],
  );
  return `::${name} ${pairs.join(',')}::${escapeData(data)}\n`;
}

function escapeData(text: string): string {
  return visible(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
