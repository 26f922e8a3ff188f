import { spawn } from 'node:child_process';
import { closeSync, fstatSync, openSync, readFileSync, readSync, statSync } from 'node:fs';

/** One program to run. */
export interface CommandRequest {
  readonly command: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Milliseconds. */
  readonly timeout: number;
  /** File for its standard output. */
  readonly stdout: string;
  readonly stderr: string;
  /** Files whose sizes are watched: those two and its own output. */
  readonly watched: readonly string[];
  /** Largest size of each in bytes. */
  readonly maxOutput: number;
  /** Stops it when aborted. */
  readonly signal: AbortSignal;
}

/** How it ended. */
export type Ending =
  | { readonly kind: 'exited'; readonly code: number }
  | { readonly kind: 'killed'; readonly signal: string }
  | { readonly kind: 'timeout' | 'too-much' | 'stopped' }
  | { readonly kind: 'not-started'; readonly code: string };

/** Milliseconds between SIGTERM and SIGKILL. */
const GRACE = 1000;
/** Interval of the size check in milliseconds. */
const LOOK_EVERY = 100;

const running = new Set<number>();
let isWatching = false;

/**
 * Runs a program without a shell, in its own process group, with empty standard input. Its output goes to files, so a grandchild cannot keep a
 * pipe open, and memory cannot fill up. The rest of the group is killed at the end.
 */
export function runCommand(request: CommandRequest): Promise<Ending> {
  const { command, cwd, env, timeout, signal } = request;
  const [out, err] = [openSync(request.stdout, 'w', 0o600), openSync(request.stderr, 'w', 0o600)];
  return new Promise((resolve) => {
    const [program = '', ...args] = command;
    const child = spawn(program, args, {
      cwd,
      env,
      stdio: ['ignore', out, err],
      detached: process.platform !== 'win32',
      windowsHide: true,
    });
    const { pid } = child;
    let why: 'timeout' | 'too-much' | 'stopped' | null = null;
    let killer: NodeJS.Timeout | undefined;
    const stop = (reason: NonNullable<typeof why>): void => {
      if (why !== null || pid === undefined) return;
      why = reason;
      killGroup(pid, 'SIGTERM');
      killer = setTimeout(() => killGroup(pid, 'SIGKILL'), GRACE);
    };
    const onAbort = (): void => stop('stopped');
    const timer = setTimeout(() => stop('timeout'), Math.max(0, Math.min(timeout, 2 ** 31 - 1)));
    const looker = setInterval(() => {
      if (request.watched.some((file) => sizeOf(file) > request.maxOutput)) stop('too-much');
    }, LOOK_EVERY);
    const end = (ending: Ending): void => {
      clearTimeout(timer);
      clearTimeout(killer);
      clearInterval(looker);
      signal.removeEventListener('abort', onAbort);
      if (pid !== undefined) {
        killGroup(pid, 'SIGKILL');
        running.delete(pid);
      }
      closeSync(out);
      closeSync(err);
      const isTooMuch = request.watched.some((file) => sizeOf(file) > request.maxOutput);
      resolve(why !== null ? { kind: why } : isTooMuch ? { kind: 'too-much' } : ending);
    };
    if (pid !== undefined) {
      running.add(pid);
      watch();
    }
    signal.addEventListener('abort', onAbort);
    if (signal.aborted) onAbort();
    child.once('error', ({ code = 'EFAULT' }: NodeJS.ErrnoException) => {
      if (pid === undefined) end({ kind: 'not-started', code });
    });
    child.once('exit', (code, killedBy) =>
      end(code === null ? { kind: 'killed', signal: killedBy ?? 'SIGKILL' } : { kind: 'exited', code }),
    );
  });
}

/** The start of a file as text; '' if it does not exist. */
export function readHead(file: string, most: number): string {
  const descriptor = openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(Math.min(most, fstatSync(descriptor).size));
    return bytes.toString('utf8', 0, readSync(descriptor, bytes));
  } finally {
    closeSync(descriptor);
  }
}

/** A whole file as text; null if it does not exist. */
export function readOutput(file: string): string | null {
  return statSync(file, { throwIfNoEntry: false })?.isFile() === true ? readFileSync(file, 'utf8') : null;
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

function killGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, signal);
  } catch {
    // The group is gone.
  }
}

function watch(): void {
  if (isWatching) return;
  isWatching = true;
  process.prependListener('exit', () => running.forEach((pid) => killGroup(pid, 'SIGKILL')));
}
