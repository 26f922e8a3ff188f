import type { Readable, Writable } from 'node:stream';

/** Everything outside the process that a command may touch, so that tests can stand in for it. */
export interface Host {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  readonly stderr: Writable & { readonly isTTY?: boolean };
  readonly now: () => Date;
  /** Milliseconds since the process began. */
  readonly elapsed: () => number;
}

/** The host of a real process. */
export function createHost(): Host {
  const { env, stdout, stderr } = process;
  // A reader that went away (`| head`) is no failure of ours.
  for (const stream of [stdout, stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
  return {
    cwd: process.cwd(),
    env,
    // Opened only where it is read: that alone costs two milliseconds.
    get stdin() {
      return process.stdin;
    },
    stdout,
    stderr,
    now: () => new Date(),
    elapsed: () => performance.now(),
  };
}

/** Exit codes: stable, see the docs. */
export const EXIT = { ok: 0, blocked: 1, failed: 2 } as const;
