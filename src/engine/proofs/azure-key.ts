import type { Proof } from '../rule.ts';
import { decodeBase64 } from './base64-bytes.ts';

/** Account keys of Storage, Cosmos DB and Batch: base64 of exactly 64 bytes. */
export function proveAccountKey(key: string): Proof {
  return proveLength(key, 64);
}

/** Keys of Service Bus, Event Hubs, Relay, IoT Hub: base64 of exactly 32 bytes. */
export function proveSharedAccessKey(key: string): Proof {
  return proveLength(key, 32);
}

/** If only the unused bits are wrong, the key was made up or edited by hand. */
function proveLength(key: string, length: number): Proof {
  if (Buffer.from(key, 'base64').length !== length) return 'failed';
  return decodeBase64(key) === null ? 'mismatch' : null;
}

/**
 * Microsoft's common annotated security keys: 84 characters, a fixed mark at offset 52 that occurs in random text once in 6·10^10, then
 * year and month as letters.
 *
 * @see https://github.com/microsoft/security-utilities
 */
export function proveCaskKey(key: string): Proof {
  return /^[A-Za-z\d]{52}JQQJ9[9DH][A-Z][A-L][A-Za-z\d]{24}/.test(key) ? 'passed' : 'failed';
}
