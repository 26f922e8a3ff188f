import { describe, expect, it } from 'vitest';
import { TextFacts } from '../../src/engine/text-facts.ts';

describe('facts of a text', () => {
  it('are derived once, each by its own function', () => {
    let derivations = 0;
    const length = (text: string): number => {
      derivations++;
      return text.length;
    };
    const first = (text: string): string => text.charAt(0);
    const facts = new TextFacts('acme');
    expect([facts.of(length), facts.of(first), facts.of(length)]).toEqual([4, 'a', 4]);
    expect(derivations).toBe(1);
  });

  it('belong to their text', () => {
    const length = (text: string): number => text.length;
    expect([new TextFacts('a').of(length), new TextFacts('ab').of(length)]).toEqual([1, 2]);
  });
});
