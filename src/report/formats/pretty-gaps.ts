import { visible } from '../../findings/redact.ts';
import { groupBy } from '../grouping.ts';
import { plainly } from '../palette.ts';
import { labelled } from './pretty-findings.ts';
import type { ReportedError, ScanReport, Skipped, SkipReason } from '../scan-report.ts';
import type { View } from '../view.ts';

interface Gap {
  readonly words: string;
  /** The config key that decides, shown if the entry has no detail of its own. */
  readonly key?: string;
  /** How to get the file scanned; absent if it was skipped on purpose. */
  readonly fix?: string;
}

const GAPS: Readonly<Record<SkipReason, Gap>> = {
  'too-large': { words: 'too large', key: 'performance.maxFileSize', fix: 'Raise the limit, or exclude the file with `ignore.paths`.' },
  binary: { words: 'binary', fix: 'Exclude it with `ignore.paths`.' },
  unreadable: { words: 'could not be read', fix: 'Make it readable, or exclude it with `ignore.paths`.' },
  encoding: { words: 'unknown encoding', fix: 'Store it as UTF-8, or exclude it with `ignore.paths`.' },
  timeout: { words: 'out of time', key: 'performance.timeout', fix: 'Raise `performance.timeout`, or commit less at a time.' },
  excluded: { words: 'excluded by the config', key: 'ignore.paths' },
  submodule: { words: 'submodules, which have their own hooks' },
  lfs: { words: 'stored in Git LFS' },
};

const MAX_PATHS = 10;

/** Whether a skipped file leaves the run incomplete. */
export function isGap({ reason }: Skipped): boolean {
  return GAPS[reason].fix !== undefined;
}

/** Files that were not scanned, by reason, with the fix. Files excluded on purpose are listed only with `--verbose`. */
export function renderSkipped(skipped: readonly Skipped[], view: View): string[] {
  const { palette, isVerbose } = view;
  const shown = isVerbose ? skipped : skipped.filter(isGap);
  return [...groupBy(shown, ({ reason }) => reason)].flatMap(([reason, files]) => {
    const { words, key, fix } = GAPS[reason];
    const few = isVerbose ? files : files.slice(0, MAX_PATHS);
    const title = `${fix === undefined ? palette.signs.note : palette.signs.warn} Not scanned: ${words}`;
    return [
      fix === undefined ? palette.cyan(title) : palette.yellow(palette.bold(title)),
      ...few.map(({ path, detail = key }) => {
        const why = detail === undefined ? '' : palette.dim(`  ${plainly(visible(detail), palette)}`);
        return `  ${palette.cyan(plainly(visible(path), palette))}${why}`;
      }),
      ...(few.length < files.length ? [`  ${palette.signs.ellipsis} and ${files.length - few.length} more (see --format json)`] : []),
      ...(fix === undefined ? [] : labelled('Fix', fix, view)),
      '',
    ];
  });
}

/** The errors of the run and how to fix them. */
export function renderErrors(errors: readonly ReportedError[], view: View): string[] {
  const { palette } = view;
  return errors.flatMap(({ code, message, hint, path }) => [
    palette.red(palette.bold(`${palette.signs.block} ${code}`)),
    ...labelled('What', path === undefined || message.includes(path) ? message : `${path}: ${message}`, view),
    ...labelled('Fix', hint, view),
    '',
  ]);
}

export function renderNotices(notices: ScanReport['notices'], view: View): string[] {
  return notices.flatMap((notice) => labelled('Note', notice, view));
}
