import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createGate } from '../../src/engine/gate.ts';
import { joinKeywords, keywordsOf } from '../../src/engine/keywords.ts';

/** Each keyword is an owner by itself. */
function hits(keywords: readonly string[], ignoreCase: boolean, text: string): string[] {
  const found: string[] = [];
  createGate(keywordsOf(keywords.map((keyword) => ({ keywords: [keyword], ignoreCase })))).scan(
    Buffer.from(text, 'latin1'),
    (owner, start) => void found.push(`${owner}@${start}`),
  );
  return found.sort();
}

describe('the keyword gate', () => {
  it('finds each occurrence, overlapping ones too', () => {
    expect(hits(['aaa'], false, 'aaaa')).toEqual(['0@0', '0@1']);
    expect(hits(['token', 'tok'], false, 'a token')).toEqual(['0@2', '1@2']);
  });

  it('minds case unless told otherwise', () => {
    expect(hits(['AKIA'], false, 'akia AKIA')).toEqual(['0@5']);
    expect(hits(['secret'], true, 'SeCrEt SECRET')).toEqual(['0@0', '0@7']);
  });

  it('tells owners of joined lists apart', () => {
    const first = keywordsOf([{ keywords: ['alpha', 'beta'], ignoreCase: false }]);
    const second = keywordsOf([{ keywords: ['gam'], ignoreCase: true }]);
    const found: string[] = [];
    createGate(joinKeywords(first, 3, second)).scan(Buffer.from('a GAM, a beta'), (owner, start) => void found.push(`${owner}@${start}`));
    expect(found).toEqual(['3@2', '0@9']);
  });

  it('refuses keywords that it could not find', () => {
    expect(() => keywordsOf([{ keywords: ['ab'], ignoreCase: false }])).toThrow(RangeError);
    expect(() => keywordsOf([{ keywords: ['clé!'], ignoreCase: true }])).toThrow(RangeError);
  });

  it('agrees with a plain search on any text', () => {
    const letters = fc.stringMatching(/^[abAB_1]{3,7}$/);
    fc.assert(
      fc.property(fc.uniqueArray(letters, { minLength: 1, maxLength: 12 }), fc.stringMatching(/^[abAB_1 ]{0,200}$/), (literals, text) => {
        const expected = literals.flatMap((literal, owner) =>
          Array.from({ length: text.length }, (_, at) => at)
            .filter((at) => text.startsWith(literal, at))
            .map((at) => `${owner}@${at}`),
        );
        expect(hits(literals, false, text)).toEqual(expected.sort());
      }),
    );
  });
});
