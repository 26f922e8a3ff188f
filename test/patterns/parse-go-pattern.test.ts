import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attempt } from '../../src/errors/cannot-carry.ts';
import { parseGoPattern } from '../../src/patterns/parse-go-pattern.ts';
import { hasFoldedLetter, isEitherCase, renderPattern } from '../../src/patterns/render-pattern.ts';

/** As a rule would have it: with the flag `i` where that is of use. */
function translate(source: string, secretGroup: number | null = null): string {
  const tree = parseGoPattern(source);
  const ignoresCase = isEitherCase(tree) && hasFoldedLetter(tree);
  return `/${renderPattern(tree, { secretGroup, ignoresCase })}/${ignoresCase ? 'i' : ''}`;
}

describe('a pattern of Go', () => {
  it.each([
    // flags
    ['(?i)acme', '/acme/i'],
    ['(?i)acme[a-f]{3}\\d', '/acme[a-f]{3}\\d/i'],
    ['(?i)[^a-f]key', '/[^a-f]key/i'],
    ['acme(?i)key', '/acme[Kk][Ee][Yy]/'],
    ['(?i:acme)KEY', '/[Aa][Cc][Mm][Ee]KEY/'],
    ['(?i)a(?-i)b', '/[Aa]b/'],
    ['(?i)a(?-i:b)c', '/[Aa]b[Cc]/'],
    ['((?i)a|b)c', '/(?:[Aa]|[Bb])c/'],
    ['a.b', '/a[^\\n]b/'],
    ['(?s)a.b', '/a[\\s\\S]b/'],
    ['(?s:.).', '/[\\s\\S][^\\n]/'],
    ['(?m)^a$', '/(?<![^\\n])a(?![^\\n])/'],
    ['^a$', '/^a$/'],
    ['(?U)a+b+?', '/a+?b+/'],
    // places
    ['\\Aa\\z', '/^a$/'],
    ['\\bkey\\B', '/\\bkey\\B/'],
    // escapes
    ['\\a\\f\\t\\n\\r\\v', '/\\x07\\f\\t\\n\\r\\v/'],
    ['\\x41\\x{42}\\103\\07', '/ABC\\x07/'],
    ['\\Qa.b*\\E+c', '/a\\.b\\*+c/'],
    ['\\Qa(', '/a\\(/'],
    ['\\_\\-\\/\\"', '/_-\\/"/'.replace('\\/', '/')],
    ['{x}', '/\\{x\\}/'],
    ['a{,5}', '/a\\{,5\\}/'],
    // classes
    ['[[:alnum:]_]', '/\\w/'],
    ['[[:xdigit:]]', '/[0-9A-Fa-f]/'],
    ['[[:^digit:]]', '/\\D/'],
    ['[^[:space:]]', '/[^\\t-\\r ]/'],
    ['\\s\\S', '/[\\t\\n\\f\\r ][^\\t\\n\\f\\r ]/'],
    ['\\d\\D\\w\\W', '/\\d\\D\\w\\W/'],
    ['[]a][^]a]', '/[\\]a][^\\]a]/'],
    ['[\\w.-]+', '/[\\w.-]+/'],
    ['[a-]', '/[a-]/'],
    ['[+--]', '/[+,-]/'],
    ['[A-Za-z0-9+/=_-]', '/[\\w+/=-]/'],
    // groups
    ['(?P<a>x)(?<b>y)(z)', '/xyz/'],
    ['(a|b)(?:c)?', '/(?:a|b)c?/'],
    ['(?:ab)+', '/(?:ab)+/'],
    ['a|b', '/a|b/'],
    ['(?:a*)?', '/a*/'],
    // beyond ASCII: bytes of UTF-8
    ['é', '/\\xc3\\xa9/'],
    ['é+', '/(?:\\xc3\\xa9)+/'],
    ['[aé]', '/(?:a|\\xc3\\xa9)/'],
    ['\\x{1F511}', '/\\xf0\\x9f\\x94\\x91/'],
    ['[^a]', '/[^a]/'],
    ['[^[:ascii:]]', '/[\\x80-\\xff]/'],
  ])('%s', (source, expected) => expect(translate(source)).toBe(expected));

  it('marks the group of the value, and no other', () => {
    expect(translate('(?P<name>key)=("?)([a-z]+)', 3)).toBe('/key="?(?<secret>[a-z]+)/');
    expect(translate('key=(a|b)+', 1)).toBe('/key=(?<secret>a|b)+/');
  });

  it.each([
    ['(?=a)b', /ahead or behind/],
    ['(?<!a)b', /ahead or behind/],
    ['(?>a)', /group that begins with/],
    ['(?x)a b', /group that begins with/],
    ['(a)\\1', /refers back/],
    ['a++', /repeat of a repeat/],
    ['*a', /repeat of nothing/],
    ['(a', /`\(` without/],
    ['a)', /`\)` without/],
    ['[a', /`\[` without/],
    ['[z-a]', /range/],
    ['[[:foo:]]', /\[:foo:\]/],
    ['a{2000}', /more than 1000/],
    ['a{3,1}', /less than its least/],
    ['a{01}', /begins with 0/],
    ['\\pL', /class of Unicode/],
    ['[\\p{Greek}]', /class of Unicode/],
    ['\\C', /escape \\C/],
    ['\\Z', /escape \\Z/],
    ['\\q', /escape \\q/],
    ['a\\', /ends too soon/],
    ['\\x{110000}', /beyond Unicode/],
    ['[а-я]', /beyond ASCII/],
    ['[^é]', /beyond ASCII/],
    ['(?i)é', /beyond ASCII in either case/],
    ['(?:a*)+', /may be empty/],
    ['(?:\\b|a)?', /may be empty/],
  ])('%s is left out, and why is said', (source, reason) => {
    const tried = attempt(() => translate(source));
    expect('reason' in tried ? tried.reason : tried.made).toMatch(reason);
  });

  it('is left out where JavaScript would forget the value', () => {
    const tried = attempt(() => translate('(?:k=(a)|b)+', 1));
    expect('reason' in tried ? tried.reason : tried.made).toMatch(/every round/);
  });

  it('ends lines at LF alone', () => {
    const dot = new RegExp(translate('(?m)^a.b$').slice(1, -1));
    expect(['a\rb', 'x\ra-b', 'a-b\rx', 'x\na-b\ny'].map((text) => dot.test(text))).toEqual([true, false, false, true]);
  });

  /** Where both syntaxes say the same, so does the translation. */
  it('matches what JavaScript matches, where the syntax is the same', () => {
    const atom = fc.constantFrom(
      'a',
      'b',
      '1',
      '-',
      '_',
      '\\d',
      '\\w',
      '\\W',
      '\\b',
      '[ab]',
      '[^a]',
      '[a-c1-3]',
      '[\\w-]',
      '\\.',
      '\\x41',
      '^',
      '$',
      'a?',
      'b*',
      'c??',
    );
    // Of what may be empty the two syntaxes repeat differently.
    const repeat = fc.constantFrom('+', '{2}', '{1,2}', '+?');
    const { tree } = fc.letrec<{ tree: string }>((tie) => ({
      tree: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        atom,
        fc.tuple(tie('tree'), tie('tree')).map(([a, b]) => a + b),
        fc.tuple(tie('tree'), tie('tree')).map(([a, b]) => `(?:${a}|${b})`),
        fc.tuple(tie('tree'), repeat).map(([a, b]) => `(?:${a})${b}`),
        tie('tree').map((inner) => `(${inner})`),
      ),
    }));
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '1', '-', '_', '.', 'A', ' '), maxLength: 12 });
    fc.assert(
      fc.property(tree, fc.array(text, { minLength: 5, maxLength: 5 }), (source, texts) => {
        const tried = attempt(() => renderPattern(parseGoPattern(source), { secretGroup: null, ignoresCase: false }));
        fc.pre('made' in tried);
        const [ours, theirs] = [new RegExp(tried.made), new RegExp(source)];
        for (const each of texts) expect([source, each, ours.exec(each)?.[0]]).toEqual([source, each, theirs.exec(each)?.[0]]);
      }),
      { numRuns: 2000 },
    );
  });
});
