import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentParts, eachOf, renderDocument, renderJsonText } from '../../src/report/json-document.ts';

describe('a document in parts', () => {
  it('is the same text as in one piece', () => {
    const value = fc.jsonValue();
    fc.assert(
      fc.property(fc.array(value), value, fc.array(value), (items, other, more) => {
        const whole = { other, items, left: undefined, deep: [{ more, other }, []] };
        const streamed = {
          other,
          items: eachOf(items, (item) => item),
          left: undefined,
          deep: [{ more: eachOf(more, (item) => item), other }, []],
        };
        expect([...documentParts(streamed)].join('')).toBe(renderDocument(whole));
      }),
    );
  });

  it('computes an item only when its part is written', () => {
    const written: number[] = [];
    const parts = documentParts({ items: eachOf([1, 2, 3], (item) => (written.push(item), item)) });
    let text = '';
    while (!text.includes('1')) text += parts.next().value!;
    expect(written).toEqual([1]);
  });
});

it('a terminal and a runner’s log read no command in it, and a parser reads the same value', () => {
  const value = '\u001b[2J \u009b \u202e ##[error]x';
  const text = renderJsonText({ [value]: value });
  expect(text).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]|##\[/);
  expect(JSON.parse(text)).toEqual({ [value]: value });
});
