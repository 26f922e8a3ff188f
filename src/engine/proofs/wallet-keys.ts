import type { Proof } from '../rule.ts';
import { checksumOf, decodeBase58, encodeBase58, proveBase58Check } from './base58check.ts';

const BITCOIN = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const RIPPLE = 'rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz';
/** The first bytes of a seed. */
const RIPPLE_SEED = 0x21;

/** Wallet import format: a version, 32 bytes of key, a 1 if the public key is compressed, a checksum. */
export function proveWif(text: string): Proof {
  const bytes = decodeBase58(text);
  if (bytes === null || (bytes[0] !== 0x80 && bytes[0] !== 0xef)) return 'failed';
  if (bytes.length !== 37 && !(bytes.length === 38 && bytes[33] === 1)) return 'failed';
  return proveBase58Check(text) === 'passed' ? 'passed' : 'failed';
}

/** Seeds of the XRP Ledger: Base58Check with its own alphabet. */
export function proveRippleSeed(text: string): Proof {
  const bytes = decodeBase58(translate(text, RIPPLE, BITCOIN));
  if (bytes === null || bytes.length !== 21 || bytes[0] !== RIPPLE_SEED) return 'failed';
  return bytes.subarray(-4).equals(checksumOf(bytes.subarray(0, -4))) ? 'passed' : 'failed';
}

/** 16 bytes → a seed. */
export function encodeRippleSeed(entropy: Uint8Array): string {
  const payload = Buffer.concat([Buffer.of(RIPPLE_SEED), entropy]);
  return translate(encodeBase58(Buffer.concat([payload, checksumOf(payload)])), BITCOIN, RIPPLE);
}

function translate(text: string, from: string, to: string): string {
  return Array.from(text, (char) => to[from.indexOf(char)] ?? '0').join('');
}
