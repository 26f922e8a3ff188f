import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJsonMistake } from '../../src/config/json-syntax.ts';

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe('JSON', () => {
  it.each([
    ['{"a":1,}', 7, 'expected a key in double quotes'],
    ['{"a"', 4, 'expected : after the key, but the file ends'],
    ['{"a": tru}', 6, 'expected a value'],
    ['{"a": }', 6, 'expected a value'],
    ['{"a": 1 "b": 2}', 8, 'expected , or the end of the list or object'],
    ['{"a": 1} x', 9, 'unexpected text after the end'],
    ['[1, 2', 5, 'expected , or the end of the list or object, but the file ends'],
    ['[', 1, 'expected a value or ], but the file ends'],
    ["{'a': 1}", 1, 'expected a key in double quotes or }'],
    ['[01]', 1, 'expected a value or ]'],
    ['"\n"', 0, 'expected a value'],
    ['[1}', 2, 'expected , or the end of the list or object'],
    ['{"a": 1} // note', 9, 'unexpected text after the end'],
    ['', 0, 'expected a value, but the file ends'],
  ])('%j goes wrong at %d', (text, offset, reason) => {
    expect(parseJsonMistake(text)).toEqual({ offset, reason });
    expect(isJson(text)).toBe(false);
  });

  it('is what JSON.parse takes', () => {
    fc.assert(fc.property(fc.json(), (text) => parseJsonMistake(text) === null));
    fc.assert(
      fc.property(
        fc.jsonValue(),
        fc.constantFrom(1, '\t'),
        (value, space) => parseJsonMistake(JSON.stringify(value, null, space)) === null,
      ),
    );
  });

  it('with one character changed is judged as JSON.parse does', () => {
    const change = fc.tuple(
      fc.json({ maxDepth: 3 }),
      fc.nat(),
      fc.constantFrom('', ',', '"', '}', ']', '{', '[', ':', '0', 'x', '\\', '\n', '-', '.', '\u007f'),
      fc.boolean(),
    );
    fc.assert(
      fc.property(change, ([json, position, character, isInserted]) => {
        const at = position % (json.length + 1);
        const text = json.slice(0, at) + character + json.slice(at + (isInserted ? 0 : 1));
        return (parseJsonMistake(text) === null) === isJson(text);
      }),
      { numRuns: 2000 },
    );
  });
});
