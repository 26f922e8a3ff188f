import { constants, inflateRawSync } from 'node:zlib';

/** `used`: how many of the bytes were the stream's; what follows it is something else. */
export type Inflated =
  | { readonly kind: 'done'; readonly bytes: Buffer; readonly used: number }
  | { readonly kind: 'too-large' }
  /** `cost`: no more bytes than that were made of it before it was known. */
  | { readonly kind: 'damaged'; readonly cost: number };

/** No byte of a deflate stream stands for more. */
const MOST_GAIN = 1032;
const LEAST_CHUNK = 1024;

/**
 * Unpacks a raw deflate stream. One that is cut off gives what is there: whether that is all, a checksum has to tell.
 *
 * @param most no more than so many bytes are made of it
 * @param expected how many it is said to make: if that is so, they are written where they stay
 */
export function inflate(data: Buffer, most: number, expected: number): Inflated {
  if (most <= 0) return { kind: 'too-large' };
  const possible = Math.min(most, data.length * MOST_GAIN);
  const options = {
    info: true,
    finishFlush: constants.Z_SYNC_FLUSH,
    maxOutputLength: most,
    chunkSize: Math.max(Math.min(expected, possible) + 1, LEAST_CHUNK),
  };
  try {
    // With `info` it answers with the engine as well, which its type does not say.
    const { buffer, engine } = inflateRawSync(data, options) as unknown as { buffer: Buffer; engine: { bytesWritten: number } };
    return { kind: 'done', bytes: buffer, used: engine.bytesWritten };
  } catch (thrown) {
    const isTooLarge = (thrown as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
    return isTooLarge ? { kind: 'too-large' } : { kind: 'damaged', cost: possible };
  }
}
