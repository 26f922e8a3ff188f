import type { RetrySettings } from '../../errors/retry.ts';
import type { TimeBudget } from '../../git/time-limit.ts';

/** Milliseconds that git gets after the time of the run: the report of what was found needs one more answer. */
const GRACE = 2000;

/** @param timeLeft milliseconds until the time of the run is over */
export function timeBudgetOf({ maxRetries, retryDelay }: RetrySettings, timeLeft: () => number): TimeBudget {
  return { maxRetries, retryDelay, timeLeft: () => timeLeft() + GRACE };
}
