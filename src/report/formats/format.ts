import type { ScanReport } from '../scan-report.ts';
import type { View } from '../view.ts';

/** A format of `--format` and `--report NAME=FILE`. Its file and its export have its name. */
export interface Format {
  readonly name: string;
  /** For help and docs: at most 60 characters. */
  readonly summary: string;
  /**
   * The parts of the text, in order: the report of a whole history is written piece by piece. Text from a repository is escaped for the
   * syntax of the format.
   */
  readonly render: (report: ScanReport, view: View) => Iterable<string>;
}

/** A format in the table, before its code is loaded. */
export interface FormatEntry extends Pick<Format, 'name' | 'summary'> {
  readonly load: () => Promise<Format>;
}
