import { describe, expect, it } from 'vitest';
import { countByte, decodeText, viewsOf } from '../../src/engine/decode.ts';

const LITTLE = Buffer.of(0xff, 0xfe);
const BIG = Buffer.of(0xfe, 0xff);
const utf16 = (text: string) => Buffer.from(text, 'utf16le');
const swapped = (text: string) => utf16(text).swap16();

describe('a blob', () => {
  it.each([
    ['UTF-8', Buffer.from('né\n'), 'utf-8'],
    ['Latin-1', Buffer.from('né\n', 'latin1'), 'utf-8'],
    ['text with a NUL', Buffer.from('one\0two and more'), 'utf-8'],
    ['binary data', Buffer.from([1, 0, 0, 2, 0, 0, 0, 3, 9]), 'utf-8'],
    ['nothing but NUL bytes', Buffer.alloc(64), 'utf-8'],
    ['no bytes', Buffer.alloc(0), 'utf-8'],
    ['one byte', Buffer.of(0), 'utf-8'],
    ['UTF-16 with its mark', Buffer.concat([LITTLE, utf16('密码\n')]), 'utf-16le'],
    ['UTF-16 the other way round', Buffer.concat([BIG, swapped('密码\n')]), 'utf-16be'],
    ['UTF-16 without a mark', utf16('key = value\n'), 'utf-16le'],
    ['UTF-16 the other way round without a mark', swapped('key = value\n'), 'utf-16be'],
  ] as const)('of %s is read as such', (_, blob, encoding) => {
    expect(decodeText(blob).encoding).toBe(encoding);
  });

  it('that is no UTF-16 is scanned as it is', () => {
    const blob = Buffer.from([0xe9, 0, 0xff]);
    expect(decodeText(blob).bytes).toBe(blob);
  });

  it.each([
    ['utf16le', utf16],
    ['utf16be', swapped],
  ] as const)('of %s is scanned as UTF-8; the blob stays as it was', (_, encode) => {
    const blob = encode('key = wert 密\nnext\n');
    const before = Buffer.from(blob);
    expect(decodeText(blob)).toMatchObject({ bytes: Buffer.from('key = wert 密\nnext\n'), hasGitLines: true });
    expect(blob).toEqual(before);
  });

  it('of UTF-16 may end within a character', () => {
    const blob = Buffer.concat([BIG, swapped('ab'), Buffer.of(0)]);
    expect(decodeText(blob).bytes.toString()).toBe('\ufeffab');
  });

  it('of UTF-16 breaks its lines elsewhere than git does where a character holds the byte of a line end', () => {
    expect(decodeText(Buffer.concat([LITTLE, utf16('ਅ\n')])).hasGitLines).toBe(false);
    expect(decodeText(Buffer.concat([LITTLE, utf16('Ċ')])).hasGitLines).toBe(false);
  });
});

describe('the views of a blob', () => {
  const SECRET = ['acme', 'q1w8e7r2t5y6'].join('_');
  const utf32 = (text: string, isBig = false): Buffer =>
    Buffer.concat(
      Array.from(text, (char) => {
        const bytes = Buffer.alloc(4);
        if (isBig) bytes.writeUInt32BE(char.codePointAt(0)!);
        else bytes.writeUInt32LE(char.codePointAt(0)!);
        return bytes;
      }),
    );
  const shows = (blob: Buffer): boolean => viewsOf(blob).some(({ bytes }) => bytes.includes(SECRET));

  it.each([
    ['ASCII', Buffer.from(SECRET)],
    ['ASCII behind a mark of UTF-16', Buffer.concat([LITTLE, Buffer.from(SECRET)])],
    ['ASCII behind the other mark of UTF-16', Buffer.concat([BIG, Buffer.from(SECRET)])],
    ['UTF-16 and then ASCII', Buffer.concat([LITTLE, utf16('first line\n'), Buffer.from(`${SECRET}\n`)])],
    ['ASCII and then UTF-16', Buffer.concat([Buffer.from('one\n'.repeat(2000)), utf16(`${SECRET}\n`)])],
    ['UTF-16 at an odd offset', Buffer.concat([LITTLE, utf16('a\n'), Buffer.from('b'), utf16(`${SECRET}\n`)])],
    ['UTF-16 without a mark', swapped(`${SECRET}\n`)],
    ['UTF-32', utf32(`\ufeffkey = ${SECRET} 密\n`)],
    ['UTF-32 the other way round', utf32(`\ufeffkey = ${SECRET} 密\n`, true)],
    ['UTF-32 without a mark', utf32(`key = ${SECRET}\n`, true)],
    ['binary data', Buffer.concat([Buffer.of(0, 1, 2, 0xff), utf16(SECRET), Buffer.of(0, 0, 0)])],
  ])('show what is in %s', (_, blob) => {
    expect(shows(blob)).toBe(true);
  });

  it('are one for plain text, and keep the lines of git', () => {
    expect(viewsOf(Buffer.from('one\ntwo'))).toHaveLength(1);
    const mixed = Buffer.concat([Buffer.from('one\n\n'), utf16('two and more\nthree\n')]);
    const narrow = viewsOf(mixed).at(-1)!;
    expect(narrow.bytes.toString()).toBe('one\n\ntwo and more\nthree\n');
    expect(countByte(narrow.bytes, 0x0a)).toBe(countByte(mixed, 0x0a));
  });
});

describe('a byte', () => {
  it('is counted wherever it stands', () => {
    expect(countByte(Buffer.from('\na\n\n'), 0x0a)).toBe(3);
    expect(countByte(Buffer.alloc(0), 0x0a)).toBe(0);
  });
});
