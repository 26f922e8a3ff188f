/** Waits for some work, but no longer than there is time. Null if the time was over first. */
export type Await = <T>(work: Promise<T>) => Promise<T | null>;

/**
 * A wait that ends with the time of the run, even while git sends nothing.
 *
 * @param left milliseconds
 */
export function createDeadline(left: () => number): Await {
  return async (work) => {
    let timer: NodeJS.Timeout | undefined;
    const over = new Promise<null>((resolve) => {
      timer = setTimeout(() => resolve(null), Math.min(Math.max(0, left()), MAX_DELAY));
    });
    // After the time is over, nothing handles a failure of the work.
    work.catch(() => undefined);
    try {
      return await Promise.race([work, over]);
    } finally {
      clearTimeout(timer);
    }
  };
}

/** Node treats a longer delay as none at all. */
const MAX_DELAY = 2 ** 31 - 1;
