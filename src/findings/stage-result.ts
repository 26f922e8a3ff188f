import type { Severity } from '../engine/rule.ts';
import type { Suppression } from './finding.ts';

/** A result of an external scanner. Its texts are untrusted: cleaned and bounded, but they may still contain a secret. */
export interface StageResult {
  /** The scanner's rule name: `no-eval`. */
  readonly rule: string;
  readonly severity: Severity;
  /** From the repository's top, with forward slashes. */
  readonly path: string;
  /** Null: the file itself. */
  readonly region: Region | null;
  /** Other possible positions: the first one on an added line counts. */
  readonly others?: readonly Region[];
  /** Its position in the file is unknown, so it always counts. */
  readonly isUnplaced?: boolean;
  readonly message: string;
  readonly why: string;
  readonly advice: string;
  /** A URL, or ''. */
  readonly docs: string;
  /** The scanner itself reports it as suppressed. */
  readonly suppression: Suppression | null;
}

/** How a scanner counts characters. */
export type CharacterUnit = 'utf16' | 'codePoint';

/** A position in a file; lines and columns from 1, exclusive column ends, offsets from 0. Null: from the start or to the end of the line. */
export type Region =
  | {
      readonly kind: 'lines';
      readonly startLine: number;
      readonly endLine: number;
      readonly startColumn: number | null;
      readonly endColumn: number | null;
      readonly unit: CharacterUnit;
    }
  | { readonly kind: 'offsets'; readonly start: number; readonly end: number; readonly unit: CharacterUnit };
