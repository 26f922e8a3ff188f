import { lineBefore } from './line.ts';
import type { Candidate } from '../../engine/rule.ts';
import { kindAt } from './source-text.ts';

const COMMENT = /^\s*(?:\/\/|\/?\*|#|--|<!--|"""|''')|(?:^|\s)(?:\/\/|\/\*|#\s)/;

/** Does a line, up to where something stands, open a comment? */
export function isCommented(before: string): boolean {
  return COMMENT.test(before);
}

/** Does a line, up to where something stands, open a string that it does not close? */
export function isInString(before: string): boolean {
  return ['"', "'", '`'].some((quote) => (before.split(quote).length - 1) % 2 === 1);
}

/** The line up to the match. */
export function lineTo({ text, match }: Candidate): string {
  return lineBefore(text, match.index);
}

/** Is a candidate code, and no part of a comment or string? The line is asked first: most are told by it alone. */
export function isCode(candidate: Candidate): boolean {
  const before = lineTo(candidate);
  return !isCommented(before) && kindAt(candidate.facts, candidate.match.index, candidate.path) === 'code';
}

/** Does a statement begin here: at the start of a line, or behind `;`, a brace, `)`, `=>`, `else`; and not in a comment or string? */
export function isStatement(candidate: Candidate): boolean {
  const before = lineTo(candidate);
  if (!/(?:^|[;{}):]|=>|&&|\|\||\b(?:else|then|do|await|return))\s*$/.test(before)) return false;
  // Behind the colon of `a ? b : c` stands a value.
  return !/\?[^:]*:\s*$/.test(before) && isCode(candidate);
}

/** How far before a place the lines are looked for that hold it. */
const REACH = 4000;

/** A line whose condition stands above it, as far to the left: another branch, or a brace of its own. */
const GOES_WITH_ABOVE = /^\s*(?:(?:\}\s*)?(?:else|elsif|elif)\b|\{\s*$)/;

/**
 * The lines that hold a place, as indentation tells: each begins further left than the one before; the nearest comes first. The first is the
 * place's own line, up to it. Below an `else`, and below a brace that begins a line, the `if` is one of them.
 */
export function linesAround(text: string, offset: number): string[] {
  const own = lineBefore(text, offset);
  const start = Math.max(0, offset - REACH);
  const above = text.slice(start, offset - own.length).split('\n');
  const found = [own];
  let least = indentOf(own);
  // The first line may be the end of one.
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
