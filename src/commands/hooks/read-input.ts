import { fstatSync, readFileSync } from 'node:fs';
import type { Host } from '../../host/host.ts';

const STDIN = 0;

/**
 * Everything that git writes to a hook's standard input. A terminal (a hook started by hand) counts as empty.
 */
export async function readHookInput(host: Host): Promise<string> {
  // Opening the stream takes Node 3 ms; a file or a pipe can be read without it.
  if (!mayBeTerminal()) {
    try {
      return readFileSync(STDIN, 'utf8');
    } catch (thrown) {
      // The pipe is non-blocking and still empty, or standard input is closed.
      if (!['EAGAIN', 'EBADF'].includes((thrown as NodeJS.ErrnoException).code ?? '')) throw thrown;
    }
  }
  if ((host.stdin as { isTTY?: boolean }).isTTY === true) return '';
  const chunks: Buffer[] = [];
  for await (const chunk of host.stdin) chunks.push(Buffer.from(chunk as Buffer));
  return Buffer.concat(chunks).toString('utf8');
}

function mayBeTerminal(): boolean {
  try {
    return fstatSync(STDIN).isCharacterDevice();
  } catch {
    // Closed.
    return true;
  }
}
