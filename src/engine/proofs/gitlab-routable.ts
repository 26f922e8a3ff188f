import { crc32 } from './crc32.ts';
import type { Proof } from '../rule.ts';

/** `prefix-payload.01.` or `prefix-payload.`, then the length of the payload in two base36 digits and the CRC-32 in seven. */
const ROUTABLE = /^[A-Za-z\d]+-(?:t\d_)?(?<payload>[\w-]{20,300})\.(?:[a-z\d]{2}\.)?(?<size>[a-z\d]{2})(?<crc>[a-z\d]{7})$/;

/**
 * GitLab's routable tokens end in a CRC-32 (base36, lower case) of everything before it. Older tokens have no dot and no checksum.
 *
 * @see https://docs.gitlab.com/security/tokens/
 */
export function proveGitlabToken(token: string): Proof {
  if (!token.includes('.')) return null;
  const groups = ROUTABLE.exec(token)?.groups;
  if (groups === undefined) return 'failed';
  return groups['crc'] === crc32Base36(token.slice(0, -7)) ? 'passed' : 'mismatch';
}

/** CRC-32 of an ASCII text in base36, seven digits. */
export function crc32Base36(text: string): string {
  return crc32(text).toString(36).padStart(7, '0');
}
