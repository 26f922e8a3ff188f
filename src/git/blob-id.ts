import { createHash } from 'node:crypto';
import { sha1 } from '../diff/sha1.ts';

/** Bytes that may be hashed before `node:crypto` is worth the three milliseconds that loading it takes. */
let isSmallUpTo = 8 * 1024;

/** The object id that git gives to a blob of these bytes; SHA-256 where ids have 64 digits. */
export function blobId(bytes: Uint8Array, idLength: number): string {
  const header = Buffer.from(`blob ${bytes.length}\0`);
  if (idLength === 64) return createHash('sha256').update(header).update(bytes).digest('hex');
  if (bytes.length <= isSmallUpTo) {
    isSmallUpTo -= bytes.length;
    return sha1(Buffer.concat([header, bytes]));
  }
  isSmallUpTo = 0;
  return createHash('sha1').update(header).update(bytes).digest('hex');
}
