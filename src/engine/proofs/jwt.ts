import { decodeJsonObject } from './base64-bytes.ts';

/** What a JSON Web Token says about itself (RFC 7519). */
export interface Jwt {
  readonly algorithm: string;
  readonly header: Readonly<Record<string, unknown>>;
  readonly payload: Readonly<Record<string, unknown>>;
  /** `exp` in seconds since 1970; null if it does not expire. */
  readonly expiresAt: number | null;
}

/** Reads the compact form of a signed token; null if the header or payload is not a JSON object, or the header names no algorithm. */
export function parseJwt(token: string): Jwt | null {
  const [head = '', body = '', signature] = token.split('.');
  const header = decodeJsonObject(head);
  const payload = decodeJsonObject(body);
  const algorithm = header?.['alg'];
  if (header === null || payload === null || signature === undefined || typeof algorithm !== 'string') return null;
  const expiry = payload['exp'];
  return { algorithm, header, payload, expiresAt: typeof expiry === 'number' ? expiry : null };
}
