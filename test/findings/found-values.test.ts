import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FoundValues } from '../../src/findings/found-values.ts';
import { redactValue } from '../../src/findings/redact.ts';

const VALUE = ['Tr0ub4dor', 'and3', 'Zx9'].join('&');
const SHOWN = redactValue(VALUE, []);

function found(...values: readonly string[]): FoundValues {
  const all = new FoundValues();
  for (const value of values) all.add(value, redactValue(value, []));
  return all;
}

describe('a value that was found', () => {
  it.each([
    ['as it is', `# was ${VALUE} once`, `# was ${SHOWN} once`],
    ['twice', `${VALUE} ${VALUE}`, `${SHOWN} ${SHOWN}`],
    ['within a word', `x${VALUE}x`, `x${SHOWN}x`],
    ['percent-encoded', `?p=${encodeURIComponent(VALUE)}&q=1`, `?p=${SHOWN}&q=1`],
    ['escaped in markup', `<p>${VALUE.replaceAll('&', '&amp;')}</p>`, `<p>${SHOWN}</p>`],
    ['escaped in JSON', JSON.stringify({ p: VALUE.replaceAll('&', '\\u0026') }).replaceAll('\\\\u', '\\u'), `{"p":"${SHOWN}"}`],
  ])('is hidden %s', (_, text, shown) => {
    expect(found(VALUE).hide(text).text).toBe(shown);
  });

  it('is hidden behind backslashes, and without them where it was found with them', () => {
    const value = 'pa"ss\\word9"x';
    const escaped = JSON.stringify(value).slice(1, -1);
    for (const [one, other] of [
      [value, escaped],
      [escaped, value],
    ] as const) {
      expect(found(one).hide(`p = "${other}";`).text).toBe(`p = "…[${one.length}]";`);
    }
  });

  it.each(['', 'u', 'user:', 'user:x', 'ab'])('is hidden in base64, behind %j', (before) => {
    for (const encoding of ['base64', 'base64url'] as const) {
      const token = Buffer.from(`${before}${VALUE} and more`).toString(encoding);
      const { text } = found(VALUE).hide(`Basic ${token}`);
      expect(text).toBe(`Basic …[${token.length}]`);
      expect(found(VALUE).hide(`…${token.slice(3)}`, true).text).not.toContain(token.slice(3, 11));
    }
  });

  it('is hidden where the edge of an excerpt cuts it', () => {
    for (let length = 4; length < VALUE.length; length++) {
      expect(found(VALUE).hide(`a = '${VALUE.slice(0, length)}…`, true).text).toBe(`a = '${SHOWN}…`);
      expect(found(VALUE).hide(`…${VALUE.slice(-length)}'; b`, true).text).toBe(`…${SHOWN}'; b`);
    }
  });

  it('of several lines is hidden line by line', () => {
    const lines = ['k3Vd9QxZ7rT1mW5bN8c', 'pL2sF6hJ4gD0aYuEoI'];
    expect(found(lines.join('\n')).hide(`// ${lines[1]}`).text).toBe('// …[38]');
  });

  it('that is short is hidden as a whole word alone', () => {
    const { text } = found('hunter2').hide('hunter2 hunter22 xhunter2 "hunter2"');
    expect(text).toBe('…[7] hunter22 xhunter2 "…[7]"');
  });

  it('is hidden in names and messages, but a plain word is not', () => {
    const all = found('password', VALUE);
    expect(all.hideInName(`docs/password/${VALUE}.md`)).toBe(`docs/password/${SHOWN}.md`);
  });

  it('is hidden wherever it is in random text, and marks move with the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), fc.boolean(), (before, after, isEncoded) => {
        const spelling = isEncoded ? encodeURIComponent(VALUE) : VALUE;
        const text = `${before} ${spelling} ${after}|mark|`;
        const { text: shown, move } = found(VALUE).hide(text);
        expect(shown).not.toContain(spelling);
        const start = text.lastIndexOf('|mark|');
        expect(shown.slice(move(start, 'start'), move(start + 6, 'end'))).toBe('|mark|');
      }),
    );
  });

  it('leaves other text as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        fc.pre(!text.includes(VALUE.slice(0, 4)));
        expect(found(VALUE).hide(text).text).toBe(text);
      }),
    );
  });
});

it('no value can be read back', () => {
  const all = new FoundValues();
  all.add(VALUE, SHOWN);
  expect(JSON.stringify(all)).toBe('{}');
  expect(Object.getOwnPropertyNames(all)).toEqual([]);
});
