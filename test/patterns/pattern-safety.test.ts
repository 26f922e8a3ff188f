import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CATALOGUE } from '../../src/rules/catalogue.ts';
import { describeRisk, findPatternRisks } from '../../src/patterns/pattern-safety.ts';

/** Shape and part of the source. */
function risksOf(source: string, flags = ''): string[] {
  return findPatternRisks(source, flags).map(({ shape, start, end }) => `${shape} ${source.slice(start, end)}`);
}

describe('findPatternRisks', () => {
  it.each([
    ['(a+)+$', 'nested (a+)+'],
    ['acme_(\\w+\\s?)+;', 'nested (\\w+\\s?)+'],
    ['(?:\\w+-?)*!', 'nested (?:\\w+-?)*'],
    ['(.*,)*x', 'nested (.*,)*'],
    ['((?:ab)+)+x', 'nested ((?:ab)+)+'],
    ['(?:foo[a-z]+)+!', 'nested (?:foo[a-z]+)+'],
    ['(?:\\w{1,3})+!', 'nested (?:\\w{1,3})+'],
    ['(?:\\w{8,16})+!', 'nested (?:\\w{8,16})+'],
    ['(?:a?a)+b', 'nested (?:a?a)+'],
    ['(\\w|\\d)+!', 'alternatives (\\w|\\d)+'],
    ['(?:a|aa)+$', 'alternatives (?:a|aa)+'],
    ['(?:[a-z]|x|-)*=', 'alternatives (?:[a-z]|x|-)*'],
    ['\\w*\\d*x', 'adjacent \\w*\\d*'],
    ['\\s*\\s*=', 'adjacent \\s*\\s*'],
    ['key.*.*=', 'adjacent .*.*'],
    ['[a-z]+-?[a-z0-9]+!', 'adjacent [a-z]+-?[a-z0-9]+'],
    ['([a-z]+)(\\w+)$', 'adjacent ([a-z]+)(\\w+)'],
    ['[a-z]+\\w+(;|$)', 'adjacent [a-z]+\\w+'],
  ])('tells %s', (source, risk) => expect(risksOf(source)).toEqual([risk]));

  it.each([
    'acme_[a-z0-9]{32}',
    '(?:[a-z]+-)+[a-z]+',
    '(?:\\w+\\.)+com',
    '(?:"(?:[^"\\\\]|\\\\.)*")+',
    "'(?:[^'\\\\]|\\\\.)*'",
    '(?:ab|ac)+d',
    '(?:\\d{4}-)+x',
    '(?:\\d{1,3}\\.){3}\\d{1,3}',
    '(\\w{1,3}){1,20}x',
    '\\s*[:=]\\s*["\']?(?<secret>[\\w-]+)["\']?\\b',
    'key\\s*=?\\s*\\w+$',
    'token:\\s*(.+)$',
    '\\w{0,50}\\d{0,50}x',
    '[a-z]+\\d+x',
    'password.*=.*$',
    'acme_\\w+\\w*',
    '(?:a|b|c)+d',
    '(?:\\b\\w+\\b)+x',
    '^(?:(?!foo).)+$',
    '-----BEGIN [A-Z ]+-----[\\s\\S]+?-----END',
    '(?:\\\\["\\\\]|[^"\\\\])+"',
  ])('has nothing against %s', (source) => expect(risksOf(source)).toEqual([]));

  it('sees letters of either case where the flag says so', () => {
    expect(risksOf('(?:a|A)+x')).toEqual([]);
    expect(risksOf('(?:a|A)+x', 'i')).toEqual(['alternatives (?:a|A)+']);
  });

  it('tells every place', () => expect(risksOf('(a+)+b|(c*)*d')).toEqual(['nested (a+)+', 'nested (c*)*']));

  it('has nothing against the built-in rules', () => {
    const patterns = CATALOGUE.flatMap((rule) => (rule.kind === 'content' ? [rule.pattern] : []));
    expect(patterns.length).toBeGreaterThan(100);
    expect(patterns.flatMap(({ source, flags }) => risksOf(source, flags))).toEqual([]);
  });

  it('reads whatever RegExp takes', () => {
    const pieces =
      '( (?: (?= (?<! (?<n> ) [ [^ ] - { } {2} {2,} {,3} * + ? \\ \\1 \\k<n> \\b \\u0041 \\u{41} \\cA \\p{L} | . ^ $ a é 😀 , 9'.split(' ');
    const accepts = (source: string, flags: string): boolean => {
      try {
        return new RegExp(source, flags) instanceof RegExp;
      } catch {
        return false;
      }
    };
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 9 }), fc.constantFrom('', 'i', 'u', 'ims'), (parts, flags) => {
        const source = parts.join('');
        fc.pre(accepts(source, flags));
        const risks = findPatternRisks(source, flags);
        return risks.every(({ start, end }) => start >= 0 && start < end && end <= source.length);
      }),
      { numRuns: 3000 },
    );
  });
});

describe('describeRisk', () => {
  it('quotes the part, says where it is and how to write it', () => {
    const source = 'acme_(\\w+)+;';
    const [risk] = findPatternRisks(source, '');
    expect(describeRisk(source, risk!)).toMatch(
      /^may take very long, for its part \(\\w\+\)\+ \(character 6\) repeats what repeats already: let one/,
    );
  });

  it('cuts a long part', () => {
    const source = `(?:${'a'.repeat(60)}+)+;`;
    expect(describeRisk(source, findPatternRisks(source, '')[0]!)).toContain(`(?:${'a'.repeat(37)}… (character 1)`);
  });
});
