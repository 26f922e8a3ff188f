import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createGate, type Keyword } from '../../src/engine/gate.ts';

function hits(keywords: readonly Keyword[], text: string): string[] {
  const found: string[] = [];
  createGate(keywords).scan(Buffer.from(text, 'latin1'), (owner, start) => void found.push(`${owner}@${start}`));
  return found.sort();
}

const keyword = (literal: string, owner = 0, ignoreCase = false): Keyword => ({ literal, owner, ignoreCase });

describe('the keyword gate', () => {
  it('finds each occurrence, overlapping ones too', () => {
    expect(hits([keyword('aaa')], 'aaaa')).toEqual(['0@0', '0@1']);
    expect(hits([keyword('token', 1), keyword('tok', 2)], 'a token')).toEqual(['1@2', '2@2']);
  });

  it('minds case unless told otherwise', () => {
    expect(hits([keyword('AKIA')], 'akia AKIA')).toEqual(['0@5']);
    expect(hits([keyword('secret', 0, true)], 'SeCrEt SECRET')).toEqual(['0@0', '0@7']);
  });

  it('refuses keywords that it could not find', () => {
    expect(() => createGate([keyword('ab')])).toThrow(RangeError);
    expect(() => createGate([keyword('clé!')])).toThrow(RangeError);
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
            literals.map((literal, owner) => keyword(literal, owner)),
            text,
          ),
        ).toEqual(expected.sort());
      }),
    );
  });
});
