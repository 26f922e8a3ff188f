import { writeSync } from 'node:fs';

/**
 * Writes all bytes before it returns. The system usually takes them at once; if it took only some, the next write says why.
 *
 * @throws the system's error
 */
export function writeWhole(descriptor: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) {
    try {
      at += writeSync(descriptor, bytes, at);
    } catch (thrown) {
      // A non-blocking pipe is full for the moment.
      if ((thrown as NodeJS.ErrnoException).code !== 'EAGAIN') throw thrown;
    }
  }
}
