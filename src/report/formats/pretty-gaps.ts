import { visible } from '../../findings/redact.ts';
import { groupBy } from '../grouping.ts';
import { plainly } from '../palette.ts';
import { labelled } from './pretty-findings.ts';
import type { ReportedError, ScanReport, Skipped, SkipReason } from '../scan-report.ts';
import type { View } from '../view.ts';

interface Gap {
  readonly words: string;
  /** The key of the config that decides, where the entry itself names none. */
  readonly key?: string;
  /** The way out; absent where nothing is amiss. */
  readonly fix?: string;
}

const GAPS: Readonly<Record<SkipReason, Gap>> = {
  'too-large': { words: 'too large', key: 'performance.maxFileSize', fix: 'Raise the limit, or leave the file out with `ignore.paths`.' },
  binary: { words: 'binary', fix: 'Leave it out with `ignore.paths`.' },
  unreadable: { words: 'could not be read', fix: 'Make it readable, or leave it out with `ignore.paths`.' },
  encoding: { words: 'in an encoding that is not known', fix: 'Store it as UTF-8, or leave it out with `ignore.paths`.' },
  timeout: { words: 'no time was left', key: 'performance.timeout', fix: 'Raise `performance.timeout`, or change less at a time.' },
  excluded: { words: 'left out by the config', key: 'ignore.paths' },
  submodule: { words: 'submodules, which have hooks of their own' },
  lfs: { words: 'kept by Git LFS' },
};

const MAX_PATHS = 10;

/** Does a reason to skip leave the run incomplete? */
export function isGap({ reason }: Skipped): boolean {
  return GAPS[reason].fix !== undefined;
}

/** Files that were not scanned: by reason, with the way out. Those that are left out on purpose only when more is asked for. */
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

/** What went wrong on the way, and the way out. */
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
