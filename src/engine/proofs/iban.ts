import type { Proof } from '../rule.ts';

/** Length of the numbers by country. */
const LENGTHS: Readonly<Record<string, number>> = {
  AT: 20, BE: 16, CH: 21, CZ: 24, DE: 22, DK: 18, ES: 24, FI: 18, FR: 27, GB: 22, GR: 27, HU: 28, IE: 22, IT: 27, LU: 20, NL: 18, NO: 15,
  PL: 28, PT: 25, RO: 24, SE: 24, TR: 26,
}; // prettier-ignore

/** International bank account numbers (ISO 13616): the length for the country, and the whole number modulo 97 is 1. */
export function proveIban(text: string): Proof {
  const iban = text.replaceAll(' ', '').toUpperCase();
  const length = LENGTHS[iban.slice(0, 2)];
  if (length !== undefined && length !== iban.length) return 'failed';
  return remainderOf(iban) === 1n && new Set(iban).size > 6 ? null : 'failed';
}

/** A country and its account number → the IBAN. */
export function withIbanDigits(country: string, account: string): string {
  return country + String(98n - remainderOf(`${country}00${account}`)).padStart(2, '0') + account;
}

function remainderOf(iban: string): bigint {
  const digits = (iban.slice(4) + iban.slice(0, 4)).replaceAll(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55));
  return BigInt(digits) % 97n;
}
