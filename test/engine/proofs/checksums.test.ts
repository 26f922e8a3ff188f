import { crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { crc16, decodeBase32, encodeBase32, proveBase32Crc16 } from '../../../src/engine/proofs/base32-crc16.ts';
import { crc32Base62, proveCrc32Base62 } from '../../../src/engine/proofs/crc32-base62.ts';
import {
  atlassianTail,
  confluentTail,
  grafanaTail,
  proveAtlassianToken,
  proveConfluentSecret,
  proveGrafanaToken,
} from '../../../src/engine/proofs/crc32-tails.ts';
import { crc32Base36, proveGitlabToken } from '../../../src/engine/proofs/gitlab-routable.ts';
import { alnum, base64url, bytes } from '../../../src/rules/drafting/sample.ts';

/** The text with another character at a place. */
function altered(text: string, at: number): string {
  const place = at < 0 ? text.length + at : at;
  return text.slice(0, place) + (text[place] === 'a' ? 'b' : 'a') + text.slice(place + 1);
}

describe('CRC-32 in base62', () => {
  it('writes six digits, most significant first', () => {
    // The check value of CRC-32: 0xCBF43926 = 3421780262 = 3·62⁵ + 45·62⁴ + 35·62³ + 27·62² + 22·62 + 14.
    expect(crc32('123456789')).toBe(0xcbf43926);
    const digits = [3, 45, 35, 27, 22, 14];
    expect(digits.reduce((value, digit) => value * 62 + digit, 0)).toBe(0xcbf43926);
    const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
    expect(crc32Base62('123456789')).toBe(digits.map((digit) => alphabet[digit]).join(''));
    expect(crc32Base62('')).toBe('000000');
  });

  it.each(['ghp_', 'npm_', 'ghs_'])('proves tokens that begin with %s', (prefix) => {
    const body = alnum(30, prefix);
    const token = prefix + body + crc32Base62(body);
    expect(proveCrc32Base62(token)).toBe('passed');
    expect(proveCrc32Base62(altered(token, 10))).toBe('mismatch');
    expect(proveCrc32Base62(altered(token, -1))).toBe('mismatch');
  });
});

describe('GitLab tokens', () => {
  const head = `glpat-${base64url(40)}.01.14`;
  const token = head + crc32Base36(head);

  it('proves the newer form', () => {
    expect(proveGitlabToken(token)).toBe('passed');
    expect(proveGitlabToken(altered(token, 12))).toBe('mismatch');
    expect(proveGitlabToken(altered(token, -2))).toBe('mismatch');
    expect(proveGitlabToken(`glpat-${alnum(10)}.x`)).toBe('failed');
  });

  it('cannot tell of the older one', () => {
    expect(proveGitlabToken(`glpat-${alnum(20)}`)).toBeNull();
  });
});

describe('checksums at the end', () => {
  it('proves Atlassian tokens, also with an escaped `=`', () => {
    const head = `ATATT3xFfG${base64url(170)}=`;
    const token = head + atlassianTail(head);
    expect(proveAtlassianToken(token)).toBe('passed');
    expect(proveAtlassianToken(token.replace('=', '%3D'))).toBe('passed');
    expect(proveAtlassianToken(token.replace('=', '\\='))).toBe('passed');
    expect(proveAtlassianToken(altered(token, 30))).toBe('mismatch');
    expect(atlassianTail('123456789')).toBe('CBF43926');
  });

  it('proves Grafana tokens', () => {
    const head = `glsa_${alnum(32)}`;
    expect(proveGrafanaToken(`${head}_${grafanaTail(head)}`)).toBe('passed');
    expect(proveGrafanaToken(`${altered(head, 9)}_${grafanaTail(head)}`)).toBe('mismatch');
    expect(grafanaTail('123456789')).toBe('2639f4cb');
  });

  it('proves Confluent secrets', () => {
    const body = alnum(54);
    expect(proveConfluentSecret(`cflt${body}${confluentTail(body)}`)).toBe('passed');
    expect(proveConfluentSecret(`cflt${altered(body, 3)}${confluentTail(body)}`)).toBe('mismatch');
  });
});

describe('base32 with a CRC-16', () => {
  it('knows the check value of CRC-16/XMODEM', () => {
    expect(crc16(Buffer.from('123456789'))).toBe(0x31c3);
  });

  it('decodes what it encodes (RFC 4648)', () => {
    expect(encodeBase32(Buffer.from('foobar'))).toBe('MZXW6YTBOI');
    expect(decodeBase32('MZXW6YTBOI')?.toString()).toBe('foobar');
    expect(encodeBase32(Buffer.from('fooba'))).toBe('MZXW6YTB');
    expect(decodeBase32('MZXW1')).toBeNull();
  });

  it('proves a seed', () => {
    const payload = Buffer.concat([Buffer.of(0x90), bytes(32)]);
    const checksum = Buffer.alloc(2);
    checksum.writeUInt16LE(crc16(payload));
    const seed = encodeBase32(Buffer.concat([payload, checksum]));
    expect(seed).toHaveLength(56);
    expect(proveBase32Crc16(seed)).toBe('passed');
    expect(proveBase32Crc16(seed.slice(0, -4) + (seed.endsWith('AAAA') ? 'BBBB' : 'AAAA'))).toBe('mismatch');
    expect(proveBase32Crc16('S1')).toBe('failed');
  });
});
