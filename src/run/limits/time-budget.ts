import type { Host } from '../../host/host.ts';
import type { RetrySettings } from '../../errors/retry.ts';
import type { TimeBudget } from '../../git/client.ts';

/** Milliseconds that git gets after the time of the run: the report of what was found needs one more answer. */
const GRACE = 2000;

/** @param timeout of the run, in milliseconds */
export function timeBudgetOf({ elapsed }: Host, { maxRetries, retryDelay }: RetrySettings, timeout: number): TimeBudget {
  return { maxRetries, retryDelay, timeLeft: () => timeout + GRACE - elapsed() };
}
