import { describe, expect, it } from 'vitest';
import { keywordsOf } from '../../src/engine/keywords.ts';

/** The four bytes that the gate looks for. */
function windowOf(keyword: string): string {
  const end = keywordsOf([{ keywords: [keyword], ignoreCase: true }]).ends[0]!;
  return keyword.slice(Math.max(0, end - 3), end + 1);
}

describe('the window of a keyword', () => {
  it('is the one of the rarest letters', () => {
    expect(windowOf('north_xqzj')).toBe('xqzj');
    expect(windowOf('token')).toBe('oken');
  });

  it.each([
    ['consul', 'cons', 'every other line has `const`'],
    ['string_qu', 'ring', 'there are strings everywhere'],
  ])('of %s is not %s: %s', (keyword, common) => {
    expect(windowOf(keyword)).not.toBe(common);
  });

  it('is all of a short one', () => {
    expect(windowOf('key')).toBe('key');
  });
});
