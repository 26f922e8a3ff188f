import { lineBefore } from './line.ts';
import type { Candidate } from '../../engine/rule.ts';
import { kindAt } from './source-text.ts';

const COMMENT = /^\s*(?:\/\/|\/?\*|#|--|<!--|"""|''')|(?:^|\s)(?:\/\/|\/\*|#\s)/;

/** Does the beginning of a line open a comment? */
export function isCommented(before: string): boolean {
  return COMMENT.test(before);
}

/** Does the beginning of a line open a string without closing it? */
export function isInString(before: string): boolean {
  return ['"', "'", '`'].some((quote) => (before.split(quote).length - 1) % 2 === 1);
}

/** The line up to the match. */
export function lineTo({ text, match }: Candidate): string {
  return lineBefore(text, match.index);
}

/** Is a candidate code, not part of a comment or string? Checks the line first, which decides most cases. */
export function isCode(candidate: Candidate): boolean {
  const before = lineTo(candidate);
  return !isCommented(before) && kindAt(candidate.facts, candidate.match.index, candidate.path) === 'code';
}

/** Does a statement begin here: at the start of a line, or after `;`, a brace, `)`, `=>`, `else`; and not in a comment or string? */
export function isStatement(candidate: Candidate): boolean {
  const before = lineTo(candidate);
  if (!/(?:^|[;{}):]|=>|&&|\|\||\b(?:else|then|do|await|return))\s*$/.test(before)) return false;
  // After the colon of `a ? b : c` comes a value.
  return !/\?[^:]*:\s*$/.test(before) && isCode(candidate);
}

/** How many characters before an offset are searched for the lines that enclose it. */
const REACH = 4000;

/** A line whose condition is above it with the same indentation: another branch, or a brace on its own line. */
const GOES_WITH_ABOVE = /^\s*(?:(?:\}\s*)?(?:else|elsif|elif)\b|\{\s*$)/;

/**
 * The lines that enclose an offset, judged by indentation: each is indented less than the one before; the nearest comes first. The first
 * one is the line of the offset, up to it. After an `else`, or a brace at the start of a line, the `if` is included.
 */
export function linesAround(text: string, offset: number): string[] {
  const own = lineBefore(text, offset);
  const start = Math.max(0, offset - REACH);
  const above = text.slice(start, offset - own.length).split('\n');
  const found = [own];
  let least = indentOf(own);
  // The first line may be incomplete.
  for (let at = above.length - 1; at >= (start === 0 ? 0 : 1) && least > 0; at -= 1) {
    const line = above[at]!;
    if (line.trim() === '' || indentOf(line) >= least) continue;
    least = GOES_WITH_ABOVE.test(line) ? indentOf(line) + 1 : indentOf(line);
    found.push(line);
  }
  return found;
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
