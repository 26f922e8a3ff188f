import { createHash } from 'node:crypto';

/** The object id that git gives to a blob of these bytes; SHA-256 if ids have 64 digits. */
export function blobId(bytes: Uint8Array, idLength: number): string {
  const hash = createHash(idLength === 64 ? 'sha256' : 'sha1');
  return hash.update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}
