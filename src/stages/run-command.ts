import { spawn } from 'node:child_process';
import { closeSync, fstatSync, openSync, readFileSync, readSync, statSync } from 'node:fs';

/** One program to be run. */
export interface CommandRequest {
  readonly command: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Milliseconds. */
  readonly timeout: number;
  /** File that takes what it writes to standard output. */
  readonly stdout: string;
  readonly stderr: string;
  /** Files whose sizes are watched: those two, and what it writes itself. */
  readonly watched: readonly string[];
  /** Bytes that one of them may have. */
  readonly maxOutput: number;
  /** Aborted: it is stopped. */
  readonly signal: AbortSignal;
}

/** How it ended. */
export type Ending =
  | { readonly kind: 'exited'; readonly code: number }
  | { readonly kind: 'killed'; readonly signal: string }
  | { readonly kind: 'timeout' | 'too-much' | 'stopped' }
  | { readonly kind: 'not-started'; readonly code: string };

/** Between the wish to end and the end. Milliseconds. */
const GRACE = 1000;
/** How often sizes are looked at, in milliseconds. */
const LOOK_EVERY = 100;

const running = new Set<number>();
let isWatching = false;

/**
 * Runs a program without a shell, in a process group of its own, with nothing on standard input. It writes to files: so nobody waits for a
 * grandchild that keeps a pipe open, and nothing fills the memory. What is left of the group when it has ended is killed.
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

/** The beginning of a file, as text; nothing where it is not there. */
export function readHead(file: string, most: number): string {
  const descriptor = openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(Math.min(most, fstatSync(descriptor).size));
    return bytes.toString('utf8', 0, readSync(descriptor, bytes));
  } finally {
    closeSync(descriptor);
  }
}

/** All of a file, as text; null where it is not there. */
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
    // Nobody is left.
  }
}

function watch(): void {
  if (isWatching) return;
  isWatching = true;
  process.prependListener('exit', () => running.forEach((pid) => killGroup(pid, 'SIGKILL')));
}
