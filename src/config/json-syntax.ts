/** The next expected token. `item` and `member` may also close the list or object. */
type Expected = 'value' | 'item' | 'key' | 'member' | 'colon' | 'after';

const WANTED: Readonly<Record<Expected, string>> = {
  value: 'expected a value',
  item: 'expected a value or ]',
  key: 'expected a key in double quotes',
  member: 'expected a key in double quotes or }',
  colon: 'expected : after the key',
  after: 'expected , or the end of the list or object',
};

const SPACE = /[ \t\r\n]*/y;
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const SCALAR = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])/y;

/**
 * The position of a syntax error in JSON (RFC 8259). `JSON.parse` reports it only for some mistakes, and its messages quote the text.
 *
 * @returns null if the text is valid JSON
 */
export function parseJsonMistake(text: string): { readonly offset: number; readonly reason: string } | null {
  const open: ('{' | '[')[] = [];
  let expected: Expected = 'value';
  let offset = 0;
  const take = (pattern: RegExp): boolean => {
    pattern.lastIndex = offset;
    const isThere = pattern.test(text);
    if (isThere) offset = pattern.lastIndex;
    return isThere;
  };

  for (;;) {
    take(SPACE);
    const next = text[offset];
    if (next === undefined && expected === 'after' && open.length === 0) return null;
    const isClosed = (next === '}' && open.at(-1) === '{') || (next === ']' && open.at(-1) === '[');
    if (isClosed && ['after', 'item', 'member'].includes(expected)) {
      open.pop();
      [expected, offset] = ['after', offset + 1];
    } else if (expected === 'after' && next === ',' && open.length > 0) {
      [expected, offset] = [open.at(-1) === '{' ? 'key' : 'value', offset + 1];
    } else if (expected === 'colon' && next === ':') {
      [expected, offset] = ['value', offset + 1];
    } else if ((expected === 'key' || expected === 'member') && take(STRING)) {
      expected = 'colon';
    } else if ((expected === 'value' || expected === 'item') && (next === '{' || next === '[')) {
      open.push(next);
      [expected, offset] = [next === '{' ? 'member' : 'item', offset + 1];
    } else if ((expected === 'value' || expected === 'item') && (take(STRING) || take(SCALAR))) {
      expected = 'after';
    } else {
      const reason = expected === 'after' && open.length === 0 ? 'unexpected text after the end' : WANTED[expected];
      return { offset, reason: next === undefined ? `${reason}, but the file ends` : reason };
    }
  }
}
