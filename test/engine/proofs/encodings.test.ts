import { describe, expect, it } from 'vitest';
import { accountOfKeyId, isDocumentedAccount } from '../../../src/engine/proofs/aws-account.ts';
import { proveAccountKey, proveCaskKey, proveSharedAccessKey } from '../../../src/engine/proofs/azure-key.ts';
import { encodeBase32 } from '../../../src/engine/proofs/base32-crc16.ts';
import { decodeBase58, encodeBase58Check, proveBase58Check } from '../../../src/engine/proofs/base58check.ts';
import { decodeBase64, decodeBase64url, decodeJsonObject } from '../../../src/engine/proofs/base64-bytes.ts';
import { encodeBech32, proveBech32 } from '../../../src/engine/proofs/bech32.ts';
import { parseJwt } from '../../../src/engine/proofs/jwt.ts';
import { macaroonHead, provePypiToken } from '../../../src/engine/proofs/macaroon.ts';
import { alnum, base64, bytes, jwt } from '../../../src/rules/drafting/sample.ts';

describe('base64', () => {
  it('is strict about length, padding and unused bits', () => {
    expect(decodeBase64('Zm9v')?.toString()).toBe('foo');
    expect(decodeBase64('Zm8=')?.toString()).toBe('fo');
    expect(decodeBase64('Zm8')).toBeNull();
    expect(decodeBase64('Zm9=')).toBeNull();
    expect(decodeBase64('Zm9v!')).toBeNull();
    expect(decodeBase64url('_-8')?.length).toBe(2);
    expect(decodeBase64url('_-8=')?.length).toBe(2);
    expect(decodeBase64url('_-9')).toBeNull();
  });

  it('reads JSON objects only', () => {
    const encode = (text: string): string => Buffer.from(text).toString('base64url');
    expect(decodeJsonObject(encode('{"a":1}'))).toEqual({ a: 1 });
    for (const text of ['[1]', 'null', '1', '{', '']) expect(decodeJsonObject(encode(text))).toBeNull();
  });
});

describe('Azure keys', () => {
  it('have 64 or 32 bytes', () => {
    expect(proveAccountKey(base64(64))).toBeNull();
    expect(proveAccountKey(base64(63))).toBe('failed');
    expect(proveSharedAccessKey(base64(32))).toBeNull();
    expect(proveSharedAccessKey(base64(33))).toBe('failed');
  });

  it('carry a mark at offset 52', () => {
    expect(proveCaskKey(`${alnum(52)}JQQJ99BD${alnum(24)}`)).toBe('passed');
    expect(proveCaskKey(`${alnum(51)}JQQJ99BD${alnum(25)}`)).toBe('failed');
  });
});

describe('AWS key ids', () => {
  it('hold the account', () => {
    // 123456789012 · 2⁷ in six bytes, then the rest of the id.
    const head = Buffer.alloc(6);
    head.writeUIntBE(123_456_789_012 * 128, 0, 6);
    const id = `AKIA${encodeBase32(Buffer.concat([head, bytes(4)]))}`;
    expect(accountOfKeyId(id)).toBe('123456789012');
    expect(isDocumentedAccount('123456789012')).toBe(true);
    expect(isDocumentedAccount('581039954779')).toBe(false);
  });

  it('of the documents decode as published', () => {
    expect(accountOfKeyId(['AKIA', 'IOSFODNN7', 'EXAMPLE'].join(''))).toBe('581039954779');
  });

  it('that are not base32 hold none', () => {
    expect(accountOfKeyId('AKIA0189')).toBeNull();
    expect(accountOfKeyId('AKIAAAA')).toBeNull();
  });
});

describe('bech32', () => {
  it('passes the vectors of BIP-173', () => {
    expect(proveBech32('A12UEL5L')).toBe('passed');
    expect(proveBech32('a12uel5l')).toBe('passed');
    expect(proveBech32('split1checkupstagehandshakeupstreamerranterredcaperred2y9e3w')).toBe('passed');
  });

  it('fails wrong ones', () => {
    for (const text of ['A12UEL5l', '1pzry9x0s0muk', 'x1b4n0q5v', 'noseparator']) expect(proveBech32(text)).toBe('failed');
    expect(proveBech32('A12UEL5M')).toBe('mismatch');
  });

  it('encodes what it proves', () => {
    expect(encodeBech32('a', [])).toBe('a12uel5l');
    expect(
      proveBech32(
        encodeBech32(
          'age-secret-key-',
          Array.from(bytes(52), (byte) => byte & 31),
        ),
      ),
    ).toBe('passed');
  });
});

describe('Base58Check', () => {
  it('decodes and proves', () => {
    expect(decodeBase58('2NEpo7TZRRrLZSi2U')?.toString()).toBe('Hello World!');
    expect(decodeBase58('11')).toEqual(Buffer.of(0, 0));
    expect(decodeBase58('0')).toBeNull();
    const text = encodeBase58Check(Buffer.concat([Buffer.of(0, 4), bytes(40)]));
    expect(text.startsWith('1')).toBe(true);
    expect(proveBase58Check(text)).toBe('passed');
    expect(proveBase58Check(text.slice(0, -1) + (text.endsWith('2') ? '3' : '2'))).toBe('mismatch');
    expect(proveBase58Check('1')).toBe('failed');
    expect(proveBase58Check('l0')).toBe('failed');
  });
});

describe('PyPI tokens', () => {
  const tokenOf = (location: string): string =>
    `pypi-${Buffer.concat([macaroonHead(location), Buffer.of(2, 36), bytes(120)]).toString('base64url')}`;

  it('name their host', () => {
    expect(tokenOf('pypi.org').startsWith('pypi-AgEIcHlwaS5vcmc')).toBe(true);
    expect(provePypiToken(tokenOf('pypi.org'))).toBe('passed');
    expect(provePypiToken(tokenOf('test.pypi.org'))).toBe('passed');
    expect(provePypiToken(tokenOf('pypi.net'))).toBe('failed');
    expect(provePypiToken('pypi-!')).toBe('mismatch');
  });
});

describe('JSON Web Tokens', () => {
  it('tell algorithm and expiry', () => {
    expect(parseJwt(jwt({ sub: 'a', exp: 5 }))).toMatchObject({ algorithm: 'HS256', expiresAt: 5, payload: { sub: 'a' } });
    expect(parseJwt(jwt({ sub: 'a', exp: 'soon' }))?.expiresAt).toBeNull();
  });

  it('are none without algorithm, payload or signature', () => {
    expect(parseJwt(jwt({}, { typ: 'JWT' }))).toBeNull();
    expect(parseJwt(jwt({}).split('.').slice(0, 2).join('.'))).toBeNull();
    expect(parseJwt(`${jwt({}).split('.')[0]}.bm8.c2ln`)).toBeNull();
    expect(parseJwt('')).toBeNull();
  });
});
