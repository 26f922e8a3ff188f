import { isTestPath } from '../../engine/test-path.ts';
import { extensionOf, LANGUAGES } from '../../engine/languages.ts';
import { lineBefore } from './line.ts';
import type { Candidate } from '../../engine/rule.ts';

/** Comments that explain code: documentation comments, or comments with indented code. */
const EXPLAINS = /^\s*(?:\/\/[/!]|\*(?!\/)|(?:\/\/|#)(?:\t| {2}))/;
/** Scripts and settings are excluded: a commented-out line there may hold a value that was in use. */
const EXPLAINED = new Set<string>(Object.entries(LANGUAGES).flatMap(([language, extensions]) => (language === 'shell' ? [] : extensions)));

/** Places where values are rarely live: tests, documents, examples, and comments that document code. */
export function isExamplePlace({ text, facts, path, match }: Candidate): boolean {
  return (
    isTestPath(path) ||
    (EXPLAINED.has(extensionOf(path)) && EXPLAINS.test(lineBefore(text, match.index))) ||
    (/\.pyi?$/.test(path) && facts.of(docstrings).some(([start, end]) => start < match.index && match.index < end))
  );
}

/** Strings that are statements: the docstring of a module, a class or a function. */
function docstrings(text: string): readonly (readonly [start: number, end: number])[] {
  return ['"""', "'''"].flatMap((mark) => docstringsOf(text, mark));
}

function docstringsOf(text: string, mark: string): [start: number, end: number][] {
  const spans: [start: number, end: number][] = [];
  for (let start = text.indexOf(mark); start !== -1;) {
    const end = text.indexOf(mark, start + 3);
    if (/^\s*[rRuU]?$/.test(lineBefore(text, start))) spans.push([start, end === -1 ? text.length : end]);
    start = end === -1 ? -1 : text.indexOf(mark, end + 3);
  }
  return spans;
}
