import { decodeBase32 } from './base32-crc16.ts';

/** Accounts in the AWS documentation and in local emulators. */
const DOCUMENTED = new Set(['123456789012', '111122223333', '444455556666', '000000000000', '111111111111', '210987654321']);

/**
 * The account of an access key ID: bits 1 to 40 of the base32 text after the four letters of the prefix. Correct for IDs created since
 * about 2019; older ones give some other number.
 *
 * @returns twelve digits; null if the ID is not base32
 */
export function accountOfKeyId(keyId: string): string | null {
  const bytes = decodeBase32(keyId.slice(4));
  if (bytes === null || bytes.length < 6) return null;
  const account = (BigInt(bytes.readUIntBE(0, 6)) & 0x7fff_ffff_ff80n) >> 7n;
  return account.toString().padStart(12, '0');
}

export function isDocumentedAccount(account: string): boolean {
  return DOCUMENTED.has(account);
}
