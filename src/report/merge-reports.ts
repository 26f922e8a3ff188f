import { byPlace, type Finding } from '../findings/finding.ts';
import { judgeRun, type Verdict } from '../policy/judge.ts';
import { groupBy } from './grouping.ts';
import { mergeStages } from './merge-stages.ts';
import { isFullyScanned } from './problems.ts';
import type { Coverage, MergedRun, ScanReport } from './scan-report.ts';

const OUTCOMES: readonly Finding['outcome'][] = ['block', 'warn', 'note'];
/** Worst first. */
const VERDICTS: readonly Verdict[] = ['blocked', 'incomplete', 'warned', 'clean'];

/**
 * Merges reports: each finding once, coverage added up, the worst verdict. A blocked and an incomplete report make a blocked one, whose
 * coverage and errors still show what is missing.
 *
 * @param given at least one
 * @param made version of this program, and the id of the merged run
 */
export function mergeReports(given: readonly ScanReport[], made: { readonly version: string; readonly id: string }): ScanReport {
  const reports = withoutRepeated(given);
  const runs = unique(reports.flatMap(runsOf), ({ id }) => [id]);
  const findings = mergeFindings(reports.flatMap((report) => report.findings));
  // Reports without findings have no fingerprints to compare.
  const keyId = onlyOne(reports.filter(hasFound).map((report) => report.keyId));
  const gaps = reports.filter((report) => !isFullyScanned(report));
  const stages = mergeStages(reports.flatMap((report) => report.stages ?? []));
  return {
    version: made.version,
    run: {
      id: made.id,
      target: onlyOne(runs.map(({ target }) => target)) ?? 'merged',
      hook: onlyOne(runs.map(({ hook }) => hook)) ?? null,
      startedAt: new Date(Math.min(...runs.map(({ startedAt }) => startedAt.getTime()))),
      durationMs: runs.reduce((sum, { durationMs }) => sum + durationMs, 0),
    },
    runs,
    ...(keyId === undefined ? {} : { keyId }),
    verdict: worst([
      ...reports.map(({ verdict }) => verdict),
      judgeRun(
        findings.map(({ outcome }) => outcome),
        gaps.length === 0,
      ),
    ]),
    findings: findings.toSorted(byPlace),
    suppressed: unique(
      reports.flatMap((report) => report.suppressed),
      (one) => [...identityOf(one), one.by, one.reason, one.expires],
    ).toSorted(byPlace),
    skipped: unique(
      reports.flatMap((report) => report.skipped),
      ({ path, reason, detail }) => [path, reason, detail],
    ),
    coverage: sum(reports.map(({ coverage }) => coverage)),
    ...(stages.length === 0 ? {} : { stages }),
    errors: unique(
      reports.flatMap((report) => report.errors),
      ({ code, message, hint, path }) => [code, message, hint, path],
    ),
    layers: [...new Set(reports.flatMap(({ layers }) => layers))],
    // Without gaps `onIncomplete` has no effect.
    blocksIncomplete: gaps.length === 0 || gaps.some((report) => report.blocksIncomplete),
    skippedRules: [],
    notices: [...new Set([...reports.flatMap(({ notices }) => notices), ...duplicateNotices(findings)])],
  };
}

/** Drops reports whose runs are all in other reports: they must not be counted twice. */
function withoutRepeated(reports: readonly ScanReport[]): ScanReport[] {
  const known = new Set<string>();
  return reports.filter((report) => {
    const ids = runsOf(report).map(({ id }) => id);
    const isNew = ids.some((id) => !known.has(id));
    for (const id of ids) known.add(id);
    return isNew;
  });
}

/** The runs of a report that was merged before stay as they are. */
function runsOf({ version, run, runs, keyId, verdict, push }: ScanReport): readonly MergedRun[] {
  if (runs !== undefined && runs.length > 0) return runs;
  const { refs, commits, skip } = push ?? {};
  return [
    {
      ...run,
      version,
      verdict,
      ...(keyId === undefined ? {} : { keyId }),
      ...(refs === undefined || commits === undefined ? {} : { push: { refs, commits, ...(skip === undefined ? {} : { skip }) } }),
    },
  ];
}

/** If runs judged a finding differently, the strictest outcome wins. */
function mergeFindings(all: readonly Finding[]): Finding[] {
  const strictestFirst = all.toSorted((a, b) => OUTCOMES.indexOf(a.outcome) - OUTCOMES.indexOf(b.outcome));
  return unique(strictestFirst, identityOf);
}

function identityOf({ fingerprint, rule, path, line, column, commit }: Finding): Identity {
  return [fingerprint, rule, path, line, column, commit];
}

type Identity = readonly (string | number | undefined)[];

/** The first item of each identity. */
function unique<T>(items: readonly T[], identify: (item: T) => Identity): T[] {
  return [...groupBy(items, (item) => JSON.stringify(identify(item))).values()].map(([first]) => first);
}

/** Findings at the same place with different fingerprints stay separate: they may come from two folders with equal file names. */
function duplicateNotices(findings: readonly Finding[]): string[] {
  const duplicates = [
    ...groupBy(findings, ({ rule, path, line, column, commit }) => JSON.stringify([rule, path, line, column, commit])).values(),
  ].filter((group) => new Set(group.map(({ fingerprint }) => fingerprint)).size > 1);
  if (duplicates.length === 0) return [];
  const [[{ path, line }]] = duplicates as [[Finding]];
  const which = duplicates.length === 1 ? `${path}:${line} appears` : `${duplicates.length} places, such as ${path}:${line}, appear`;
  return [
    `${which} more than once with different fingerprints: the reports come from several clones or folders. Commit a baseline to give all clones the same fingerprints.`,
  ];
}

function hasFound({ findings, suppressed }: ScanReport): boolean {
  return findings.length + suppressed.length > 0;
}

function sum(coverages: readonly Coverage[]): Coverage {
  const of = (unit: keyof Coverage) => ({
    expected: coverages.reduce((total, coverage) => total + coverage[unit].expected, 0),
    scanned: coverages.reduce((total, coverage) => total + coverage[unit].scanned, 0),
  });
  return { files: of('files'), hunks: of('hunks'), lines: of('lines'), bytes: of('bytes') };
}

function worst(verdicts: readonly Verdict[]): Verdict {
  return VERDICTS.find((verdict) => verdicts.includes(verdict))!;
}

function onlyOne<T>(values: readonly T[]): T | undefined {
  const [value, ...others] = new Set(values);
  return others.length === 0 ? value : undefined;
}
