import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { placeholderReason } from '../../../src/engine/placeholder.ts';
import { readBareKey, readPrivateKey } from '../../../src/engine/proofs/private-key.ts';
import { base64, bytes } from '../../../src/rules/drafting/sample.ts';

/** Label and body of an armoured key, read as a rule reads it. */
function read(pem: string): ReturnType<typeof readPrivateKey> {
  const [, label, body] = /-----BEGIN ([A-Z ]+)-----([^]*)-----END/.exec(pem)!;
  return readPrivateKey(label!, body!);
}

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
const ed25519 = generateKeyPairSync('ed25519').privateKey;
const PASSPHRASE = { cipher: 'aes-256-cbc', passphrase: 'north' } as const;

describe('private keys', () => {
  it('as Node and OpenSSL write them are well formed', () => {
    const pems = [
      rsa.export({ type: 'pkcs1', format: 'pem' }),
      rsa.export({ type: 'pkcs8', format: 'pem' }),
      ec.export({ type: 'sec1', format: 'pem' }),
      ec.export({ type: 'pkcs8', format: 'pem' }),
      ed25519.export({ type: 'pkcs8', format: 'pem' }),
    ];
    for (const pem of pems) {
      expect(read(pem.toString())).toEqual({ isEncrypted: false, isWellFormed: true });
      expect(placeholderReason(pem.toString())).toBeNull();
    }
  });

  it('with a passphrase are told', () => {
    expect(read(rsa.export({ type: 'pkcs8', format: 'pem', ...PASSPHRASE }).toString())).toEqual({ isEncrypted: true, isWellFormed: true });
    expect(read(rsa.export({ type: 'pkcs1', format: 'pem', ...PASSPHRASE }).toString())).toEqual({ isEncrypted: true, isWellFormed: true });
  });

  it('are read from literals, comments and JSON', () => {
    const pem = ec.export({ type: 'pkcs8', format: 'pem' }).toString();
    const lines = pem.trim().split('\n');
    const forms = [
      JSON.stringify({ key: pem }),
      JSON.stringify(JSON.stringify({ key: pem })),
      lines.map((line) => `'${line}\\n'`).join(' +\n  '),
      lines.map((line) => `"${line}\\n" \\`).join('\n'),
      lines.map((line) => `  * ${line}`).join('\n'),
      lines.map((line) => `// ${line}`).join('\r\n'),
      lines.map((line) => `            ${line}`).join('\n'),
      lines.map((line) => `  '${line}',`).join('\n'),
      lines.map((line) => `echo "${line}" >> key.pem`).join('\n'),
      lines.map((line) => `+${line}`).join('\n'),
      lines.join('&#10;'),
      lines.join('&#xA;'),
      lines.join('<br>\n'),
      lines.join('\\u000a'),
      lines.map((line, i) => (i === 0 || i === lines.length - 1 ? line : encodeURIComponent(line))).join('%0A'),
    ];
    expect(forms.filter((form) => read(form)?.isWellFormed !== true)).toEqual([]);
  });

  it('of OpenSSH name their cipher', () => {
    const body = (cipher: string): string =>
      Buffer.concat([Buffer.from('openssh-key-v1\0'), Buffer.of(0, 0, 0, cipher.length), Buffer.from(cipher), bytes(200)]).toString(
        'base64',
      );
    expect(readPrivateKey('OPENSSH PRIVATE KEY', body('none'))).toEqual({ isEncrypted: false, isWellFormed: true });
    expect(readPrivateKey('OPENSSH PRIVATE KEY', body('aes256-ctr'))).toEqual({ isEncrypted: true, isWellFormed: true });
    expect(readPrivateKey('OPENSSH PRIVATE KEY', base64(200))).toEqual({ isEncrypted: false, isWellFormed: false });
  });

  it('of OpenPGP begin with a secret key packet', () => {
    const body = (tag: number): string =>
      `\nVersion: GnuPG v2\n\n${Buffer.concat([Buffer.of(tag), bytes(300)]).toString('base64')}\n=aB3d\n`;
    const read = (tag: number): boolean | undefined => readPrivateKey('PGP PRIVATE KEY BLOCK', body(tag))?.isWellFormed;
    expect([0x94, 0x95, 0x9d, 0xc5, 0xc7].map(read)).toEqual([true, true, true, true, true]);
    expect([0x99, 0xc6, 0x05].map(read)).toEqual([false, false, false]);
  });

  it('of OpenPGP say whether a passphrase guards them', () => {
    const number = (bits: number): Buffer => Buffer.concat([Buffer.of(bits >> 8, bits & 255), bytes(Math.ceil(bits / 8))]);
    const oid = Buffer.from([8, 0x2a, 0x86, 0x48, 0xce, 0x3d, 3, 1, 7]);
    const publicParts: [algorithm: number, parts: Buffer[]][] = [
      [1, [number(2048), number(17)]],
      [17, [number(2048), number(256), number(2048), number(2046)]],
      [16, [number(2048), number(3), number(2046)]],
      [19, [oid, number(515)]],
      [18, [oid, number(515), Buffer.of(3, 1, 8, 7)]],
    ];
    const heads = [
      (length: number) => Buffer.of(0x95, length >> 8, length & 255),
      (length: number) => Buffer.of(0xc5, 0xc0 + ((length - 192) >> 8), (length - 192) & 255),
    ];
    for (const head of heads) {
      for (const [algorithm, parts] of publicParts) {
        const read = (usage: number): boolean | undefined => {
          const packet = Buffer.concat([Buffer.of(4, 0x60, 0, 0, 0, algorithm), ...parts, Buffer.of(usage), bytes(120)]);
          return readPrivateKey('PGP PRIVATE KEY BLOCK', Buffer.concat([head(packet.length), packet]).toString('base64'))?.isEncrypted;
        };
        expect([read(0), read(254)]).toEqual([false, true]);
      }
    }
  });

  it('without armour are told from public ones', () => {
    const der = { format: 'der' } as const;
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    expect(
      [
        rsa.export({ type: 'pkcs1', ...der }),
        rsa.export({ type: 'pkcs8', ...der }),
        ec.export({ type: 'sec1', ...der }),
        ec.export({ type: 'pkcs8', ...der }),
        ed25519.export({ type: 'pkcs8', ...der }),
      ].map(readBareKey),
    ).toEqual(Array(5).fill('key'));
    expect(readBareKey(rsa.export({ type: 'pkcs8', ...der, ...PASSPHRASE }))).toBe('encrypted key');
    expect(readBareKey(Buffer.concat([Buffer.from('feedfeed00000002', 'hex'), bytes(300)]))).toBe('key store');
    const others = [
      publicKey.export({ type: 'spki', ...der }),
      publicKey.export({ type: 'pkcs1', ...der }),
      bytes(300),
      Buffer.of(0x30, 0),
    ];
    expect(others.map(readBareKey)).toEqual([null, null, null, null]);
  });

  it('that are cut off are keys, but not well formed', () => {
    const pem = rsa.export({ type: 'pkcs1', format: 'pem' }).toString();
    const body = pem.split('\n').slice(1, 8).join('\n');
    expect(readPrivateKey('RSA PRIVATE KEY', body)).toEqual({ isEncrypted: false, isWellFormed: false });
  });

  it('are none without a body', () => {
    const bodies = ['', '\n...\n', '\n<key>\n', '\\n${KEY}\\n', 'A'.repeat(600), `\n${base64(20)}\n`, `\n${base64(100)} (truncated)\n`];
    expect(bodies.filter((body) => readPrivateKey('PRIVATE KEY', body) !== null)).toEqual([]);
  });
});
