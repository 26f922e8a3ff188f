import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redactValue, renderExcerpt, visible } from '../../src/findings/redact.ts';

describe('a redacted value', () => {
  it('keeps its public marker and its length', () => {
    expect(redactValue(`abc_${'x'.repeat(36)}`, ['abc_', 'ab'])).toBe('abc_…[40]');
    expect(redactValue('hunter2hunter2', ['password'])).toBe('…[14]');
  });

  it('keeps no marker that is half of it', () => {
    expect(redactValue('abc_12', ['abc_'])).toBe('…[6]');
  });

  it('never holds any of the value but the marker', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[g-z]{8,60}$/), (secret) => {
        expect(redactValue(`key_${secret}`, ['key_'])).not.toContain(secret.slice(0, 4));
      }),
    );
  });
});

describe('text for a terminal', () => {
  it('holds nothing that moves the cursor, hides, or turns the direction of writing', () => {
    const invisible = [0x00, 0x1b, 0x7f, 0x9b, 0x061c, 0x200b, 0x200f, 0x2028, 0x202e, 0x2060, 0x2066, 0x2069, 0xfeff];
    expect(visible(String.fromCodePoint(...invisible))).toBe('\ufffd'.repeat(invisible.length));
    expect(visible('a\té 密 😀')).toBe('a é 密 😀');
  });
});

describe('an excerpt', () => {
  const cover = (line: string, value: string) => {
    const start = line.indexOf(value);
    return { start, end: start + value.length, text: redactValue(value, []) };
  };

  it('shows the line with the value covered and marked', () => {
    const line = '\tconst key = "hunter2hunter2";';
    const covered = cover(line, 'hunter2hunter2');
    const { text, mark } = renderExcerpt(line, [covered], [covered.start, covered.end]);
    expect(text).toBe('const key = "…[14]";');
    expect(text.slice(...mark)).toBe('…[14]');
  });

  it('marks what it does not cover', () => {
    const { text, mark } = renderExcerpt('  debugger; // here', [], [2, 10]);
    expect([text, text.slice(...mark)]).toEqual(['debugger; // here', 'debugger']);
  });

  it('is short, has no control characters, and never shows what is covered', () => {
    const words = fc.stringMatching(/^[a-f \t\r\u001b\u202e]{0,300}$/);
    fc.assert(
      fc.property(words, fc.stringMatching(/^[g-z]{10,80}$/), words, (before, secret, after) => {
        const line = before + secret + after;
        const covered = { start: before.length, end: before.length + secret.length, text: redactValue(secret, []) };
        const { text, mark } = renderExcerpt(line, [covered], [covered.start, covered.end]);
        expect(text.length).toBeLessThanOrEqual(200);
        expect(text).not.toContain(secret);
        // eslint-disable-next-line no-control-regex -- the point of the test
        expect(text).not.toMatch(/[\u0000-\u001f\u202e]/);
        expect(mark[0]).toBeGreaterThanOrEqual(0);
        expect(mark[1]).toBeLessThanOrEqual(text.length);
        expect(text.slice(...mark)).toContain('…');
      }),
    );
  });

  it('has its mark inside, whatever is marked and covered', () => {
    const line = fc.stringMatching(/^[a-f \t]{0,400}$/);
    const span = fc.tuple(fc.nat(400), fc.nat(400)).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);
    fc.assert(
      fc.property(line, span, span, (text, marked, covered) => {
        const clamp = ([a, b]: readonly [number, number]) => [Math.min(a, text.length), Math.min(b, text.length)] as const;
        const [start, end] = clamp(covered);
        const covers = start === end ? [] : [{ start, end, text: redactValue(text.slice(start, end), []) }];
        const { text: shown, mark } = renderExcerpt(text, covers, clamp(marked));
        expect(shown.length).toBeLessThanOrEqual(200);
        expect([0 <= mark[0], mark[0] <= mark[1], mark[1] <= shown.length]).toEqual([true, true, true]);
      }),
    );
  });

  it('cuts no character in two', () => {
    for (let shift = 0; shift < 2; shift++) {
      const { text } = renderExcerpt(`${'x'.repeat(shift)}${'😀'.repeat(200)}`, [], [150, 152]);
      expect(text.isWellFormed?.() ?? !/\p{Surrogate}/u.test(text)).toBe(true);
      expect(text.length).toBeLessThanOrEqual(200);
    }
  });
});
