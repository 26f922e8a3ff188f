import { isTestPath } from '../../engine/test-path.ts';
import { extensionOf, LANGUAGES } from '../../engine/languages.ts';
import { lineBefore } from './line.ts';
import type { Candidate } from '../../engine/rule.ts';

/** Comments that explain code: of a documentation tool, or with the code in them set off from the mark. */
const EXPLAINS = /^\s*(?:\/\/[/!]|\*(?!\/)|(?:\/\/|#)(?:\t| {2}))/;
/** In scripts and settings, a line that is switched off may hold what was once there. */
const EXPLAINED = new Set<string>(Object.entries(LANGUAGES).flatMap(([language, extensions]) => (language === 'shell' ? [] : extensions)));

/** Where values are seldom live, but sometimes are: tests, documents, examples, and the comments that document code. */
export function isExamplePlace({ text, path, match }: Candidate): boolean {
  return (
    isTestPath(path) ||
    (EXPLAINED.has(extensionOf(path)) && EXPLAINS.test(lineBefore(text, match.index))) ||
    (/\.pyi?$/.test(path) && isDocstring(text, match.index))
  );
}

let known: { readonly text: string; readonly spans: readonly (readonly [start: number, end: number])[] } | undefined;

/** In a string that stands alone: the first of a module, a class or a function. */
function isDocstring(text: string, offset: number): boolean {
  if (known?.text !== text) known = { text, spans: ['"""', "'''"].flatMap((mark) => docstringsOf(text, mark)) };
  return known.spans.some(([start, end]) => start < offset && offset < end);
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
