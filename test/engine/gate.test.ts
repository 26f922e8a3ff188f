import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createGate } from '../../src/engine/gate.ts';
import { type KeywordWindow, windowOf } from '../../src/engine/keyword-window.ts';

function hits(keywords: readonly KeywordWindow[], text: string): string[] {
  const found: string[] = [];
  createGate(keywords.map((window) => [window])).scan(Buffer.from(text, 'latin1'), (owner, start) => void found.push(`${owner}@${start}`));
  return found.sort();
}

describe('the keyword gate', () => {
  it('finds each occurrence, overlapping ones too', () => {
    expect(hits([windowOf('aaa', false)], 'aaaa')).toEqual(['0@0', '0@1']);
    expect(hits([windowOf('token', false), windowOf('tok', false)], 'a token')).toEqual(['0@2', '1@2']);
  });

  it('minds case unless told otherwise', () => {
    expect(hits([windowOf('AKIA', false)], 'akia AKIA')).toEqual(['0@5']);
    expect(hits([windowOf('secret', true)], 'SeCrEt SECRET')).toEqual(['0@0', '0@7']);
  });

  it('refuses keywords that it could not find', () => {
    expect(() => windowOf('ab', false)).toThrow(RangeError);
    expect(() => windowOf('clé!', true)).toThrow(RangeError);
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
        expect(
          hits(
            literals.map((literal) => windowOf(literal, false)),
            text,
          ),
        ).toEqual(expected.sort());
      }),
    );
  });
});
