import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planPieces } from '../../src/engine/long-lines.ts';

const lines = fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 20 }).map((lengths) => lengths.map((n) => 'x'.repeat(n)).join('\n'));

describe('pieces of a text', () => {
  it('are the whole text where no line is too long', () => {
    const bytes = Buffer.from('one\ntwo\nthree\n'.repeat(100));
    expect(planPieces(bytes, 10)).toEqual([{ start: 0, end: bytes.length, from: 0, to: bytes.length }]);
    expect(planPieces(Buffer.from('x'.repeat(10)), 10)).toHaveLength(1);
    expect(planPieces(Buffer.from('x'.repeat(11)), 10)).toHaveLength(2);
  });

  it('own each byte once, see some more on both sides, and are cut in overlong lines only', () => {
    fc.assert(
      fc.property(lines, fc.integer({ min: 1, max: 200 }), (text, max) => {
        const bytes = Buffer.from(text);
        const pieces = planPieces(bytes, max);
        let at = 0;
        for (const { start, end, from, to } of pieces) {
          expect(from).toBe(at);
          expect(start).toBe(Math.max(0, from - Math.ceil(max / 2)));
          expect(end).toBe(Math.min(bytes.length, to + Math.ceil(max / 2)));
          at = to;
          // No line within what it owns is too long.
          expect(
            Math.max(
              ...text
                .slice(from, to)
                .split('\n')
                .map((line) => line.length),
            ),
          ).toBeLessThanOrEqual(max);
        }
        expect(at).toBe(bytes.length);
        const isLong = text.split('\n').some((line) => line.length > max);
        expect(pieces.length > 1).toBe(isLong);
      }),
    );
  });
});
