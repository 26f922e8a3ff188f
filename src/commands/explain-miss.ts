import { entropyOf } from '../engine/entropy.ts';
import { placeholderReason } from '../engine/placeholder.ts';
import type { ContentRule } from '../engine/rule.ts';

/** Why a rule of a config finds nothing in a text that it should find something in; null where that is not plain. */
export function explainMiss({ keywords, pattern, minEntropy = 0 }: ContentRule, text: string): string | null {
  // As the engine sees it: one character a byte.
  const bytes = Buffer.from(text).toString('latin1');
  const searched = pattern.ignoreCase ? bytes.toLowerCase() : bytes;
  const isThere = (keyword: string): boolean => searched.includes(pattern.ignoreCase ? keyword.toLowerCase() : keyword);
  if (!keywords.some(isThere)) return 'none of its keywords stands there';
  const found = pattern.exec(bytes);
  if (found === null) return 'its pattern matches nothing there';
  const value = found.groups?.['secret'] ?? found[0];
  const entropy = entropyOf(value);
  if (entropy < minEntropy) return `the value has ${entropy.toFixed(2)} bits of entropy a character, and minEntropy is ${minEntropy}`;
  const placeholder = placeholderReason(value);
  return placeholder === null ? null : `the value ${placeholder}`;
}
