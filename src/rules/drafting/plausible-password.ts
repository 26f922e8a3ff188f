import { decodePercent, harmlessReason, isCommonPassword } from '../../engine/plausibility.ts';
import { surpriseOf } from '../../engine/surprise.ts';

/** Could a value in the place of a password be one: not a template, a lookup, a word, or a password that is tried first? */
export function isPlausiblePassword(value: string, leastBits = 22): boolean {
  const plain = decodePercent(value);
  if (plain.length < 5 || harmlessReason(plain) !== null || isCommonPassword(plain)) return false;
  const { bits, perChar } = surpriseOf(plain);
  return bits >= leastBits && perChar >= 2.9;
}
