import type { Finding } from '../../findings/finding.ts';
import { problemsOf, type Problem } from '../problems.ts';
import type { ScanReport } from '../scan-report.ts';
import { sentence } from '../text-layout.ts';
import type { Format } from './format.ts';
import { xmlText } from '../xml-text.ts';

/**
 * The JUnit XML that Jenkins, GitLab and Azure Pipelines read. A finding that blocks is a failed case, any other a case that passes and has its
 * text as output; what was not scanned is an error; a run with nothing to say is one case that passes.
 */
export const junit: Format = {
  name: 'junit',
  summary: 'JUnit XML, for test reports of CI servers',
  render: renderJunit,
};

function* renderJunit(report: ScanReport): Generator<string, void, undefined> {
  const { findings, run } = report;
  const problems = problemsOf(report);
  const failures = findings.filter(({ outcome }) => outcome === 'block').length;
  const tests = Math.max(findings.length + problems.length, 1);
  const time = (run.durationMs / 1000).toFixed(3);
  const counts = `tests="${tests}" failures="${failures}" errors="${problems.length}" time="${time}"`;
  yield '<?xml version="1.0" encoding="UTF-8"?>\n';
  yield `<testsuites name="code-guardian" ${counts}>\n`;
  yield `  <testsuite name="code-guardian" ${counts} skipped="0" timestamp="${run.startedAt.toISOString().slice(0, 19)}">\n`;
  for (const problem of problems) yield problemCase(problem);
  for (const finding of findings) yield findingCase(finding);
  if (findings.length + problems.length === 0)
    yield `    <testcase classname="code-guardian" name="${xmlText(run.target)}" time="${time}"/>\n`;
  yield '  </testsuite>\n</testsuites>\n';
}

function findingCase(finding: Finding): string {
  const { path, line, column, rule, severity, outcome, message, excerpt = '', advice, commit } = finding;
  const place = line === 0 ? path : `${path}:${line}:${column}`;
  const details = [
    `Where: ${place}${commit === undefined ? '' : ` in ${commit}`}`,
    ...(excerpt === '' ? [] : [`Line: ${excerpt}`]),
    `Fix: ${advice}`,
    `Id: ${finding.fingerprint}`,
  ].map(xmlText);
  const title = xmlText(`${sentence(message)} (${severity})`);
  const body =
    outcome === 'block'
      ? `<failure type="${xmlText(rule)}" message="${title}">${details.join('\n')}</failure>`
      : `<system-out>What: ${[title, ...details].join('\n')}</system-out>`;
  return `    <testcase classname="${xmlText(path)}" name="${xmlText(`${rule} at ${place}`)}" time="0">${body}</testcase>\n`;
}

function problemCase({ code, message, path }: Problem): string {
  const text = xmlText(message);
  return `    <testcase classname="code-guardian" name="${xmlText(`${code}${path === undefined ? '' : ` ${path}`}`)}" time="0"><error type="${xmlText(code)}" message="${text}">${text}</error></testcase>\n`;
}
