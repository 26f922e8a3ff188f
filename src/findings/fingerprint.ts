import { createHash, createHmac } from 'node:crypto';

/** Hex characters of a fingerprint: 128 bits. */
const LENGTH = 32;

/** SHA-256 in hex of unambiguously separated parts. */
export function digestOf(...parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\0'), 'utf8').digest('hex');
}

/**
 * The fingerprint of a finding: a keyed hash, so that it reveals nothing about the value without the key, and stays the same when the line
 * moves.
 *
 * @param key the repository's
 */
export function fingerprintOf(digest: string, key: string): string {
  return createHmac('sha256', key).update(digest).digest('hex').slice(0, LENGTH);
}

/** Identifies a key, because fingerprints of different keys cannot be compared. The key cannot be derived from it. */
export function keyIdOf(key: string): string {
  return fingerprintOf('key', key).slice(0, 16);
}
