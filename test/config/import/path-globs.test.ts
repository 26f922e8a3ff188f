import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attempt } from '../../../src/errors/cannot-carry.ts';
import { parseGoPattern } from '../../../src/patterns/parse-go-pattern.ts';
import { pathGlobs } from '../../../src/config/import/path-globs.ts';
import { createPathMatcher } from '../../../src/policy/path-matcher.ts';

const globsOf = (source: string) => attempt(() => pathGlobs(parseGoPattern(source)));

describe('pathGlobs', () => {
  it.each([
    ['node_modules', ['*node_modules*', '**/*node_modules*/**']],
    ['(^|/)vendor/', ['**/vendor/**']],
    ['^docs/', ['docs/**']],
    ['^README\\.md$', ['/README.md']],
    ['(?:^|/)\\.env$', ['.env']],
    ['\\.lock$', ['*.lock']],
    ['\\.(?:png|svg)$', ['*.png', '*.svg']],
    ['(?i)\\.md$', ['*.[Mm][Dd]']],
    ['(go.mod|go.sum)$', ['*go?mod', '*go?sum']],
    ['src/.*\\.ts$', ['**/*src/**/*.ts']],
    ['^src/[^/]+\\.ts$', ['src/?*.ts']],
    ['^tests/[\\w-]+/data$', ['tests/+([\\-0-9A-Z_a-z])/data']],
    ['v\\d{2}/', ['**/*v[0-9][0-9]/**']],
  ])('%s', (source, globs) => expect(globsOf(source)).toEqual({ made: globs }));

  it.each([
    ['.*', /every path/],
    ['', /every path/],
    ['a\\b', /boundary/],
    ['a$b', /middle/],
    ['^/abs', /no path/],
    ['/\\.\\.$', /no path/],
    ['(^|/)\\./', /no path/],
    ['(?:ab)+', /repetition/],
    ['(?:a|b|c|d|e)(?:a|b|c|d|e)/', /too many/],
  ])('%s is left out, and why is said', (source, reason) => {
    const tried = globsOf(source);
    expect('reason' in tried ? tried.reason : tried.made.join()).toMatch(reason);
  });

  it('fits the paths that the pattern fits', () => {
    const piece = fc.constantFrom(
      'a',
      'b',
      '/',
      '\\.',
      '-',
      '.*',
      '.*?',
      '[^/]*',
      '[^/]+',
      '[ab]',
      '[a-c]+',
      '\\d',
      '(^|/)',
      '(/|$)',
      'a?',
      '(?:a/)?',
      'b{2}',
      '(?:ab|/b)',
    );
    const name = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '.', '-', '1', '!', '*', '(', '['), minLength: 1, maxLength: 4 });
    const path = fc
      .array(name, { minLength: 1, maxLength: 4 })
      .map((names) => names.map((each) => (/^\.+$/.test(each) ? 'a' : each)).join('/'));
    const pattern = fc
      .tuple(fc.constantFrom('', '^'), fc.array(piece, { minLength: 1, maxLength: 4 }), fc.constantFrom('', '$'))
      .map(([start, pieces, end]) => start + pieces.join('') + end);
    fc.assert(
      fc.property(pattern, fc.array(path, { minLength: 8, maxLength: 8 }), (source, paths) => {
        const tried = globsOf(source);
        fc.pre('made' in tried);
        const [fits, expected] = [createPathMatcher(tried.made), new RegExp(source)];
        for (const each of paths) expect([source, each, fits(each)]).toEqual([source, each, expected.test(each)]);
      }),
      { numRuns: 2000 },
    );
  });
});
