import type { Host } from '../cli/host.ts';
import type { RetrySettings } from '../errors/retry.ts';
import type { Patience } from '../git/door.ts';

/** Milliseconds that git gets when the time of the run is over: to tell what has been found it is asked once more. */
const GRACE = 2000;

/** @param timeout of the run, in milliseconds */
export function patienceOf({ elapsed }: Host, { maxRetries, retryDelay }: RetrySettings, timeout: number): Patience {
  return { maxRetries, retryDelay, timeLeft: () => timeout + GRACE - elapsed() };
}
