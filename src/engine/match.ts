import type { Confidence, ContentRule, Severity } from './rule.ts';

/**
 * What a content rule found. The raw value lives here and nowhere later: `findings/` redacts it.
 * Offsets count bytes of the decoded blob.
 */
export interface Match {
  readonly rule: ContentRule;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly message: string;
  /** The value itself, or for leftovers the matched text. */
  readonly start: number;
  readonly end: number;
  readonly value: string;
  /** Other half of a pair. */
  readonly related: readonly [start: number, end: number] | null;
  /** Why the value is believed to be real, in one line. */
  readonly evidence: string | null;
  /** Why the value is a documented example; null: it is none. */
  readonly placeholder: string | null;
}

/** The order of matches in a blob. */
export function byPlace(a: Match, b: Match): number {
  return a.start - b.start || a.end - b.end;
}
