/** Seconds of work between two pauses. */
const EVERY = 0.05;

/**
 * A step for long loops that would otherwise never yield: from time to time it lets Node handle signals, so that Ctrl-C ends a run at
 * once.
 */
export function createPause(): () => Promise<void> {
  let last = process.uptime();
  return async () => {
    if (process.uptime() - last < EVERY) return;
    await new Promise(setImmediate);
    last = process.uptime();
  };
}
