import { resolve } from 'node:path';
import type { Host } from '../host/host.ts';
import type { Options } from './options.ts';
import { GuardianError } from '../errors/guardian-error.ts';
import { batchesOf } from '../disk/batches.ts';
import { FORMATS } from '../report/formats/formats.ts';
import { createPalette } from '../report/palette.ts';
import type { ScanReport } from '../report/scan-report.ts';
import { writeOutput } from '../disk/write-output.ts';
import { chooseFormat } from './choose-format.ts';

const BY_NAME = Object.fromEntries(FORMATS.map((format) => [format.name, format]));

/** A requested report; `file: null` is stdout. */
export interface ReportTarget {
  readonly format: string;
  readonly file: string | null;
}

/**
 * The reports that `--format`, `--output` and `--report NAME=FILE` request.
 *
 * @throws GuardianError USAGE for an unknown format
 */
export function parseReportTargets({ format = 'pretty', output, report = [] }: Options): ReportTarget[] {
  const more = report.map((text) => {
    const equals = text.indexOf('=');
    if (equals < 1 || equals === text.length - 1) {
      throw new GuardianError('USAGE', `--report ${text}: expected NAME=FILE`, {
        hint: 'For example: `code-guardian scan --report json=report.json`',
      });
    }
    return { format: text.slice(0, equals), file: text.slice(equals + 1) };
  });
  const targets = [{ format, file: output ?? null }, ...more];
  for (const { format: name } of targets) chooseFormat(BY_NAME, name);
  return targets;
}

/** Renders and writes each report. */
export async function writeReports(host: Host, options: Options, targets: readonly ReportTarget[], report: ScanReport): Promise<void> {
  for (const { format, file } of targets) {
    const { render } = await chooseFormat(BY_NAME, format).load();
    const palette = await createPalette({
      isTerminal: file === null && host.stdout.isTTY,
      env: host.env,
      ...(options.color === undefined ? {} : { color: options.color }),
    });
    const parts = render(report, {
      palette,
      width: host.stdout.columns || 80,
      isQuiet: options.quiet === true,
      isVerbose: options.verbose === true,
      program: host.program,
    });
    if (file !== null) writeOutput(resolve(host.cwd, file), parts);
    else for (const batch of batchesOf(parts)) host.stdout.write(batch);
  }
}
