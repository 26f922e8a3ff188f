import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attempt } from '../../src/errors/cannot-carry.ts';
import { chooseKeywords } from '../../src/config/import/choose-keywords.ts';
import { parseGoPattern } from '../../src/patterns/parse-go-pattern.ts';
import { requiredLiterals } from '../../src/patterns/required-literals.ts';
import { parseJsPattern } from '../../src/patterns/parse-js-pattern.ts';

describe('requiredLiterals', () => {
  it.each([
    ['acme_[a-z]{32}', ['acme_']],
    ['(?:acme|emca)_[a-z]{8}', ['acme_', 'emca_']],
    ['[a-z]{4}key[a-z]secret', ['secret']],
    ['(?:foo)?bar', ['bar']],
    ['(?:foo){2}', ['foofoo']],
    ['(?:foo)+', ['foo']],
    ['acme[-_]key', ['acme-key', 'acme_key']],
    ['\\bacme\\b', ['acme']],
    ['(?:longer|abc)[0-9]+', ['longer', 'abc']],
  ])('%s', (source, literals) => expect(requiredLiterals(parseGoPattern(source), false)).toEqual(literals));

  it.each(['[a-z]+', 'ab', '(?:acme)?[0-9]+', 'acme|[0-9]+', 'a.c', 'é', '\\w{32}'])('%s has none', (source) =>
    expect(requiredLiterals(parseGoPattern(source), false)).toBeNull(),
  );

  it('is in lower case where cases are not told apart', () => {
    expect(requiredLiterals(parseGoPattern('(?i)ACME[_-]Key'), true)).toEqual(['acme-key', 'acme_key']);
  });

  it('has one that stands in every match', () => {
    const piece = fc.constantFrom(
      'abc',
      'xy',
      'q',
      '[ab]',
      '[a-z]',
      '(?:abc|xyz)',
      '(?:ab|cde)c',
      'c?',
      '(?:abc)*',
      '(?:xyz){1,2}',
      '\\d',
      '\\b',
    );
    fc.assert(
      fc.property(
        fc.array(piece, { minLength: 1, maxLength: 5 }),
        fc.infiniteStream(fc.constantFrom('abc', 'xyz', 'ab', 'c', 'q', '1', 'xy', 'cde')),
        (pieces, words) => {
          const source = pieces.join('');
          const literals = requiredLiterals(parseJsPattern(source, ''), false);
          fc.pre(literals !== null);
          const text = Array.from({ length: 40 }, () => words.next().value as string).join('');
          for (const [match] of text.matchAll(new RegExp(source, 'g'))) {
            expect(
              literals.some((literal) => match.includes(literal)),
              `${source} in ${match}`,
            ).toBe(true);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('chooseKeywords', () => {
  const choose = (source: string, ...written: string[]) => attempt(() => chooseKeywords(parseGoPattern(source), written));

  it('takes the spelling of the pattern, for there keywords have no case', () => {
    expect(choose('ACME[A-Z]{8}', 'acme')).toEqual({ made: { keywords: ['ACME'], ignoresCase: false, note: null } });
  });

  it('derives them where none are written', () => {
    expect(choose('(?i)acme_[a-z]{8}')).toEqual({ made: { keywords: ['acme_'], ignoresCase: true, note: null } });
  });

  it('keeps those that the pattern does not need, without case where that changes nothing', () => {
    expect(choose('[0-9]{16}', 'Acme')).toEqual({ made: { keywords: ['acme'], ignoresCase: true, note: null } });
    expect(choose('key=[0-9a-fA-F]{16}', 'acme')).toMatchObject({
      made: { ignoresCase: false, note: expect.stringContaining('only in lower case') },
    });
  });

  it('spells them in the usual ways where case counts, and says so', () => {
    expect(choose('[a-z]{16}', 'acme')).toMatchObject({
      made: { keywords: ['acme', 'ACME', 'Acme'], note: expect.stringContaining('capitalized') },
    });
  });

  it('does without those that are too short', () => {
    expect(choose('zk_test_[a-z]{16}', 'zk')).toMatchObject({ made: { keywords: ['zk_test_'], note: null } });
    expect(choose('abc_[a-z]{16}', 'zk')).toMatchObject({ made: { keywords: ['abc_'], note: expect.stringContaining('too short') } });
  });

  it.each([[[]], [['sk']]])('says where there is nothing to look for: %s', (written) => {
    expect(choose('[a-z]{16}', ...written)).toEqual({ reason: expect.stringContaining('add `keywords`') });
  });
});
