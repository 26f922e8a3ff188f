import { fstatSync, readFileSync } from 'node:fs';
import type { Host } from '../../host/host.ts';

const STDIN = 0;

/**
 * What git writes to a hook's standard input, whole. By hand that may be a terminal, and then there is nothing to wait for.
 */
export async function readHookInput(host: Host): Promise<string> {
  // Node takes three milliseconds to open the stream; a file or a pipe can be read without one.
  if (!mayBeTerminal()) {
    try {
      return readFileSync(STDIN, 'utf8');
    } catch (thrown) {
      // Somebody made the pipe non-blocking, and nothing has come yet; or there is no standard input at all.
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
