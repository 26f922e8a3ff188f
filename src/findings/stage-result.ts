import type { Severity } from '../engine/rule.ts';
import type { Suppression } from './finding.ts';

/** What another scanner says of one place. Its texts are a stranger's: cleaned and bounded, and they may still hold a value. */
export interface StageResult {
  /** In the scanner's own words: `no-eval`. */
  readonly rule: string;
  readonly severity: Severity;
  /** From the repository's top, with forward slashes. */
  readonly path: string;
  /** Null: the file as such. */
  readonly region: Region | null;
  /** Where the same may be meant as well: of all these the first on an added line counts. */
  readonly others?: readonly Region[];
  /** It has a place in the file, and nobody knows which: it counts wherever that is. */
  readonly isUnplaced?: boolean;
  readonly message: string;
  readonly why: string;
  readonly advice: string;
  /** A URL, or nothing. */
  readonly docs: string;
  /** That the scanner itself found it suppressed. */
  readonly suppression: Suppression | null;
}

/** How a scanner counts characters. */
export type CharacterUnit = 'utf16' | 'codePoint';

/** Where in a file; lines and columns from 1, ends of columns exclusive, offsets from 0. Null: to the beginning or the end of the line. */
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
