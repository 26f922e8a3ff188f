import { describe, expect, it } from 'vitest';
import { countByte, decodeText } from '../../src/engine/decode.ts';

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

describe('a byte', () => {
  it('is counted wherever it stands', () => {
    expect(countByte(Buffer.from('\na\n\n'), 0x0a)).toBe(3);
    expect(countByte(Buffer.alloc(0), 0x0a)).toBe(0);
  });
});
