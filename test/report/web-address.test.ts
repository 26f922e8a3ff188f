import { expect, it } from 'vitest';
import { webAddress } from '../../src/report/web-address.ts';

it.each(['https://example.com/a?b=c#d', 'http://example.com', 'https://example.com/a_(b)'])('%s is a link', (url) => {
  expect(webAddress(url)).toBe(url);
});

it.each([
  'docs/rules.md#a',
  '',
  'javascript:alert(1)',
  'https://',
  'https://a b',
  'https://a">',
  'https://a\n::error::x',
  ' https://a',
  'https://a`b',
])('%j is not a link', (text) => {
  expect(webAddress(text)).toBeUndefined();
});
