import type { Category, Confidence, Severity } from '../engine/rule.ts';

declare const redacted: unique symbol;
/** Text that no longer holds the value. Reporters, logs and baselines take nothing else of a matched line. */
export type Redacted = string & { readonly [redacted]: true };

/** What the policy makes of a finding. */
export type Outcome = 'block' | 'warn' | 'note';

/** Where a finding stands. From 1; columns in UTF-16 code units; the end is exclusive. All 0: the file as such. */
export interface Location {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  /** The same columns in bytes of UTF-8, only if they differ. */
  readonly byteColumn?: number;
  readonly endByteColumn?: number;
}

/** A finding as people and programs see it. */
export interface Finding extends Location {
  readonly rule: string;
  readonly category: Category;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly outcome: Outcome;
  /** From the repository's top with forward slashes; U+FFFD for what is not UTF-8. */
  readonly path: string;
  /** Base64 of the name's bytes, where it is not valid UTF-8. */
  readonly pathBytes?: string;
  /** The line without its values, at most 200 characters. */
  readonly excerpt?: Redacted;
  /** What of the excerpt is marked: start and end, in characters of it. */
  readonly mark?: readonly [start: number, end: number];
  readonly secret?: Redacted;
  readonly message: string;
  readonly why: string;
  readonly advice: string;
  readonly docs: string;
  readonly evidence?: string;
  readonly fingerprint: string;
  /** The change takes the same away elsewhere: it adds nothing that was not there. */
  readonly moved: boolean;
  readonly commit?: string;
}

/** The order of findings in a report. */
export function byPlace(a: Finding, b: Finding): number {
  return Number(a.path > b.path) - Number(a.path < b.path) || a.line - b.line || a.column - b.column;
}

/** Who said that a finding does not count. */
export type SuppressedBy = 'inline' | 'baseline' | 'config' | 'placeholder';

export interface Suppression {
  readonly by: SuppressedBy;
  readonly reason?: string;
  readonly expires?: string;
}

export type Suppressed = Finding & Suppression;

/**
 * A finding on its way: everything but what only the end of the run knows (key, baseline, moves, policy). Holds no raw value:
 * `digest` stands for it.
 */
export interface SettledFinding extends Omit<Finding, 'fingerprint' | 'moved' | 'outcome'> {
  /** SHA-256 of rule and content, in hex. Never leaves the process: a fingerprint is made of it with the repository's key. */
  readonly digest: string;
  /** As `digest`, but the same in every file: tells a moved line from a new one. */
  readonly contentDigest: string;
  readonly suppression: Suppression | null;
}
