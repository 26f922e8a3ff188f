import { crc32 } from './crc32.ts';
import type { Proof } from '../rule.ts';

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/**
 * Tokens of GitHub and npm: a prefix that ends with `_`, a body, then the CRC-32 of the body in six base62 digits.
 *
 * @see https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/
 */
export function proveCrc32Base62(token: string): Proof {
  const body = token.slice(token.indexOf('_') + 1);
  return body.slice(-6) === crc32Base62(body.slice(0, -6)) ? 'passed' : 'mismatch';
}

/** CRC-32 of an ASCII text in base62, six digits. */
export function crc32Base62(text: string): string {
  let digits = '';
  for (let rest = crc32(text); rest > 0; rest = Math.floor(rest / 62)) digits = BASE62[rest % 62] + digits;
  return digits.padStart(6, '0');
}
