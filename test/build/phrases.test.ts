import { expect, it } from 'vitest';
import { findPhrases } from '../../build/phrases.js';

const phrasesIn = (path: string, text: string): string[] => findPhrases(path, text).map(({ phrase }) => phrase);

it.each([
  ['Nobody may change it.', 'Nobody'],
  ['Of hooks that changed the reader\nis told.', 'is told'],
  ['A policy that they can change is none.', 'is none'],
  ['Where a lock is held, git waits.', 'Where a lock is held,'],
  ['- where no file matches, it ends', 'where no file matches,'],
  ['A rule that has no say in it.', 'has no say'],
])('refuses %j', (text, phrase) => {
  expect(phrasesIn('docs/a.md', text)).toEqual([phrase]);
});

it.each([
  'Stands between `git commit` and a mistake.',
  'If there are none, it ends.',
  'Run `nobody` as root.',
  '```sh\nnobody\n```',
  '    nobody is shown as code',
  '- where the finding is, and why',
  'It names the folder where hooks are.',
])('accepts %j', (text) => {
  expect(phrasesIn('docs/a.md', text)).toEqual([]);
});

it('names the line, and what to write', () => {
  expect(findPhrases('docs/a.md', 'One.\n\nTwo, besides.\n')).toEqual([
    { line: 3, phrase: 'besides', instead: expect.stringContaining('also') },
  ]);
});

it('reads comments and texts of a source, across the lines of a comment', () => {
  expect(phrasesIn('src/a.ts', '/** What it is\n * told. */\nfail("what there is");\n// `anew` is a name\n')).toEqual([
    'is told',
    'what there is',
  ]);
});

it('reads only the titles of a test', () => {
  expect(phrasesIn('test/a.test.ts', "it('blocks nobody', () => {\n  say('nobody');\n});\n")).toEqual(['nobody']);
});
