/** Waits for some work, but no longer than there is time: null where the time was over first. */
export type Await = <T>(work: Promise<T>) => Promise<T | null>;

/**
 * A wait that ends with the time of the run, also while git says nothing.
 *
 * @param left milliseconds
 */
export function createDeadline(left: () => number): Await {
  return async (work) => {
    let timer: NodeJS.Timeout | undefined;
    const over = new Promise<null>((resolve) => {
      timer = setTimeout(() => resolve(null), Math.min(Math.max(0, left()), MAX_DELAY));
    });
    // What fails after the time is over has no hearer any more.
    work.catch(() => undefined);
    try {
      return await Promise.race([work, over]);
    } finally {
      clearTimeout(timer);
    }
  };
}

/** Node takes a longer one for none at all. */
const MAX_DELAY = 2 ** 31 - 1;
