import { crc32 } from './crc32.ts';
import type { Proof } from '../rule.ts';

/** Atlassian and Bitbucket Cloud: the last eight characters are the CRC-32 of everything before them, in upper-case hex. */
export function proveAtlassianToken(token: string): Proof {
  const plain = token.replace('%3D', '=').replace('\\=', '=');
  return plain.slice(-8) === atlassianTail(plain.slice(0, -8)) ? 'passed' : 'mismatch';
}

export function atlassianTail(text: string): string {
  return crc32(text).toString(16).toUpperCase().padStart(8, '0');
}

/** Grafana service accounts: `glsa_`, 32 characters, `_`, then the CRC-32 of the first 37, low byte first, in hex. */
export function proveGrafanaToken(token: string): Proof {
  return token.slice(38) === grafanaTail(token.slice(0, 37)) ? 'passed' : 'mismatch';
}

export function grafanaTail(text: string): string {
  return littleEndian(crc32(text)).toString('hex');
}

/** Confluent Cloud: `cflt`, 54 characters, then their CRC-32, low byte first, in base64 without padding. */
export function proveConfluentSecret(secret: string): Proof {
  return secret.slice(-6) === confluentTail(secret.slice(4, -6)) ? 'passed' : 'mismatch';
}

export function confluentTail(body: string): string {
  return littleEndian(crc32(body)).toString('base64').replace(/=+$/, '');
}

function littleEndian(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
