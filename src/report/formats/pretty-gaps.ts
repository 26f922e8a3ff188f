import { visible } from '../../findings/redact.ts';
import { groupBy } from '../grouping.ts';
import { plainly } from '../palette.ts';
import { labelled } from './pretty-findings.ts';
import { GAPS, isGap } from '../problems.ts';
import type { ReportedError, ScanReport, Skipped } from '../scan-report.ts';
import type { View } from '../view.ts';

const MAX_PATHS = 10;

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
