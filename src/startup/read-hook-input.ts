import { fstatSync, readFileSync } from 'node:fs';
import type { Host } from '../host/host.ts';

const STDIN = 0;

/**
 * Everything that git writes to a hook's standard input. A terminal (a hook started by hand) counts as empty.
 *
 * @param descriptor of the same input as `host.stdin`
 */
export async function readHookInput({ stdin }: Pick<Host, 'stdin'>, descriptor = STDIN): Promise<string> {
  return readAtOnce(descriptor) ?? (await readStream(stdin));
}

/** Reads a file or a pipe without its stream, which takes Node 2.8 ms to open. Null if only the stream can wait for the input. */
function readAtOnce(descriptor: number): string | null {
  if (mayBeTerminal(descriptor)) return null;
  try {
    return readFileSync(descriptor, 'utf8');
  } catch (thrown) {
    // The pipe is non-blocking and still empty, or standard input is closed.
    if (['EAGAIN', 'EBADF'].includes((thrown as NodeJS.ErrnoException).code ?? '')) return null;
    throw thrown;
  }
}

function mayBeTerminal(descriptor: number): boolean {
  try {
    return fstatSync(descriptor).isCharacterDevice();
  } catch {
    // Closed.
    return true;
  }
}

/** The plain way. */
async function readStream(stdin: Host['stdin']): Promise<string> {
  if ((stdin as { isTTY?: boolean }).isTTY === true) return '';
  const chunks: Buffer[] = [];
  for await (const chunk of stdin) chunks.push(Buffer.from(chunk as Buffer));
  return Buffer.concat(chunks).toString('utf8');
}
