import type { PatternTree } from '../../patterns/pattern-tree.ts';
import { cannotCarry } from '../../errors/cannot-carry.ts';
import { hasFoldedLetter, isEitherCase } from '../../patterns/render-pattern.ts';
import { isKeyword, requiredLiterals } from '../../patterns/required-literals.ts';

/** What the gate looks for, and whether it tells cases apart. */
export interface ChosenKeywords {
  readonly keywords: readonly string[];
  readonly ignoresCase: boolean;
  /** In what it finds less or more than what was written; null: the same. */
  readonly note: string | null;
}

/**
 * Keywords of another scanner → ours. There they are looked for in any case; here only where the pattern has the flag `i`, and of a text of which
 * nobody knows the case there are too many ways to write it. So the literals that the pattern itself needs come first.
 *
 * @param written the rule's own; none: any text may match
 * @throws GuardianError INPUT_INVALID where there is nothing to look for
 */
export function chooseKeywords(tree: PatternTree, written: readonly string[]): ChosenKeywords {
  const canIgnoreCase = isEitherCase(tree);
  const ignoresCase = canIgnoreCase && hasFoldedLetter(tree);
  const needed = requiredLiterals(tree, ignoresCase);
  const holdsOne = (text: string): boolean => written.some((keyword) => text.toLowerCase().includes(keyword.toLowerCase()));
  if (needed !== null && (written.length === 0 || needed.every(holdsOne))) return { keywords: needed, ignoresCase, note: null };
  if (written.length > 0 && written.every(isKeyword)) return { ...asWritten(written, canIgnoreCase, ignoresCase) };
  if (needed !== null) {
    return { keywords: needed, ignoresCase, note: 'its keywords are too short: those that its pattern needs take their place' };
  }
  return cannotCarry(
    written.length === 0
      ? 'it has no keywords, and its pattern needs no text of three characters that could be one: add `keywords`'
      : 'its keywords are shorter than three ASCII characters, and its pattern needs no text that could be one: add `keywords`',
  );
}

function asWritten(written: readonly string[], canIgnoreCase: boolean, ignoresCase: boolean): ChosenKeywords {
  const lower = [...new Set(written.map((keyword) => keyword.toLowerCase()))];
  const hasCase = lower.some((keyword) => keyword !== keyword.toUpperCase());
  if (canIgnoreCase) return { keywords: lower, ignoresCase: ignoresCase || hasCase, note: null };
  const spelt = lower.flatMap((keyword) => [keyword, keyword.toUpperCase(), keyword.charAt(0).toUpperCase() + keyword.slice(1)]);
  const note = 'its keywords are looked for in lower case, in capitals and with a capital at the start, and not in any case';
  return { keywords: [...new Set([...written, ...spelt])], ignoresCase: false, note: hasCase ? note : null };
}
