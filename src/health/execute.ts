import { spawn } from 'node:child_process';

/** How a program ended. */
export interface Ended {
  /** Null: it had to be stopped, or did not start. */
  readonly code: number | null;
  /** All that it wrote, or why it did not start. */
  readonly output: string;
}

export interface Execution {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** For its standard input, whole. */
  readonly input: string;
  /** Milliseconds until it is stopped, with all that it started. */
  readonly timeout: number;
}

/** Runs a program to its end. Where we are ended ourselves, so is it. */
export function execute(file: string, args: readonly string[], { cwd, env, input, timeout }: Execution): Promise<Ended> {
  return new Promise((resolve) => {
    // A process group of its own, so that none of it is left over.
    const child = spawn(file, args, { cwd, env, detached: true });
    const chunks: Buffer[] = [];
    const stop = (): void => stopGroup(child.pid);
    const timer = setTimeout(stop, timeout);
    process.once('exit', stop);
    const end = (ended: Ended): void => {
      clearTimeout(timer);
      process.removeListener('exit', stop);
      resolve(ended);
    };
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    // Nobody has to read all that he is told.
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
    // It has ended already.
    if ((thrown as NodeJS.ErrnoException).code !== 'ESRCH') throw thrown;
  }
}
