import type { Candidate, Judgement } from '../../engine/rule.ts';
import { isTestPath } from '../../engine/test-path.ts';
import { isCommented, isInString } from './code-line.ts';
import { lineBefore } from './line.ts';
import { kindAt } from './source-text.ts';

/** Tests may turn protections off, and comments do not run. */
export function inProgram(judge: (candidate: Candidate, before: string) => Judgement = () => true): (candidate: Candidate) => Judgement {
  return (candidate) => {
    const { text, facts, path, match } = candidate;
    const before = lineBefore(text, match.index);
    if (isTestPath(path) || isCommented(before) || kindAt(facts, match.index, path) === 'comment') return false;
    return judge(candidate, before);
  };
}

/** The same for code that is neither in quotes nor part of a longer name. */
export const inCode = inProgram(
  ({ facts, path, match }, before) => !isInString(before) && !/\w$/.test(before) && kindAt(facts, match.index, path) === 'code',
);
