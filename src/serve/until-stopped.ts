import type { OpenServer } from './open-server.ts';

/** Exit codes if open requests did not finish in time. */
const SIGNALS = { SIGINT: 130, SIGTERM: 143 } as const;

/**
 * Serves until a signal arrives, and lets open requests finish. A second signal exits at once.
 *
 * @param grace milliseconds for open requests
 * @returns exit code: 0, or that of the signal if a request was cut off
 */
export function untilStopped(server: OpenServer, grace: number): Promise<number> {
  return new Promise((resolve) => {
    let isStopping = false;
    for (const [signal, code] of Object.entries(SIGNALS)) {
      // Remove the listener of other commands, which exits immediately.
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
