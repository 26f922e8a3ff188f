import { constants, inflateRawSync } from 'node:zlib';

/** `used`: length of the stream; other data may follow it. */
export type Inflated =
  | { readonly kind: 'done'; readonly bytes: Buffer; readonly used: number }
  | { readonly kind: 'too-large' }
  /** `cost`: upper limit of the bytes that were unpacked before the damage was found. */
  | { readonly kind: 'damaged'; readonly cost: number };

/** Maximum number of bytes that one byte of a deflate stream unpacks to. */
const MOST_GAIN = 1032;
const LEAST_CHUNK = 1024;

/**
 * Unpacks a raw deflate stream. A truncated stream gives the part that is there; only a checksum shows whether that is all.
 *
 * @param most maximum number of bytes to unpack
 * @param expected declared number of bytes: if it is right, they are unpacked into one buffer without a copy
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
    // With `info` it also returns the engine; its type does not show this.
    const { buffer, engine } = inflateRawSync(data, options) as unknown as { buffer: Buffer; engine: { bytesWritten: number } };
    return { kind: 'done', bytes: buffer, used: engine.bytesWritten };
  } catch (thrown) {
    const isTooLarge = (thrown as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
    return isTooLarge ? { kind: 'too-large' } : { kind: 'damaged', cost: possible };
  }
}
