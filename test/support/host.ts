import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { Host, Output } from '../../src/host/host.ts';

/** The built command. */
export const BIN = fileURLToPath(new URL('../../dist/bin.cjs', import.meta.url));

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Surroundings {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly input?: string | Buffer | undefined;
}

/** Runs a part of the program with streams that are kept. Hooks that it installs start the built command. */
export async function runInProcess(run: (host: Host) => Promise<number>, { cwd, env, input = '' }: Surroundings): Promise<Ran> {
  const written = { stdout: '', stderr: '' };
  const output = (name: 'stdout' | 'stderr'): Output => ({ isTTY: false, write: (text) => void (written[name] += text) });
  const began = performance.now();
  const code = await run({
    cwd,
    env,
    stdin: Readable.from(input.length > 0 ? [Buffer.from(input)] : []),
    stdout: output('stdout'),
    stderr: output('stderr'),
    now: () => new Date(),
    elapsed: () => performance.now() - began,
    startMs: 0,
    script: BIN,
  });
  return { code, ...written };
}
