import type { Palette } from './palette.ts';

/** How to show a report. Only formats for people read it. */
export interface View {
  readonly palette: Palette;
  /** Columns of the terminal. */
  readonly width: number;
  readonly isQuiet: boolean;
  readonly isVerbose: boolean;
  /** How the reader starts this program; absent: `code-guardian`. */
  readonly program?: string | undefined;
}
