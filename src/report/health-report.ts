/** What a check came to. `skipped`: there was nothing to look at, and that is no fault. */
export type CheckStatus = 'ok' | 'warn' | 'fail' | 'skipped';

/** One thing that was looked at. */
export interface Check {
  /** Stable: scripts and probes tell checks apart by it. Once a worktree. */
  readonly name: string;
  readonly status: CheckStatus;
  /** What was found, one line. */
  readonly detail: string;
  /** The way out, where there is something to get out of. */
  readonly hint?: string;
  /** Absolute top of the worktree that was looked at, where it is not the one that `doctor` was run in. */
  readonly worktree?: string;
}

/** What all checks together came to. `unchecked`: there is no git or no repository, so nothing can be said of hooks. */
export type HealthStatus = 'healthy' | 'degraded' | 'unhealthy' | 'unchecked';

export interface HealthReport {
  /** Of the program that looked. */
  readonly version: string;
  readonly status: HealthStatus;
  readonly checks: readonly Check[];
}

/** Checks → what they come to: the worst of them decides. */
export function judgeHealth(checks: readonly Check[]): Exclude<HealthStatus, 'unchecked'> {
  if (checks.some(({ status }) => status === 'fail')) return 'unhealthy';
  return checks.some(({ status }) => status === 'warn') ? 'degraded' : 'healthy';
}
