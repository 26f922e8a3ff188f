import type { PatternTree } from '../../patterns/pattern-tree.ts';
import { cannotCarry } from '../../errors/cannot-carry.ts';
import { hasFoldedLetter, isEitherCase } from '../../patterns/render-pattern.ts';
import { isKeyword, requiredLiterals } from '../../patterns/required-literals.ts';

/** The keywords of a rule, and whether their case matters. */
export interface ChosenKeywords {
  readonly keywords: readonly string[];
  readonly ignoresCase: boolean;
  /** How the result differs from the original rule, or null. */
  readonly note: string | null;
}

/**
 * Keywords of another scanner → ours. There their case never matters; here it does unless the pattern has the flag `i`, and a word has too many
 * spellings to list. So prefer the literals that the pattern itself requires.
 *
 * @param written the rule's own; none: any text may match
 * @throws GuardianError INPUT_INVALID if no keyword is possible
 */
export function chooseKeywords(tree: PatternTree, written: readonly string[]): ChosenKeywords {
  const canIgnoreCase = isEitherCase(tree);
  const ignoresCase = canIgnoreCase && hasFoldedLetter(tree);
  const needed = requiredLiterals(tree, ignoresCase);
  const holdsOne = (text: string): boolean => written.some((keyword) => text.toLowerCase().includes(keyword.toLowerCase()));
  if (needed !== null && (written.length === 0 || needed.every(holdsOne))) return { keywords: needed, ignoresCase, note: null };
  if (written.length > 0 && written.every(isKeyword)) return { ...asWritten(written, canIgnoreCase, ignoresCase) };
  if (needed !== null) {
    return { keywords: needed, ignoresCase, note: 'its keywords are too short: replaced with literals from its pattern' };
  }
  return cannotCarry(
    written.length === 0
      ? 'it has no keywords, and its pattern has no literal of three characters: add `keywords`'
      : 'its keywords are shorter than three ASCII characters, and its pattern has no literal to use instead: add `keywords`',
  );
}

function asWritten(written: readonly string[], canIgnoreCase: boolean, ignoresCase: boolean): ChosenKeywords {
  const lower = [...new Set(written.map((keyword) => keyword.toLowerCase()))];
  const hasCase = lower.some((keyword) => keyword !== keyword.toUpperCase());
  if (canIgnoreCase) return { keywords: lower, ignoresCase: ignoresCase || hasCase, note: null };
  const spelt = lower.flatMap((keyword) => [keyword, keyword.toUpperCase(), keyword.charAt(0).toUpperCase() + keyword.slice(1)]);
  const note = 'its keywords match only in lower case, upper case and capitalized';
  return { keywords: [...new Set([...written, ...spelt])], ignoresCase: false, note: hasCase ? note : null };
}
