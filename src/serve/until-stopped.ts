import type { OpenServer } from './open-server.ts';

/** Exit codes where the requests at work did not end in time. */
const SIGNALS = { SIGINT: 130, SIGTERM: 143 } as const;

/**
 * Serves until a signal comes, and lets what is at work finish. A second signal ends it at once.
 *
 * @param grace milliseconds to finish in
 * @returns exit code: 0, or that of the signal where something was cut off
 */
export function untilStopped(server: OpenServer, grace: number): Promise<number> {
  return new Promise((resolve) => {
    let isStopping = false;
    for (const [signal, code] of Object.entries(SIGNALS)) {
      // Other commands end where they stand; theirs is the listener that goes.
      process.removeAllListeners(signal);
      process.on(signal, () => {
        if (isStopping) return resolve(code);
        isStopping = true;
        setTimeout(() => resolve(code), grace);
        void server.close().then(() => resolve(0));
      });
    }
  });
}
