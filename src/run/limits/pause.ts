/** Seconds of work between two pauses. */
const EVERY = 0.05;

/**
 * Makes a step for long loops that else never wait for anything: every now and then it lets Node look for signals, so that Ctrl-C ends a
 * run at once.
 */
export function createPause(): () => Promise<void> {
  let last = process.uptime();
  return async () => {
    if (process.uptime() - last < EVERY) return;
    await new Promise(setImmediate);
    last = process.uptime();
  };
}
