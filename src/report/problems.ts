import type { ScanReport, Skipped } from './scan-report.ts';
import { count } from './text-layout.ts';

/** Why a run is not to be trusted as it is: what was not scanned, and what failed. */
export interface Problem {
  /** An error code, `INCOMPLETE` for the run as a whole, or `NOT_SCANNED` for a file. */
  readonly code: string;
  readonly message: string;
  readonly path?: string;
}

/** Words for a reason to skip a file, and how to get it scanned; without `fix` it was skipped on purpose. */
export interface Gap {
  readonly words: string;
  /** The config key that decides, shown if the entry has no detail of its own. */
  readonly key?: string;
  readonly fix?: string;
}

export const GAPS: Readonly<Record<Skipped['reason'], Gap>> = {
  'too-large': { words: 'too large', key: 'performance.maxFileSize', fix: 'Raise the limit, or exclude the file with `ignore.paths`.' },
  binary: { words: 'binary', fix: 'Exclude it with `ignore.paths`.' },
  unreadable: { words: 'could not be read', fix: 'Make it readable, or exclude it with `ignore.paths`.' },
  encoding: { words: 'unknown encoding', fix: 'Store it as UTF-8, or exclude it with `ignore.paths`.' },
  timeout: { words: 'out of time', key: 'performance.timeout', fix: 'Raise `performance.timeout`, or commit less at a time.' },
  excluded: { words: 'excluded by the config', key: 'ignore.paths' },
  submodule: { words: 'submodules, which have their own hooks' },
  lfs: { words: 'stored in Git LFS' },
};

/** Whether a skipped file leaves the run incomplete. */
export function isGap({ reason }: Skipped): boolean {
  return GAPS[reason].fix !== undefined;
}

const UNITS = ['files', 'hunks', 'lines', 'bytes'] as const;

/** Whether everything was scanned that had to be, without a failure. A blocked run may have gaps, too. */
export function isFullyScanned({ verdict, coverage, errors }: Pick<ScanReport, 'verdict' | 'coverage' | 'errors'>): boolean {
  return verdict !== 'incomplete' && errors.length === 0 && UNITS.every((unit) => coverage[unit].expected === coverage[unit].scanned);
}

/** What is missing, in the coarsest unit that shows it: `3 of 4 files`. Null if nothing is. */
export function describeGap({ coverage, errors, push }: ScanReport): string | null {
  const { total = 0, unscanned = 0 } = push?.commits ?? {};
  if (unscanned > 0) return `${total - unscanned} of ${count(total, 'commit')}`;
  const unit = UNITS.find((name) => coverage[name].expected !== coverage[name].scanned);
  if (unit !== undefined) return `${coverage[unit].scanned} of ${count(coverage[unit].expected, unit.slice(0, -1))}`;
  return errors.length > 0 ? count(errors.length, 'error') : null;
}

/** The run as a whole first. An incomplete run has at least that one: no format may call it clean. */
export function problemsOf(report: ScanReport): Problem[] {
  const gap = describeGap(report);
  return [
    ...(isFullyScanned(report) ? [] : [{ code: 'INCOMPLETE', message: `Not fully scanned${gap === null ? '' : ` (${gap})`}` }]),
    ...report.errors.map(({ code, message, hint, path }) => ({
      code,
      message: `${message} (${hint})`,
      ...(path === undefined ? {} : { path }),
    })),
    ...report.skipped.filter(isGap).map(({ path, reason, detail }) => ({
      code: 'NOT_SCANNED',
      message: `Not scanned: ${GAPS[reason].words}${detail === undefined ? '' : `, ${detail}`}`,
      path,
    })),
  ];
}
