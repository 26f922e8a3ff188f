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

/** What there was to scan, by git's records and object sizes, and what was scanned. */
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

/** `merged`: runs with different targets. */
export type TargetName = 'staged' | 'range' | 'all' | 'history' | 'paths' | 'stdin' | 'message' | 'push' | 'receive' | 'merged';

export interface Run {
  readonly id: string;
  readonly target: TargetName;
  readonly hook: string | null;
  readonly startedAt: Date;
  /** Milliseconds, from the start of the process. */
  readonly durationMs: number;
}

/** The result of one run. */
export interface ScanReport {
  readonly version: string;
  readonly run: Run;
  /** Merged reports only: their runs. */
  readonly runs?: readonly MergedRun[];
  /** Identifies the fingerprint key without revealing it. Absent: no findings, or several keys. */
  readonly keyId?: string;
  readonly verdict: Verdict;
  readonly findings: readonly Finding[];
  readonly suppressed: readonly Suppressed[];
  readonly skipped: readonly Skipped[];
  readonly coverage: Coverage;
  readonly errors: readonly ReportedError[];
  /** Retries by error code. Absent: none. */
  readonly retries?: Readonly<Partial<Record<ErrorCode, number>>>;
  readonly layers: readonly string[];
  /** Whether an incomplete run blocks; for the summary line. */
  readonly blocksIncomplete: boolean;
  /** Rules skipped by CODE_GUARDIAN_SKIP. */
  readonly skippedRules: readonly string[];
  /** Worth knowing but not an error: an expired baseline entry, a rule that is switched off. */
  readonly notices: readonly string[];
  /** External scanners. Absent: none was configured for this run. */
  readonly stages?: readonly StageReport[];
  /** Pushes only. */
  readonly push?: PushReport;
}

/** The result of an external scanner. */
export interface StageReport {
  readonly id: string;
  /** `denied`: not allowed on this machine. */
  readonly status: 'done' | 'failed' | 'denied';
  readonly files: Count;
  /** All results, on added lines or not. */
  readonly results: number;
  readonly durationMs: number;
}

/** One run of a merged report. */
export interface MergedRun extends Run {
  readonly version: string;
  readonly keyId?: string;
  readonly verdict: Verdict;
  readonly push?: Pick<PushReport, 'refs' | 'commits' | 'skip'>;
}

/** Facts about a push. */
export interface PushReport {
  /** New commits; how many of them were scanned clean before; how many were not, or not fully, scanned. */
  readonly commits: { readonly total: number; readonly known: number; readonly unscanned: number };
  readonly refs: readonly RefReport[];
  /** The first few commits with blocking findings, oldest first; for advice on how to rewrite them. */
  readonly places: readonly CommitPlace[];
  /** Number of commits and tags with blocking findings. */
  readonly blocked: number;
  /** The pusher skipped the scan, which the server's policy allows. */
  readonly skip?: PushSkip;
  /** Whether the pusher may skip the scan. */
  readonly allowsSkip: boolean;
}

/** A skipped scan and the reason. `ranRequired`: required rules ran anyway. */
export interface PushSkip {
  readonly reason: string;
  readonly ranRequired: boolean;
}

/** One pushed ref. */
export interface RefReport {
  readonly ref: string;
  /** Null: a new ref, or a deletion. */
  readonly oldId: string | null;
  readonly newId: string | null;
  readonly verdict: Verdict;
}

/** The position of a commit (or another object) with findings in a push. */
export interface CommitPlace {
  readonly id: string;
  readonly kind: 'commit' | 'tag' | 'object';
  /** The ref that contains it, as the pusher names it: `main`, `tag v1`. */
  readonly ref: string;
  /** Whether the tip of that ref is checked out. */
  readonly isCheckedOut: boolean;
  readonly isRoot: boolean;
  /** Commits on top of it in this push; 0: it is the last one. */
  readonly later: number;
  readonly hasLaterMerge: boolean;
  /** Whether the finding is in the message. */
  readonly isMessage: boolean;
  /** Whether later commits changed the file. */
  readonly isChangedLater: boolean;
  /** Branches of other remotes that have it already: `upstream/main`. */
  readonly publishedOn: readonly string[];
}
