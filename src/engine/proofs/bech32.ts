import type { Proof } from '../rule.ts';

const CHARSET = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
const GENERATORS = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];

/**
 * Bech32 (BIP-173): human-readable part, `1`, data, six checksum digits; no mixed case.
 */
export function proveBech32(text: string): Proof {
  const lower = text.toLowerCase();
  if (text !== lower && text !== text.toUpperCase()) return 'failed';
  const separator = lower.lastIndexOf('1');
  const data = Array.from(lower.slice(separator + 1), (char) => CHARSET.indexOf(char));
  if (separator < 1 || data.length < 6 || data.includes(-1)) return 'failed';
  return polymod([...expand(lower.slice(0, separator)), ...data]) === 1 ? 'passed' : 'mismatch';
}

/** A human-readable part and values of 0 to 31 → bech32 in lower case. */
export function encodeBech32(human: string, data: readonly number[]): string {
  const sum = polymod([...expand(human), ...data, 0, 0, 0, 0, 0, 0]) ^ 1;
  const checksum = Array.from({ length: 6 }, (_, i) => (sum >>> (5 * (5 - i))) & 31);
  return `${human}1${[...data, ...checksum].map((value) => CHARSET[value]).join('')}`;
}

function expand(human: string): number[] {
  const codes = Array.from(human, (char) => char.charCodeAt(0));
  return [...codes.map((code) => code >> 5), 0, ...codes.map((code) => code & 31)];
}

function polymod(values: readonly number[]): number {
  let sum = 1;
  for (const value of values) {
    const top = sum >>> 25;
    sum = ((sum & 0x1ffffff) << 5) ^ value;
    for (const [bit, generator] of GENERATORS.entries()) if (((top >>> bit) & 1) === 1) sum ^= generator;
  }
  return sum;
}
