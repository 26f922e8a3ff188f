import type { Confidence, ContentRule, Severity } from './rule.ts';

/**
 * A match of a content rule. The raw value exists only here: `findings/` redacts it. Offsets are bytes of the decoded blob.
 */
export interface Match {
  readonly rule: ContentRule;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly message: string;
  /** The value itself; for leftovers, the matched text. */
  readonly start: number;
  readonly end: number;
  readonly value: string;
  /** The other half of a pair. */
  readonly related: readonly [start: number, end: number] | null;
  /** Why the value is probably real, in one line. */
  readonly evidence: string | null;
  /** Why the value is a documented example; null if it is not one. */
  readonly placeholder: string | null;
}

/** The order of matches in a blob. */
export function byPlace(a: Match, b: Match): number {
  return a.start - b.start || a.end - b.end;
}
