import { createHash } from 'node:crypto';
import type { Samples } from '../../engine/rule.ts';

/**
 * Parts of samples, made at run time so that no token-shaped literal is in the source. They look random and are the same in each run:
 * a part depends only on its alphabet, length and seed.
 */

const DIGITS = '0123456789';
const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** `length` characters of an alphabet of at most 256. */
export function pick(alphabet: string, length: number, seed = ''): string {
  let text = '';
  for (let block = 0; text.length < length; block++) {
    for (const byte of createHash('sha256').update(`${alphabet}|${length}|${seed}|${block}`).digest())
      text += alphabet[byte % alphabet.length];
  }
  return text.slice(0, length);
}

/** `length` random-looking bytes. */
export function bytes(length: number, seed = ''): Buffer {
  return Buffer.from(hex(length * 2, seed), 'hex');
}

export function digits(length: number, seed?: string): string {
  return pick(DIGITS, length, seed);
}

/** Lower-case hexadecimal digits. */
export function hex(length: number, seed?: string): string {
  return pick(`${DIGITS}abcdef`, length, seed);
}

/** A–Z, a–z, 0–9. */
export function alnum(length: number, seed?: string): string {
  return pick(DIGITS + UPPER + LOWER, length, seed);
}

/** a–z, 0–9. */
export function lowerAlnum(length: number, seed?: string): string {
  return pick(DIGITS + LOWER, length, seed);
}

/** A–Z, 0–9. */
export function upperAlnum(length: number, seed?: string): string {
  return pick(DIGITS + UPPER, length, seed);
}

/** A–Z, 2–7. */
export function base32(length: number, seed?: string): string {
  return pick(`${UPPER}234567`, length, seed);
}

/** `length` characters of base64 without `-`, `_`, `+` or `/` at either end, no padding. */
export function base64url(length: number, seed?: string): string {
  return alnum(1, seed) + pick(`${DIGITS}${UPPER}${LOWER}-_`, length - 2, seed) + alnum(1, `${seed}end`);
}

/** `byteLength` random-looking bytes in base64 with its padding. */
export function base64(byteLength: number, seed?: string): string {
  return bytes(byteLength, seed).toString('base64');
}

/** A UUID of version 4. */
export function uuid(seed?: string): string {
  const text = hex(32, seed);
  return [text.slice(0, 8), text.slice(8, 12), `4${text.slice(13, 16)}`, `a${text.slice(17, 20)}`, text.slice(20)].join('-');
}

/** A JSON Web Token with a random-looking signature of HS256's length. */
export function jwt(payload: object, header: object = { alg: 'HS256', typ: 'JWT' }, signature = base64url(43)): string {
  return [...[header, payload].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')), signature].join('.');
}

/**
 * Samples of a token with a known prefix: in settings, code, JSON and a header; then near misses.
 *
 * @param marker the prefix of all such tokens
 * @param body the rest of this token
 * @param least length of the shortest valid body
 */
export function tokenSamples(marker: string, body: string, least: number = body.length): Samples {
  const token = marker + body;
  const word = marker.replace(/\W/g, '').toUpperCase();
  return {
    found: [
      `ACCESS=${token}\n`,
      `const client = new Client('${token}');`,
      `{"credentials":{"value":"${token}"}}`,
      `curl -H "Authorization: Bearer ${token}"`,
      token,
    ],
    ignored: [
      `ACCESS=${marker}${body.slice(0, least - 1)}\n`,
      `ACCESS=w${token}\n`,
      `ACCESS=${marker}${'x'.repeat(body.length)}\n`,
      `ACCESS=${marker}EXAMPLE${body.slice(7)}\n`,
      `ACCESS=\${${word}}; const value = process.env.${word}; value.startsWith('${marker}')`,
    ],
  };
}

/** Several sets of samples as one. */
export function allSamples(...sets: readonly Samples[]): Samples {
  return {
    found: sets.flatMap(({ found }) => found),
    ignored: sets.flatMap(({ ignored }) => ignored),
    doubtful: sets.flatMap(({ doubtful = [] }) => doubtful),
  };
}
