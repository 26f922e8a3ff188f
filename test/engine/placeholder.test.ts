import { describe, expect, it } from 'vitest';
import { placeholderReason } from '../../src/engine/placeholder.ts';
import { alnum, digits } from '../../src/rules/drafting/sample.ts';

describe('a value that nobody has to hide', () => {
  it.each([
    ['says so', `acme_EXAMPLE${alnum(20)}`, 'says that it is an example'],
    ['is to be replaced', 'acme_your-key-here', 'says that it is an example'],
    ['is crossed out', `acme_${'x'.repeat(20)}`, 'filled with one repeated character'],
    ['is of stars', 'acme_******', 'filled with one repeated character'],
    ['is one letter', `acme_${'q'.repeat(8)}`, 'filled with one repeated character'],
    ['was typed along the alphabet', 'acme_abcdefghijklmnop', 'runs through the alphabet'],
    ['was typed along the keys', 'acme_01234567890', 'runs through the alphabet'],
    ['stands in the documents', documented(), "an example from the provider's documentation"],
  ])('%s', (_, value, reason) => {
    expect(placeholderReason(value)).toBe(reason);
  });

  it.each([
    ['is random', `acme_${alnum(32)}`],
    ['has a run by chance', `acme_${alnum(16)}qqqqqqq${alnum(8)}`],
    ['has an id beside it', `acme-1234567890-${digits(12, 'b')}-${alnum(24)}`],
    ['has an id of zeros beside it', `00000000000:${alnum(35)}`],
    ['is long and holds zero bytes', alnum(200) + 'A'.repeat(40) + alnum(200)],
  ])('is none that %s', (_, value) => {
    expect(placeholderReason(value)).toBeNull();
  });

  it('may be long as well, where it is filled to the end', () => {
    expect(placeholderReason(alnum(200) + 'A'.repeat(64))).toBe('filled with one repeated character');
  });
});

/** The first key of the mnemonic that every Hardhat node prints. */
function documented(): string {
  return `0x${['ac0974bec39a17e36ba4a6b4d238ff944b', 'acb478cbed5efcae784d7bf4f2ff80'].join('')}`;
}
