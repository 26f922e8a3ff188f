import { spawn } from 'node:child_process';

/** How a program ended. */
export interface Ended {
  /** Null: it was killed, or did not start. */
  readonly code: number | null;
  /** Its whole output, or why it did not start. */
  readonly output: string;
}

export interface Execution {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Its whole standard input. */
  readonly input: string;
  /** Milliseconds until it is killed, with its children. */
  readonly timeout: number;
}

/** Runs a program to its end. It is killed if this process ends first. */
export function execute(file: string, args: readonly string[], { cwd, env, input, timeout }: Execution): Promise<Ended> {
  return new Promise((resolve) => {
    // Its own process group, so that no child remains.
    const child = spawn(file, args, { cwd, env, detached: true });
    const chunks: Buffer[] = [];
    const stop = (): void => stopGroup(child.pid);
    const timer = setTimeout(stop, timeout);
    // Before everything else at exit: a hook that still runs could undo what others put back there.
    process.prependOnceListener('exit', stop);
    const end = (ended: Ended): void => {
      clearTimeout(timer);
      process.removeListener('exit', stop);
      resolve(ended);
    };
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    // A program may close its standard input early.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
    child.once('error', ({ message }) => end({ code: null, output: message }));
    child.once('close', (code) => end({ code, output: Buffer.concat(chunks).toString() }));
  });
}

function stopGroup(id: number | undefined): void {
  try {
    if (id !== undefined) process.kill(-id, 'SIGKILL');
  } catch (thrown) {
    // Already gone.
    if ((thrown as NodeJS.ErrnoException).code !== 'ESRCH') throw thrown;
  }
}
