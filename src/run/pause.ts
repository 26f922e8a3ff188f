/** Milliseconds of work between two pauses. */
const EVERY = 50;

/**
 * Makes a step for long loops that else never wait for anything: every now and then it lets Node look for signals, so that Ctrl-C ends a
 * run at once.
 */
export function createPause(): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < EVERY) return;
    await new Promise(setImmediate);
    last = performance.now();
  };
}
