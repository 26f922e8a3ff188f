import { isTestPath } from '../engine/test-path.ts';
import { extensionOf, LANGUAGES } from './languages.ts';
import { lineBefore } from './line.ts';
import type { Candidate } from './rule.ts';

/** Comments that explain code: of a documentation tool, or with the code in them set off from the mark. */
const EXPLAINS = /^\s*(?:\/\/[/!]|\*(?!\/)|(?:\/\/|#)(?:\t| {2}))/;
/** In scripts and settings, a line that is switched off may hold what was once there. */
const EXPLAINED = new Set<string>(Object.entries(LANGUAGES).flatMap(([language, extensions]) => (language === 'shell' ? [] : extensions)));

/** Where values are seldom live, but sometimes are: tests, documents, examples, and the comments that document code. */
export function isExamplePlace({ text, path, match }: Candidate): boolean {
  return isTestPath(path) || (EXPLAINED.has(extensionOf(path)) && EXPLAINS.test(lineBefore(text, match.index)));
}
