import { entropyOf } from '../engine/entropy.ts';
import { placeholderReason } from '../engine/placeholder.ts';
import type { ContentRule } from '../engine/rule.ts';

/** Why a custom rule misses its own sample; null if unknown. */
export function explainMiss({ keywords, pattern, minEntropy = 0 }: ContentRule, text: string): string | null {
  // As in the engine: one character per byte.
  const bytes = Buffer.from(text).toString('latin1');
  const searched = pattern.ignoreCase ? bytes.toLowerCase() : bytes;
  const isThere = (keyword: string): boolean => searched.includes(pattern.ignoreCase ? keyword.toLowerCase() : keyword);
  if (!keywords.some(isThere)) return 'the sample has none of its keywords';
  const found = pattern.exec(bytes);
  if (found === null) return 'its pattern does not match';
  const value = found.groups?.['secret'] ?? found[0];
  const entropy = entropyOf(value);
  if (entropy < minEntropy) return `the entropy of the value is ${entropy.toFixed(2)} bits per character; minEntropy is ${minEntropy}`;
  const placeholder = placeholderReason(value);
  return placeholder === null ? null : `the value ${placeholder}`;
}
