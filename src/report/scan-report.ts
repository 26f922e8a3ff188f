import type { ErrorCode } from '../errors/guardian-error.ts';
import type { Finding, Suppressed } from '../findings/finding.ts';
import type { Verdict } from '../policy/judge.ts';

/** Why a file was not scanned. The first five leave the run incomplete; the others are by policy or by nature. */
export type SkipReason = 'too-large' | 'unreadable' | 'encoding' | 'timeout' | 'binary' | 'excluded' | 'submodule' | 'lfs';

export interface Skipped {
  readonly path: string;
  readonly reason: SkipReason;
  readonly detail?: string;
}

interface Count {
  readonly expected: number;
  readonly scanned: number;
}

/** What should have been looked at, by git's records and object sizes, and what was. */
export interface Coverage {
  readonly files: Count;
  readonly hunks: Count;
  readonly lines: Count;
  readonly bytes: Count;
}

export interface ReportedError {
  readonly code: ErrorCode;
  readonly message: string;
  readonly hint: string;
  readonly path?: string;
}

export type TargetName = 'staged' | 'range' | 'all' | 'history' | 'paths' | 'stdin';

/** All that one run has to say. */
export interface ScanReport {
  readonly version: string;
  readonly run: {
    readonly id: string;
    readonly target: TargetName;
    readonly hook: string | null;
    readonly startedAt: Date;
    /** Milliseconds, from the start of the process. */
    readonly durationMs: number;
  };
  readonly verdict: Verdict;
  readonly findings: readonly Finding[];
  readonly suppressed: readonly Suppressed[];
  readonly skipped: readonly Skipped[];
  readonly coverage: Coverage;
  readonly errors: readonly ReportedError[];
  readonly layers: readonly string[];
  /** Does an incomplete run block? For the words at the end of the report. */
  readonly blocksIncomplete: boolean;
  /** Things to know that are no errors: an expired baseline entry, a switch that is off. */
  readonly notices: readonly string[];
}
