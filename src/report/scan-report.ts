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

/** `merged`: runs that looked at different things. */
export type TargetName = 'staged' | 'range' | 'all' | 'history' | 'paths' | 'stdin' | 'message' | 'push' | 'receive' | 'merged';

export interface Run {
  readonly id: string;
  readonly target: TargetName;
  readonly hook: string | null;
  readonly startedAt: Date;
  /** Milliseconds, from the start of the process. */
  readonly durationMs: number;
}

/** All that one run has to say. */
export interface ScanReport {
  readonly version: string;
  readonly run: Run;
  /** Of reports that were merged: the runs that they tell of. */
  readonly runs?: readonly MergedRun[];
  /** Tells keys of fingerprints apart, and says nothing of the key. Absent: nothing was found, or by different keys. */
  readonly keyId?: string;
  readonly verdict: Verdict;
  readonly findings: readonly Finding[];
  readonly suppressed: readonly Suppressed[];
  readonly skipped: readonly Skipped[];
  readonly coverage: Coverage;
  readonly errors: readonly ReportedError[];
  /** How often something was tried again that passes by itself, by error code. Absent: never. */
  readonly retries?: Readonly<Partial<Record<ErrorCode, number>>>;
  readonly layers: readonly string[];
  /** Does an incomplete run block? For the words at the end of the report. */
  readonly blocksIncomplete: boolean;
  /** Rules that CODE_GUARDIAN_SKIP left out. */
  readonly skippedRules: readonly string[];
  /** Things to know that are no errors: an expired baseline entry, a switch that is off. */
  readonly notices: readonly string[];
  /** Other scanners that ran beside the rules. Absent: none did, nor was to. */
  readonly stages?: readonly StageReport[];
  /** Of a push only. */
  readonly push?: PushReport;
}

/** What became of another scanner. */
export interface StageReport {
  readonly id: string;
  /** `denied`: nobody has allowed it here. */
  readonly status: 'done' | 'failed' | 'denied';
  readonly files: Count;
  /** All that it found, on added lines or not. */
  readonly results: number;
  readonly durationMs: number;
}

/** One of several runs whose reports are one now. */
export interface MergedRun extends Run {
  readonly version: string;
  readonly keyId?: string;
  readonly verdict: Verdict;
  readonly push?: Pick<PushReport, 'refs' | 'commits' | 'skip'>;
}

/** What is to be said of a push besides. */
export interface PushReport {
  /** Commits that it brings; of them, scanned clean before; and not looked at, or not whole. */
  readonly commits: { readonly total: number; readonly known: number; readonly unscanned: number };
  readonly refs: readonly RefReport[];
  /** Where the first few commits with findings that block stand, from the oldest on: for the way out. */
  readonly places: readonly CommitPlace[];
  /** Commits and tags with findings that block. */
  readonly blocked: number;
  /** The pusher left the scan out, as the server's policy allows. */
  readonly skip?: PushSkip;
  /** May the pusher leave the scan out? */
  readonly allowsSkip: boolean;
}

/** A scan that was left out, and why. `ranRequired`: but for the required rules. */
export interface PushSkip {
  readonly reason: string;
  readonly ranRequired: boolean;
}

/** One ref that is pushed. */
export interface RefReport {
  readonly ref: string;
  /** Null: a new ref, or a deletion. */
  readonly oldId: string | null;
  readonly newId: string | null;
  readonly verdict: Verdict;
}

/** Where a commit (or another object) with findings stands in a push. */
export interface CommitPlace {
  readonly id: string;
  readonly kind: 'commit' | 'tag' | 'object';
  /** The ref that brings it, as the pusher names it: `main`, `tag v1`. */
  readonly ref: string;
  /** Is the end of that ref what is checked out? */
  readonly isCheckedOut: boolean;
  readonly isRoot: boolean;
  /** Commits on top of it in this push; 0: it is the last one. */
  readonly later: number;
  readonly hasLaterMerge: boolean;
  /** Was it found in the message? */
  readonly isMessage: boolean;
  /** Have later commits changed the file? */
  readonly isChangedLater: boolean;
  /** Branches of other remotes that have it already: `upstream/main`. */
  readonly publishedOn: readonly string[];
}
