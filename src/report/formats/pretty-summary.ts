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

/** The last line: verdict, counts and time. An incomplete run is never called clean. */
export function renderSummary(report: ScanReport, { palette, width, isVerbose, program }: View): string[] {
  const { verdict, findings, suppressed, skipped, coverage, run, blocksIncomplete } = report;
  const { signs } = palette;
  const of = (outcome: Finding['outcome']): Finding[] => findings.filter((finding) => finding.outcome === outcome);
  const [blocking, warnings, notes] = [of('block'), of('warn'), of('note')];
  const gap = verdict === 'clean' ? null : describeGap(report);
  const leftOut = isVerbose ? 0 : skipped.filter((entry) => !isGap(entry)).length;
  const alsoSaid = [
    ...(report.runs === undefined ? [] : [count(report.runs.length, 'run')]),
    ...(notes.length > 0 ? [count(notes.length, 'note')] : []),
    ...(suppressed.length > 0 ? [`${suppressed.length} suppressed`] : []),
    ...(leftOut > 0 ? [`${leftOut} excluded`] : []),
  ];
  const time = duration(run.durationMs);
  const join = (parts: readonly string[], paint: (text: string) => string): string[] => {
    const line = parts.join(` ${signs.dot} `);
    return (width < NARROW ? wrap(line, width) : [line]).map((text) => paint(palette.bold(text)));
  };

  switch (verdict) {
    case 'clean': {
      const { files, lines } = coverage;
      const commits = describeCommits(report);
      if (commits === null && files.scanned === 0 && run.target === 'staged' && run.hook === null) {
        const text = withProgram('Nothing is staged. To scan every tracked file: `code-guardian scan --all`', program);
        return join([`${signs.pass} ${text}`, ...alsoSaid], palette.green);
      }
      const what =
        commits !== null
          ? `${commits} (${time})`
          : files.scanned === 0
            ? `nothing to scan (${time})`
            : `${count(files.scanned, 'file')} clean (${count(lines.scanned, 'line')}, ${time})`;
      return join([`${signs.pass} code-guardian: ${what}`, ...alsoSaid], palette.green);
    }
    case 'warned':
      return join([`${signs.warn} passed with ${tell(warnings, 'warning', report)}`, ...alsoSaid, time], palette.yellow);
    case 'blocked': {
      const others = warnings.length > 0 ? [count(warnings.length, 'warning')] : [];
      return join(
        [
          `${signs.block} blocked: ${tell(blocking, 'finding', report)}`,
          ...(gap === null ? [] : [`scanned ${gap}`]),
          ...others,
          ...alsoSaid,
          time,
        ],
        palette.red,
      );
    }
    case 'incomplete': {
      const skip = report.push?.skip;
      if (skip?.ranRequired === false) {
        return join(
          [`${signs.warn} not scanned because of the push option code-guardian.skip: ${visible(skip.reason)}`, time],
          palette.yellow,
        );
      }
      const others = warnings.length > 0 ? [count(warnings.length, 'warning')] : [];
      const [sign, effect, paint] = blocksIncomplete
        ? [signs.block, stopOf(run), palette.red]
        : [signs.warn, ', let through by `onIncomplete: warn`', palette.yellow];
      return join([`${sign} Not fully scanned${gap === null ? '' : ` (${gap})`}${effect}`, ...others, ...alsoSaid, time], paint);
    }
  }
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
