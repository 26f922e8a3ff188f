import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clipEnd, clipStart, columnsOf, duration, sentence, wrap } from '../../src/report/text-layout.ts';

describe('columnsOf', () => {
  it.each([
    ['abc', 3],
    ['密码', 4],
    ['ｋｅｙ', 6],
    ['e\u0301', 1],
    ['🔑', 2],
    ['한글', 4],
    ['ключ', 4],
    ['', 0],
  ])('%s: %i', (text, columns) => {
    expect(columnsOf(text)).toBe(columns);
  });
});

describe('wrap', () => {
  it('breaks between words', () => {
    expect(wrap('one two three four', 9)).toEqual(['one two', 'three', 'four']);
  });

  it('keeps what is there to be copied on one line', () => {
    expect(wrap('run `a b c` now', 10)).toEqual(['run', '`a b c`', 'now']);
    expect(wrap('see https://example.com/a/long/page now', 12)).toEqual(['see', 'https://example.com/a/long/page', 'now']);
  });

  it('breaks code that is wider than the terminal', () => {
    expect(wrap('`aaa bbb ccc`', 8)).toEqual(['`aaa bbb', 'ccc`']);
  });

  it('loses no word', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z`]{1,9}$/)), fc.integer({ min: 1, max: 40 }), (words, width) => {
        expect(wrap(words.join(' '), width).join(' ')).toBe(words.join(' '));
      }),
    );
  });
});

describe('clipping', () => {
  it('takes the end or the start off', () => {
    expect(clipEnd('abcdef', 4, '…')).toBe('abc…');
    expect(clipStart('abcdef', 4, '…')).toBe('…def');
    expect(clipEnd('abc', 3, '…')).toBe('abc');
    expect(clipStart('密码密码', 4, '…')).toBe('…码');
  });

  it('never takes more than its columns', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 0, max: 30 }), fc.constantFrom('…', '...'), (text, width, ellipsis) => {
        expect(columnsOf(clipEnd(text, width, ellipsis))).toBeLessThanOrEqual(width);
        expect(columnsOf(clipStart(text, width, ellipsis))).toBeLessThanOrEqual(width);
      }),
    );
  });
});

it('gives times in the unit that reads best', () => {
  expect([0.4, 31.4, 999, 1000, 61_040].map(duration)).toEqual(['0 ms', '31 ms', '999 ms', '1.0 s', '61.0 s']);
});

it('begins sentences with a capital, but not where they begin with code', () => {
  expect(['debugger statement', 'console.log call', 'GitHub token', 'file'].map(sentence)).toEqual([
    'Debugger statement',
    'console.log call',
    'GitHub token',
    'File',
  ]);
});
