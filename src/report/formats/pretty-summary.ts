import type { Finding } from '../../findings/finding.ts';
import { visible } from '../../findings/redact.ts';
import { SEVERITIES } from '../../engine/rule.ts';
import { isGap } from './pretty-gaps.ts';
import type { ScanReport } from '../scan-report.ts';
import { count, duration, wrap } from '../text-layout.ts';
import type { View } from '../view.ts';

/** Only in a terminal with fewer columns is the line broken: elsewhere it can be searched for as one. */
const NARROW = 60;

/** The last line: the verdict, counts and time. A run that is not complete never calls itself clean. */
export function renderSummary(report: ScanReport, { palette, width, isVerbose }: View): string[] {
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
    ...(leftOut > 0 ? [`${leftOut} left out`] : []),
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
        [`${signs.block} blocked: ${tell(blocking, 'finding', report)}`, ...(gap === null ? [] : [gap]), ...others, ...alsoSaid, time],
        palette.red,
      );
    }
    case 'incomplete': {
      const skip = report.push?.skip;
      if (skip?.ranRequired === false) {
        return join([`${signs.warn} not scanned, by the push option code-guardian.skip: ${visible(skip.reason)}`, time], palette.yellow);
      }
      const others = warnings.length > 0 ? [count(warnings.length, 'warning')] : [];
      const [sign, words, paint] = blocksIncomplete
        ? [signs.block, 'incomplete, so it stops here', palette.red]
        : [signs.warn, 'incomplete, and let through by `onIncomplete: warn`', palette.yellow];
      return join([`${sign} ${words}: ${gap ?? 'not all was scanned'}`, ...others, ...alsoSaid, time], paint);
    }
  }
}

/** What a push brought; null where that is no commit. */
function describeCommits({ push }: ScanReport): string | null {
  const { total = 0, known = 0 } = push?.commits ?? {};
  if (total === 0) return null;
  const before = known === 0 ? '' : known === total ? ', as scanned before' : `, ${known} of them scanned before`;
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

/** What is missing, in the coarsest unit that shows it; null: nothing. */
function describeGap({ coverage, errors, push }: ScanReport): string | null {
  const { total = 0, unscanned = 0 } = push?.commits ?? {};
  if (unscanned > 0) return `${total - unscanned} of ${count(total, 'commit')} scanned`;
  const units = ['files', 'hunks', 'lines', 'bytes'] as const;
  const unit = units.find((name) => coverage[name].expected !== coverage[name].scanned);
  if (unit !== undefined) return `${coverage[unit].scanned} of ${coverage[unit].expected} ${unit} scanned`;
  return errors.length > 0 ? count(errors.length, 'error') : null;
}
