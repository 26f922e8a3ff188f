import { describe, expect, it } from 'vitest';
import { hasEscapes, mayHaveEscapes, unescape } from '../../src/engine/escapes.ts';

describe('unescape', () => {
  it.each([
    ['a%2Fb%2fc', 'a/b/c'],
    [String.raw`a\/b`, 'a/b'],
    [String.raw`a\u003db\u003D`, 'a=b='],
    [String.raw`\x41b`, 'Ab'],
    ['a&#47;b&#x2F;c', 'a/b/c'],
    ['a&amp;b&lt;&gt;&quot;', 'a&b<>"'],
    ['50%25', '50%'],
    // Characters of more than one byte, and what only looks like an escape.
    [String.raw`%41\u20ac`, String.raw`A\u20ac`],
    ['%41 100%', 'A 100%'],
    ['%41%C3%A9', 'A%C3%A9'],
  ])('%s → %s', (text, plain) => {
    expect(unescape(text, 0, text.length)?.text).toBe(plain);
  });

  it('knows where each character came from', () => {
    const text = 'key=a%2Fb%3D;';
    const { text: plain, offsets } = unescape(text, 4, text.length)!;
    expect(plain).toBe('a/b=;');
    expect(offsets).toEqual([4, 5, 8, 9, 12, 13]);
    expect(text.slice(offsets[0], offsets[4])).toBe('a%2Fb%3D');
  });

  it('says that there is nothing to undo', () => {
    for (const text of ['', 'plain', '100% & more', String.raw`C:\temp\new`]) {
      expect(unescape(text, 0, text.length)).toBeNull();
      expect(hasEscapes(text)).toBe(false);
    }
    expect(mayHaveEscapes('plain')).toBe(false);
    expect(mayHaveEscapes('a%2F')).toBe(true);
  });
});
