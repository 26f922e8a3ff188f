import type { Palette } from './palette.ts';

/** How a report is to be shown. Only formats for people look at it. */
export interface View {
  readonly palette: Palette;
  /** Columns of the terminal. */
  readonly width: number;
  readonly isQuiet: boolean;
  readonly isVerbose: boolean;
}
