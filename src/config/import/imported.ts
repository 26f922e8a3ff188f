import type { ConfigLayer } from '../../policy/config.ts';

/** A finding that is accepted in another scanner. */
export type KnownFinding =
  /** Any finding on this line. `commit`: null means the current file. */
  | { readonly kind: 'line'; readonly path: string; readonly line: number; readonly commit: string | null }
  /** This value anywhere in the file, or on this line if only a key's first line is known. */
  | { readonly kind: 'value'; readonly path: string; readonly line: number; readonly sha1: string; readonly reason: string };

/** The converted content of another scanner's file. */
export interface Imported {
  readonly layer: ConfigLayer;
  /** To look up in the repository: our entries identify findings by content, not by position. */
  readonly known: readonly KnownFinding[];
  /** What was not, or only partly, converted: one line each, without patterns or values. */
  readonly notes: readonly string[];
}
