import { createHash } from 'node:crypto';
import type { Proof } from '../rule.ts';

const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

/** Base58Check of Bitcoin: the last four bytes are the first four of the double SHA-256 of the rest. */
export function proveBase58Check(text: string): Proof {
  const bytes = decodeBase58(text);
  if (bytes === null || bytes.length < 5) return 'failed';
  return bytes.subarray(-4).equals(checksumOf(bytes.subarray(0, -4))) ? 'passed' : 'mismatch';
}

export function encodeBase58Check(payload: Buffer): string {
  return encodeBase58(Buffer.concat([payload, checksumOf(payload)]));
}

/** Bytes → base58; each leading zero byte is a `1`. */
export function encodeBase58(bytes: Uint8Array): string {
  let rest = BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
  let text = '';
  for (; rest > 0n; rest /= 58n) text = BASE58[Number(rest % 58n)] + text;
  for (let i = 0; bytes[i] === 0; i++) text = BASE58[0] + text;
  return text;
}

/** Base58 → bytes; null if it contains another character. */
export function decodeBase58(text: string): Buffer | null {
  let value = 0n;
  for (const char of text) {
    const digit = BASE58.indexOf(char);
    if (digit === -1) return null;
    value = value * 58n + BigInt(digit);
  }
  const digits = value === 0n ? '' : value.toString(16);
  const zeros = /^1*/.exec(text)![0].length;
  return Buffer.concat([Buffer.alloc(zeros), Buffer.from(digits.padStart(digits.length + (digits.length % 2), '0'), 'hex')]);
}

/** The first four bytes of the double SHA-256. */
export function checksumOf(payload: Uint8Array): Buffer {
  const once = createHash('sha256').update(payload).digest();
  return createHash('sha256').update(once).digest().subarray(0, 4);
}
