import type { Proof } from '../rule.ts';

/** Prefixes and lengths of card numbers: Visa, Mastercard, American Express, Discover, JCB, Diners Club. */
const SCHEMES: readonly (readonly [first: RegExp, lengths: readonly number[]])[] = [
  [/^4/, [13, 16, 19]],
  [/^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, [16]],
  [/^3[47]/, [15]],
  [/^(?:6011|65|64[4-9])/, [16, 19]],
  [/^35(?:2[89]|[3-8])/, [16, 19]],
  [/^3(?:0[0-5]|[68])/, [14]],
];
/** Numbers that schemes and processors publish for tests: few distinct digits, or a prefix that no customer gets. */
const TEST_NUMBER = /^(?:4000(?:00|05)|4242|4111|4012|4222|5555|5105|5200|2223|3782|3714|3787|6011[01]|6011981|3056|38520|3566|3530)/;

/** Payment card numbers: the prefix and length of a scheme, and a correct check digit (Luhn). */
export function proveCardNumber(text: string): Proof {
  const digits = text.replaceAll(/[ -]/g, '');
  const isOfScheme = SCHEMES.some(([first, lengths]) => first.test(digits) && lengths.includes(digits.length));
  if (!isOfScheme || TEST_NUMBER.test(digits) || new Set(digits).size < 5) return 'failed';
  return digits === withLuhnDigit(digits.slice(0, -1)) ? null : 'failed';
}

/** Digits → the same digits with their check digit. */
export function withLuhnDigit(digits: string): string {
  let sum = 0;
  for (let i = digits.length - 1, isDoubled = true; i >= 0; i--, isDoubled = !isDoubled) {
    const digit = Number(digits[i]) * (isDoubled ? 2 : 1);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return digits + String((10 - (sum % 10)) % 10);
}
