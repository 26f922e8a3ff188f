import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withMember, withoutMember, withoutPrefix, withPrefix } from '../../../src/install/managers/json-members.ts';

const COMMAND = 'PATH="node_modules/.bin:$PATH" code-guardian hook pre-commit';

describe('withMember', () => {
  it.each([
    ['{}', '{"k": "v"}'],
    ['{\n}\n', '{"k": "v"\n}\n'],
    ['{ "a": 1 }', '{ "k": "v", "a": 1 }'],
    ['{\n\t"a": 1\n}\n', '{\n\t"k": "v",\n\t"a": 1\n}\n'],
    ['{\r\n  "a": {"b": []}}', '{\r\n  "k": "v",\r\n  "a": {"b": []}}'],
  ])('puts it first into %j, as the others stand', (text, edited) => {
    expect(withMember(text, [], 'k', 'v')).toBe(edited);
    expect(withoutMember(edited, [], 'k')).toBe(text);
  });

  it('finds an object in the file', () => {
    expect(withMember('{"x": {"y": {}}}', ['x', 'y'], 'k', 'v')).toBe('{"x": {"y": {"k": "v"}}}');
    expect(withMember('{"x": [1]}', ['x'], 'k', 'v')).toBeNull();
    expect(withMember('{"x": 1}', ['y'], 'k', 'v')).toBeNull();
    expect(withMember('[]', [], 'k', 'v')).toBeNull();
    expect(withMember('{"x": }{', [], 'k', 'v')).toBeNull();
    expect(withMember('a: 1\n', [], 'k', 'v')).toBeNull();
  });

  it('gives every file back to the byte', () => {
    const key = fc.constantFrom('a', 'b', 'pre-commit', 'é"\\');
    fc.assert(
      fc.property(fc.dictionary(key, fc.jsonValue({ maxDepth: 2 })), fc.constantFrom(undefined, 1, 2, '\t'), (data, space) => {
        const text = JSON.stringify({ hooks: data }, null, space);
        const edited = withMember(text, ['hooks'], 'k', COMMAND)!;
        // JSON knows no -0.
        expect(JSON.parse(edited)).toEqual(JSON.parse(JSON.stringify({ hooks: { ...data, k: COMMAND } })));
        expect(withoutMember(edited, ['hooks'], 'k')).toBe(text);
      }),
    );
  });
});

describe('withoutMember', () => {
  it.each([
    ['{"a": 1, "k": "v"}', '{"a": 1}'],
    ['{"a": 1, "k": "v", "b": 2}', '{"a": 1, "b": 2}'],
    ['{"a": {"b": [1]},\n"k": "v"\n}', '{"a": {"b": [1]}\n}'],
    ['{"a": 1}', '{"a": 1}'],
  ])('takes it out of %j wherever it stands', (text, rest) => {
    expect(withoutMember(text, [], 'k')).toBe(rest);
  });
});

describe('withPrefix', () => {
  it('puts a text before a command, and takes it out', () => {
    const text = '{"hooks": {"pre-commit": "npx \\"x\\""}}';
    const edited = withPrefix(text, ['hooks'], 'pre-commit', `${COMMAND} && `)!;
    expect(JSON.parse(edited)).toEqual({ hooks: { 'pre-commit': `${COMMAND} && npx "x"` } });
    expect(withoutPrefix(edited, ['hooks'], 'pre-commit', `${COMMAND} && `)).toBe(text);
    expect(withoutPrefix(text, ['hooks'], 'pre-commit', `${COMMAND} && `)).toBe(text);
  });

  it('does nothing to what is no text', () => {
    expect(withPrefix('{"k": ["a"]}', [], 'k', 'x')).toBeNull();
    expect(withPrefix('{"k": 1}', [], 'k', 'x')).toBeNull();
    expect(withPrefix('{}', [], 'k', 'x')).toBeNull();
  });
});
