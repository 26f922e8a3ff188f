/**
 * Phrases that are refused in texts for people, and what to write instead. `npm run phrases` checks the folders below as a part of
 * `npm run lint`; `npm run phrases -- FILE…` checks other files.
 *
 * A phrase is a regular expression for whole words, in any case; a space also matches a line end. Code (fenced, indented, or between
 * backticks) is not checked. In tests only titles are.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Files, and folders with all their Markdown and TypeScript. */
const CHECKED = ['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'SECURITY.md', 'docs', 'src'];

/** A list of words. */
const EXCLUDED = new Set(['src/engine/lexicon.ts']);

/** @type {[phrase: string, instead: string][]} */
const PHRASES = [
  ['(?:is|are|was|were|be|been) told', 'who prints it: "the report lists …"; for "told from": "distinguished from"'],
  ['(?:is|are|was|were|be|been) said', 'who says it: "git prints …", "the report says …"'],
  ['(?:is|are) asked', 'who asks, or "prompts for", "queries"'],
  ['(?:is|are|be|been) heard', '"takes effect", "is honoured"; "is not heard": "is ignored"'],
  ['(?:is|are|was|were|be|been) looked (?:at|for|into|through|up)', '"… scans", "… checks", "… reads"'],
  ['wants? looking at', '"needs attention"'],
  ['ha(?:s|ve|d) (?:a|no|any) (?:say|word)', '"cannot change", "is ignored", "decides"'],
  ['nobody', '"no one", "no … can", or the role: "no layer can …"'],
  ['somebody', '"someone", or the role: "a colleague", "another process"'],
  ['who(?:m|so)?ever', '"anyone who", or the role: "the user", "the reader"'],
  ['(?<!there )(?:is|are|was|were) none', '"there is no …", "is not one"'],
  ['anew', '"again"; "make anew": "recreate"'],
  ['besides?', '"also", "next to", "with", "in addition to"'],
  [
    '(?:stand|stands|stood) (?:in|on|at|over|above|below|behind|before|there|here|nowhere|alone|together|side)',
    '"is", "precedes", "overrides"',
  ],
  ['as such', 'what it is, or nothing'],
  ['thereby', '"so"'],
  ['(?:mend|mends|mended|mending)', '"fix"'],
  ['(?:what .{1,40} ma[dk]e|made|makes) of (?:it|them|this|that)', '"decides", "treats as", "consists of"'],
  ['what becomes of', 'the result: "the run ends", "how … are converted"'],
  ['to be had', '"available"'],
  ['(?:comes|came) to', '"reaches", "gives", "ends with"'],
  ['not to be (?:told|seen|found|read)', '"cannot be …"'],
  ['what there is', 'the thing: "the existing …"'],
  ['in silence', '"silently"'],
  ['for want of', '"for lack of"'],
  ['brings? (?:it |them |this )?about', '"causes"'],
  [
    'where (?!to\\b|you\\b)[^.,;:()|]{3,90}, (?!and\\b|or\\b|why\\b|which\\b)(?=[a-z`])',
    '"if" or "when" for a condition',
    '(?<=(?:^|[.:;]\\s+|\\n\\n|- ))',
  ],
];

const GAP = '\\s+(?:(?:\\*|\\/\\/|#|>)\\s+)?';
const MATCHERS = PHRASES.map(([phrase, instead, before = '\\b']) => ({
  expression: new RegExp(`${before}(?:${phrase.replaceAll(' ', GAP)})${/\W$/.test(phrase) ? '' : '\\b'}`, 'gi'),
  instead,
}));

/** @param {string} text */
const blank = (text) => text.replaceAll(/[^\n]/g, '·');

/**
 * The part of a file that is checked. Everything else is blanked, so that offsets stay valid.
 * @param {string} path
 * @param {string} text
 */
function readable(path, text) {
  if (path.endsWith('.md')) {
    return text
      .replaceAll(/^ *(```|~~~)[\s\S]*?^ *\1$/gm, blank)
      .replaceAll(/^(?: {4}|\t)(?! *(?:[-*]|\d+\.) ).*$/gm, blank)
      .replaceAll(/(`+)[^`]+?\1/g, blank);
  }
  const onlyTitles = path.startsWith('test/');
  return text
    .split('\n')
    .map((line) => {
      if (onlyTitles) return /(?:\b(?:it|test|describe)\b.*|^\s*[\]})].*)\(\s*['"`]/.test(line) ? line : blank(line);
      return /^\s*(?:\*|\/\*|\/\/)/.test(line) ? line.replaceAll(/`[^`]*`/g, blank) : line;
    })
    .join('\n');
}

/**
 * @param {string} path
 * @param {string} text
 * @returns {{ line: number, phrase: string, instead: string }[]}
 */
export function findPhrases(path, text) {
  const searched = readable(path, text);
  return MATCHERS.flatMap(({ expression, instead }) =>
    [...searched.matchAll(expression)].map(({ 0: phrase, index }) => ({
      line: searched.slice(0, index).split('\n').length,
      phrase: phrase.replaceAll(new RegExp(GAP, 'g'), ' ').trim().slice(0, 60),
      instead,
    })),
  ).toSorted((a, b) => a.line - b.line);
}

/** @param {string} path */
function filesIn(path) {
  if (statSync(path).isFile()) return [path];
  const names = readdirSync(path, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => /\.(?:md|ts)$/.test(name)).map((name) => join(path, name));
}

/** @param {string[]} named */
function check(named) {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const paths = named.length > 0 ? named : CHECKED.map((path) => join(root, path));
  const refused = paths.flatMap(filesIn).flatMap((file) => {
    const path = relative(root, file).replaceAll(sep, '/');
    if (EXCLUDED.has(path)) return [];
    return findPhrases(path, readFileSync(file, 'utf8')).map(
      ({ line, phrase, instead }) => `${path}:${line}: "${phrase}". Write ${instead}.`,
    );
  });
  if (refused.length === 0) return;
  console.error(`${refused.join('\n')}\n\n${refused.length} to rewrite. build/phrases.js lists the phrases.`);
  process.exitCode = 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) check(process.argv.slice(2));
