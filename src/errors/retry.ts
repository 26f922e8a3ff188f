/** How often a failure that passes by itself is tried again. */
export interface RetrySettings {
  readonly maxRetries: number;
  /** Milliseconds before the first retry; it doubles each time. */
  readonly retryDelay: number;
}

/**
 * What passes by itself, in the words of Node and of git (`LC_ALL=C`): somebody else holds a lock, the system is out of processes, memory
 * or files for the moment, or a program is being written just now.
 */
const PASSING =
  /\b(?:EAGAIN|EMFILE|ENFILE|ENOMEM|ETXTBSY|EBUSY)\b|\.lock': File exists|could not lock |Another git process seems to be running|Resource temporarily unavailable|Too many open files|Text file busy|Cannot allocate memory/;

export function isPassing(said: string): boolean {
  return PASSING.test(said);
}

/**
 * Milliseconds to wait before a retry: twice as long each time, and half of it by chance, so that processes which failed together do not try
 * again together.
 *
 * @param attempt retries before this one
 */
export function delayOf({ retryDelay }: RetrySettings, attempt: number, chance = Math.random()): number {
  return retryDelay * 2 ** attempt * (0.5 + chance / 2);
}
