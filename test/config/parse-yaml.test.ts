import { describe, expect, it } from 'vitest';
import { parseYaml, YamlMistake } from '../../src/config/parse-yaml.ts';

describe('YAML', () => {
  it.each([
    ['a: 1\nb: [x, null, 2026-01-31]', { a: 1, b: ['x', null, '2026-01-31'] }],
    ['base: &base { a: 1, b: 2 }\nmore: { <<: *base, b: 3 }', { base: { a: 1, b: 2 }, more: { a: 1, b: 3 } }],
    ['{ "a": [true, 1.5e3] }', { a: [true, 1500] }],
    ['"__proto__": 1', JSON.parse('{ "__proto__": 1 }')],
    ['# nothing', null],
  ])('%j is read', (text, value) => {
    expect(parseYaml(text)).toEqual(value);
  });

  it.each([
    ['a: 1\n\tb: 2', '2:1: tabs are not allowed as indentation'],
    ['a: 1\n---\nb: 2', '2:1: source contains multiple documents'],
    ['a: *none', '1:4: alias without an anchor before it'],
    ['a: 1\na: 2', '2:1: map keys must be unique'],
    ['a: !!js/regexp x', '1:4: unknown tag'],
  ])('%j is refused with its place', (text, told) => {
    expect(() => parseYaml(text)).toThrow(told);
  });

  it('is refused if its aliases make it very large', () => {
    const levels = Array.from({ length: 12 }, (_, i) => `a${i + 1}: &a${i + 1} [${Array(9).fill(`*a${i}`).join(', ')}]`);
    expect(() => parseYaml(['a0: &a0 x', ...levels].join('\n'))).toThrow(YamlMistake);
  });

  it('does not repeat what is written in it', () => {
    for (const text of [
      'a: "CANARY\\q"',
      '@CANARY',
      'a: *CANARY',
      'a: !CANARY x',
      'a: b: CANARY',
      '%CANARY x\n---\na: 1',
      'a: |CANARY\n  x',
    ]) {
      let message = '';
      try {
        parseYaml(text);
      } catch (thrown) {
        ({ message } = thrown as Error);
      }
      expect(message, text).not.toContain('CANARY');
      expect(message, text).toMatch(/^1:\d+: /);
    }
  });
});
