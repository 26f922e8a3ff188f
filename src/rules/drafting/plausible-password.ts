import { decodePercent, harmlessReason, isCommonPassword, surpriseOf } from '../../engine/plausibility.ts';

/** Could a value that stands where a password has to be one: no template, no look-up, no word, nothing that everybody tries first? */
export function isPlausiblePassword(value: string, leastBits = 22): boolean {
  const plain = decodePercent(value);
  if (plain.length < 5 || harmlessReason(plain) !== null || isCommonPassword(plain)) return false;
  const { bits, perChar } = surpriseOf(plain);
  return bits >= leastBits && perChar >= 2.9;
}
