/** Result of a check. `skipped`: there was nothing to check, which is not a fault. */
export type CheckStatus = 'ok' | 'warn' | 'fail' | 'skipped';

/** One check. */
export interface Check {
  /** Stable: scripts and probes rely on it. Unique per worktree. */
  readonly name: string;
  readonly status: CheckStatus;
  /** One line. */
  readonly detail: string;
  /** How to fix it. */
  readonly hint?: string;
  /** Absolute top of the worktree; absent for the one in which `doctor` runs. */
  readonly worktree?: string;
}

/** Result of all checks. `unchecked`: without git or a repository the hooks cannot be checked. */
export type HealthStatus = 'healthy' | 'degraded' | 'unhealthy' | 'unchecked';

export interface HealthReport {
  /** Of the program that ran the checks. */
  readonly version: string;
  readonly status: HealthStatus;
  readonly checks: readonly Check[];
}

/** The worst check decides. */
export function judgeHealth(checks: readonly Check[]): Exclude<HealthStatus, 'unchecked'> {
  if (checks.some(({ status }) => status === 'fail')) return 'unhealthy';
  return checks.some(({ status }) => status === 'warn') ? 'degraded' : 'healthy';
}
