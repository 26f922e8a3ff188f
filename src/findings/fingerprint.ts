import { createHash, createHmac } from 'node:crypto';

/** Hex characters of a fingerprint: 128 bits. */
const LENGTH = 32;

/** SHA-256, in hex, of parts that cannot run into each other. */
export function digestOf(...parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\0'), 'utf8').digest('hex');
}

/**
 * A fingerprint of a finding: a keyed hash, so that it says nothing of the value to whoever has not got the key, and the same
 * wherever the line has moved to.
 *
 * @param key the repository's
 */
export function fingerprintOf(digest: string, key: string): string {
  return createHmac('sha256', key).update(digest).digest('hex').slice(0, LENGTH);
}

/** Tells keys apart whose fingerprints cannot be compared; a key cannot be worked out from it. */
export function keyIdOf(key: string): string {
  return fingerprintOf('key', key).slice(0, 16);
}
