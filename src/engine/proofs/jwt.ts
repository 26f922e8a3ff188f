import { decodeJsonObject } from './base64-bytes.ts';

/** What a JSON Web Token says of itself (RFC 7519). */
export interface Jwt {
  readonly algorithm: string;
  readonly header: Readonly<Record<string, unknown>>;
  readonly payload: Readonly<Record<string, unknown>>;
  /** `exp` in seconds since 1970; null: it does not expire. */
  readonly expiresAt: number | null;
}

/** Reads the compact form of a signed token; null where header or payload are no JSON objects or no algorithm is named. */
export function parseJwt(token: string): Jwt | null {
  const [head = '', body = '', signature] = token.split('.');
  const header = decodeJsonObject(head);
  const payload = decodeJsonObject(body);
  const algorithm = header?.['alg'];
  if (header === null || payload === null || signature === undefined || typeof algorithm !== 'string') return null;
  const expiry = payload['exp'];
  return { algorithm, header, payload, expiresAt: typeof expiry === 'number' ? expiry : null };
}
