import type { Category, Confidence, Severity } from '../engine/rule.ts';

declare const redacted: unique symbol;
/** Text without the value. Reporters, logs and baselines accept nothing else from a matched line. */
export type Redacted = string & { readonly [redacted]: true };

/** The outcome of a finding by the policy. */
export type Outcome = 'block' | 'warn' | 'note';

/** Position of a finding, from 1; columns in UTF-16 code units; exclusive end. All 0: the file itself. */
export interface Location {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  /** The same columns in bytes of UTF-8, only if they differ. */
  readonly byteColumn?: number;
  readonly endByteColumn?: number;
}

/** A finding for people and programs. */
export interface Finding extends Location {
  readonly rule: string;
  readonly category: Category;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly outcome: Outcome;
  /** From the repository's top with forward slashes; U+FFFD for what is not UTF-8. */
  readonly path: string;
  /** Base64 of the name's bytes if it is not valid UTF-8. */
  readonly pathBytes?: string;
  /** The line without its values, at most 200 characters. */
  readonly excerpt?: Redacted;
  /** The marked span of the excerpt: start and end in characters. */
  readonly mark?: readonly [start: number, end: number];
  readonly secret?: Redacted;
  readonly message: string;
  readonly why: string;
  readonly advice: string;
  readonly docs: string;
  readonly evidence?: string;
  readonly fingerprint: string;
  /** The change removes the same text elsewhere, so nothing new is added. */
  readonly moved: boolean;
  readonly commit?: string;
}

/** The order of findings in a report. */
export function byPlace(a: Finding, b: Finding): number {
  return Number(a.path > b.path) - Number(a.path < b.path) || a.line - b.line || a.column - b.column;
}

/** What suppressed a finding. */
export type SuppressedBy = 'inline' | 'baseline' | 'config' | 'placeholder';

export interface Suppression {
  readonly by: SuppressedBy;
  readonly reason?: string;
  readonly expires?: string;
}

export type Suppressed = Finding & Suppression;

/**
 * A finding without what is known only at the end of the run (key, baseline, moves, policy). It has no raw value, only `digest`.
 */
export interface SettledFinding extends Omit<Finding, 'fingerprint' | 'moved' | 'outcome'> {
  /** SHA-256 of rule and content, in hex. Never leaves the process: a fingerprint is a hash of it with the repository's key. */
  readonly digest: string;
  /** Like `digest`, but equal in every file: distinguishes a moved line from a new one. */
  readonly contentDigest: string;
  readonly suppression: Suppression | null;
}
