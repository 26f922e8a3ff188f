/** Retries for transient failures. */
export interface RetrySettings {
  readonly maxRetries: number;
  /** Milliseconds before the first retry; it doubles each time. */
  readonly retryDelay: number;
}

/**
 * Transient failures in the messages of Node and git (`LC_ALL=C`): another process holds a lock, the system is briefly out of processes,
 * memory or file descriptors, or a program file is being written.
 */
const PASSING =
  /\b(?:EAGAIN|EMFILE|ENFILE|ENOMEM|ETXTBSY|EBUSY)\b|\.lock': File exists|could not lock |Another git process seems to be running|Resource temporarily unavailable|Too many open files|Text file busy|Cannot allocate memory/;

export function isPassing(said: string): boolean {
  return PASSING.test(said);
}

/**
 * Milliseconds before a retry. The delay doubles each time, with 50 % jitter so that processes that failed together do not retry together.
 *
 * @param attempt retries before this one
 */
export function delayOf({ retryDelay }: RetrySettings, attempt: number, chance = Math.random()): number {
  return retryDelay * 2 ** attempt * (0.5 + chance / 2);
}
