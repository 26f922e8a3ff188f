import type { Candidate } from '../../engine/rule.ts';
import { linesAround } from './code-line.ts';

/** A condition on a debug switch: a user who sets it wants to stop here. */
const ASKS = /\b(?:if|unless|when)\b.*(?:debug|environ|getenv|\bENV\b|verbose|trace)|^\s*#\s?if\b.*DEBUG/i;

/** Is the call reached only if a debug switch is set? */
export function isAskedFor({ text, match }: Candidate): boolean {
  if (linesAround(text, match.index).some((line) => ASKS.test(line))) return true;
  // C# writes such conditions without indentation.
  return text
    .slice(Math.max(0, match.index - 300), match.index)
    .split('\n')
    .some((line) => /^\s*#if\b.*DEBUG/.test(line));
}
