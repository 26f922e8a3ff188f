import type { ErrorCode } from '../errors/guardian-error.ts';
import type { Outcome } from '../findings/finding.ts';
import type { Verdict } from '../policy/judge.ts';
import type { Confidence, Severity } from '../engine/rule.ts';
import type { Coverage, SkipReason, TargetName } from './scan-report.ts';

export const REPORT_SCHEMA = 'code-guardian.report/1';

/** The JSON report. Fields may be added; none changes its meaning. */
export interface ReportDocument {
  readonly schema: typeof REPORT_SCHEMA;
  readonly tool: { readonly name: 'code-guardian'; readonly version: string };
  readonly run: {
    readonly id: string;
    readonly target: TargetName;
    /** The git hook; null outside one. */
    readonly hook: string | null;
    /** ISO 8601, UTC. */
    readonly startedAt: string;
    readonly durationMs: number;
    /** Tells the keys of fingerprints apart. Absent: nothing was found. */
    readonly fingerprintKey?: string;
  };
  readonly verdict: Verdict;
  readonly findings: readonly FindingDocument[];
  readonly suppressed: readonly SuppressedDocument[];
  readonly skipped: readonly { readonly path: string; readonly reason: SkipReason; readonly detail?: string }[];
  readonly coverage: Coverage;
  readonly errors: readonly { readonly code: ErrorCode; readonly message: string; readonly hint: string; readonly path?: string }[];
  readonly config: { readonly layers: readonly string[]; readonly onIncomplete?: 'warn' };
  readonly notices: readonly string[];
}

/** One finding. Its texts hold no secret. */
export interface FindingDocument {
  readonly rule: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly outcome: Outcome;
  /** With forward slashes, from the repository's top. */
  readonly path: string;
  /** Base64 of the name's bytes, if it is not valid UTF-8. */
  readonly pathBytes?: string;
  /** From 1; 0 for a finding about the file itself. Columns count UTF-16 code units, and the end is exclusive. */
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  /** Columns in bytes of UTF-8, only if they differ. */
  readonly byteColumn?: number;
  readonly endByteColumn?: number;
  /** The line, redacted, at most 200 characters. */
  readonly excerpt: string;
  /** The value, redacted. Absent if the finding is no secret. */
  readonly secret?: string;
  readonly message: string;
  readonly evidence?: string;
  readonly advice: string;
  readonly docs: string;
  readonly fingerprint: string;
  /** The same content was there before the change. */
  readonly moved: boolean;
  /** For ranges and history. */
  readonly commit?: string;
}

/** A finding that does not count, and why. */
export interface SuppressedDocument extends FindingDocument {
  readonly by: 'inline' | 'baseline' | 'config' | 'placeholder';
  readonly reason?: string;
  /** `YYYY-MM-DD`. */
  readonly expires?: string;
}
