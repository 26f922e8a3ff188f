import type { ConfigLayer } from '../../policy/config.ts';

/** A finding that another scanner was told to let pass. */
export type KnownFinding =
  /** Some finding on this line. `commit`: null means the file as it is now. */
  | { readonly kind: 'line'; readonly path: string; readonly line: number; readonly commit: string | null }
  /** This value somewhere in the file, or, where a key's first line stands for it, on this line. */
  | { readonly kind: 'value'; readonly path: string; readonly line: number; readonly sha1: string; readonly reason: string };

/** What of another scanner's file can be said here. */
export interface Imported {
  readonly layer: ConfigLayer;
  /** To be looked up in the repository: here findings are known by what they are, not by where they stand. */
  readonly known: readonly KnownFinding[];
  /** What is not carried over, or only in part: a line each, without any pattern or value. */
  readonly notes: readonly string[];
}
