import { withProgram } from '../../host/program.ts';
import type { Finding } from '../../findings/finding.ts';
import { visible } from '../../findings/redact.ts';
import { SEVERITIES } from '../../engine/rule.ts';
import { describeGap, isGap } from '../problems.ts';
import type { ScanReport } from '../scan-report.ts';
import { count, duration, wrap } from '../text-layout.ts';
import type { View } from '../view.ts';

/** The line is wrapped only in narrower terminals, so that it can be found as one line elsewhere. */
const NARROW = 60;

/** The last line in parts. */
interface Line {
  readonly parts: readonly string[];
  readonly paint: (text: string) => string;
}

/** The last line: verdict, counts and time. An incomplete run is never called clean. */
export function renderSummary(report: ScanReport, view: View): string[] {
  const { palette, width } = view;
  const { parts, paint } = lineOf(report, view);
  const line = parts.join(` ${palette.signs.dot} `);
  return (width < NARROW ? wrap(line, width) : [line]).map((text) => paint(palette.bold(text)));
}

function lineOf(report: ScanReport, view: View): Line {
  const { palette } = view;
  const warnings = withOutcome(report, 'warn');
  const counts = countsOf(report, view);
  const time = duration(report.run.durationMs);
  const others = warnings.length > 0 ? [count(warnings.length, 'warning')] : [];

  switch (report.verdict) {
    case 'clean':
      return { parts: [`${palette.signs.pass} ${describeClean(report, time, view)}`, ...counts], paint: palette.green };
    case 'warned':
      return { parts: [`${palette.signs.warn} passed with ${tell(warnings, 'warning', report)}`, ...counts, time], paint: palette.yellow };
    case 'blocked': {
      const gap = describeGap(report);
      const head = `${palette.signs.block} blocked: ${tell(withOutcome(report, 'block'), 'finding', report)}`;
      return { parts: [head, ...(gap === null ? [] : [`scanned ${gap}`]), ...others, ...counts, time], paint: palette.red };
    }
    case 'incomplete': {
      const skip = report.push?.skip;
      if (skip?.ranRequired !== false) return incompleteLine(report, view, [...others, ...counts, time]);
      const head = `${palette.signs.warn} not scanned because of the push option code-guardian.skip: ${visible(skip.reason)}`;
      return { parts: [head, time], paint: palette.yellow };
    }
  }
}

function withOutcome({ findings }: ScanReport, outcome: Finding['outcome']): Finding[] {
  return findings.filter((finding) => finding.outcome === outcome);
}

/** Counts of what the verdict does not name. */
function countsOf(report: ScanReport, { isVerbose }: View): string[] {
  const { runs, suppressed, skipped } = report;
  const notes = withOutcome(report, 'note').length;
  const leftOut = isVerbose ? 0 : skipped.filter((entry) => !isGap(entry)).length;
  return [
    ...(runs === undefined ? [] : [count(runs.length, 'run')]),
    ...(notes > 0 ? [count(notes, 'note')] : []),
    ...(suppressed.length > 0 ? [`${suppressed.length} suppressed`] : []),
    ...(leftOut > 0 ? [`${leftOut} excluded`] : []),
  ];
}

function describeClean(report: ScanReport, time: string, { program }: View): string {
  const { files, lines } = report.coverage;
  const commits = describeCommits(report);
  if (commits !== null) return `code-guardian: ${commits} (${time})`;
  if (files.scanned > 0) return `code-guardian: ${count(files.scanned, 'file')} clean (${count(lines.scanned, 'line')}, ${time})`;
  if (report.run.target !== 'staged' || report.run.hook !== null) return `code-guardian: nothing to scan (${time})`;
  return withProgram('Nothing is staged. To scan every tracked file: `code-guardian scan --all`', program);
}

function incompleteLine(report: ScanReport, { palette }: View, rest: readonly string[]): Line {
  const gap = describeGap(report);
  const [sign, effect, paint] = report.blocksIncomplete
    ? [palette.signs.block, stopOf(report.run), palette.red]
    : [palette.signs.warn, ', let through by `onIncomplete: warn`', palette.yellow];
  return { parts: [`${sign} Not fully scanned${gap === null ? '' : ` (${gap})`}${effect}`, ...rest], paint };
}

/** What an incomplete run stopped; a scan by hand stops nothing. */
function stopOf({ hook }: ScanReport['run']): string {
  if (hook === null) return '';
  const what = hook.endsWith('push') || hook === 'pre-receive' ? 'push' : hook === 'pre-merge-commit' ? 'merge' : 'commit';
  return `, so the ${what} was stopped`;
}

/** The commits of a push; null if it has none. */
function describeCommits({ push }: ScanReport): string | null {
  const { total = 0, known = 0 } = push?.commits ?? {};
  if (total === 0) return null;
  const before = known === 0 ? '' : known === total ? ', all scanned before' : `, ${known} of them scanned before`;
  return `${count(total, 'commit')} clean${before}`;
}

/** `2 findings (1 critical, 1 high) in 2 of 14 files`, or `… in 1 of 3 commits`. */
function tell(findings: readonly Finding[], noun: string, { coverage: { files }, push }: ScanReport): string {
  const severities = SEVERITIES.map((severity) => [severity, findings.filter((finding) => finding.severity === severity).length] as const)
    .filter(([, number]) => number > 0)
    .map(([severity, number]) => `${number} ${severity}`);
  const places = new Set(findings.map(({ path, commit = '' }) => `${commit}:${path}`)).size;
  const commits = new Set(findings.map(({ commit }) => commit)).size;
  const total = push?.commits.total ?? 0;
  if (commits <= total) return `${count(findings.length, noun)} (${severities.join(', ')}) in ${commits} of ${count(total, 'commit')}`;
  const where = places <= files.expected ? `${places} of ${count(files.expected, 'file')}` : count(places, 'file');
  return `${count(findings.length, noun)} (${severities.join(', ')}) in ${where}`;
}
