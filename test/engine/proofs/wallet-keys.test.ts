import { describe, expect, it } from 'vitest';
import { decodeBase58, encodeBase58, encodeBase58Check } from '../../../src/engine/proofs/base58check.ts';
import { encodeRippleSeed, proveRippleSeed, proveWif } from '../../../src/engine/proofs/wallet-keys.ts';
import { bytes } from '../../../src/rules/drafting/sample.ts';

describe('base58', () => {
  it('reads what it has written', () => {
    for (const payload of [bytes(64), Buffer.concat([Buffer.alloc(2), bytes(20)])]) {
      expect(decodeBase58(encodeBase58(payload))).toEqual(payload);
    }
  });
});

describe('wallet import format', () => {
  const key = bytes(32);
  const wif = (...parts: Uint8Array[]): string => encodeBase58Check(Buffer.concat(parts));

  it('proves keys of both networks, with and without the mark of a compressed key', () => {
    for (const version of [0x80, 0xef]) {
      expect(proveWif(wif(Buffer.of(version), key))).toBe('passed');
      expect(proveWif(wif(Buffer.of(version), key, Buffer.of(1)))).toBe('passed');
    }
  });

  it('knows the example of the Bitcoin wiki', () => {
    const parts = ['5HueCGU8rMjx', 'EXxiPuD5BDku', '4MkFqeZyd4dZ', '1jvhTVqvbTLvyTJ'];
    expect(proveWif(parts.join(''))).toBe('passed');
  });

  it('turns down other versions, lengths and checksums', () => {
    expect(proveWif(wif(Buffer.of(0), key))).toBe('failed');
    expect(proveWif(wif(Buffer.of(0x80), key, Buffer.of(2)))).toBe('failed');
    expect(proveWif(wif(Buffer.of(0x80), key.subarray(1)))).toBe('failed');
    const right = wif(Buffer.of(0x80), key);
    expect(proveWif(right.slice(0, -1) + (right.endsWith('z') ? 'y' : 'z'))).toBe('failed');
    expect(proveWif('0'.repeat(51))).toBe('failed');
  });
});

describe('seeds of the XRP Ledger', () => {
  it('knows the seed of the first account', () => {
    // The phrase behind it is "masterpassphrase".
    const parts = ['snoPBrXtMe', 'MyMHUVTgbu', 'qAfg1SUTb'];
    expect(proveRippleSeed(parts.join(''))).toBe('passed');
  });

  it('proves what it has written, and nothing else', () => {
    const seed = encodeRippleSeed(bytes(16));
    expect(seed).toMatch(/^s.{28}$/);
    expect(proveRippleSeed(seed)).toBe('passed');
    expect(proveRippleSeed(seed.slice(0, -1) + (seed.endsWith('r') ? 'p' : 'r'))).toBe('failed');
    expect(proveRippleSeed(encodeRippleSeed(bytes(17)))).toBe('failed');
  });
});
