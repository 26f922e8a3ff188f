import { describe, expect, it } from 'vitest';
import { decodePercent, harmlessReason, isCommonPassword, isTranslation } from '../../src/engine/plausibility.ts';

describe('harmlessReason', () => {
  it.each([
    ['${DB_PASSWORD}', 'template'],
    ['{{ token }}', 'template'],
    ['%{sql:select x}', 'template'],
    ['%b64[Password:]b64%', 'template'],
    ['`pwd`', 'template'],
    ['$1@$2', 'template'],
    ["'.$pass.'", 'template'],
    ['/^ok$/i', 'template'],
    ['(P|p)assword.*', 'template'],
    ['=?UTF-8?B?0LzQvtC5?=', 'template'],
    ['a\u0001b\u0002c', 'bytes'],
    ['$1\xe6\x96\x87\xe5\xad\x97\xe7\x9b\xae\xe3\x81\xab$2', 'prose'],
    ['nullptr', 'placeholder'],
    ['q7Rz2kq7Rz2k', 'placeholder'],
    [Buffer.from('change this password').toString('hex'), 'placeholder'],
    ['GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ', 'placeholder'],
    ['{CRAM-MD5}e02d374fde0dc75a17a557039a3a5338', 'encrypted or hashed'],
    ['pbkdf2_sha256$260000$abc$def=', 'encrypted or hashed'],
    ['3|$argon2id$v=19$m=65536', 'encrypted or hashed'],
    ['ssha256', 'encrypted or hashed'],
    ['http:\\/\\/127.0.0.1:4430', 'path or address'],
    ['north@localhost', 'mail address'],
    ['AAAAB3NzaC1yc2EAAAADAQABAAABAQ', 'public key'],
    ['334 UGFzc3dvcmQ6', 'text in base64'],
    ['uid:gid:(gecos):home', 'identifier'],
    ['mschapv2-and-ntlmv2-only', 'identifier'],
    ['$TOKEN', 'template'],
    ['<your token>', 'template'],
    ['%s:%s', 'template'],
    ['(?:[a-z]+)', 'template'],
    ['process.env.TOKEN', 'look-up'],
    ['vault:secret/app', 'look-up'],
    ['ENC(a8f7d6e5)', 'encrypted or hashed'],
    ['sha256:0a1b2c', 'encrypted or hashed'],
    ['changeme', 'placeholder'],
    ['xxxxxxxx', 'placeholder'],
    ['your-api-key', 'placeholder'],
    ['https://acme.dev/a', 'path or address'],
    ['/run/secrets/db', 'path or address'],
    ['db.acme.internal', 'path or address'],
    ['2026-01-31', 'date'],
    ['1.2.3-beta', 'version'],
    ['me@acme.org', 'mail address'],
    ['#ff00aa', 'number'],
    ['0x1f', 'number'],
    ['app.auth.token', 'identifier'],
    ['MAX_TOKEN_COUNT', 'identifier'],
    ['Enter your password', 'placeholder'],
    ['The token is missing', 'prose'],
    ['Contrase\xc3\xb1a', 'prose'],
    ['20/m/ip', 'rate'],
    ['Nova zaporka', 'prose'],
    ['Adgangskode.', null],
    ['Gosod cyfrinair newydd ar gyfer', 'prose'],
    ['p\xc3\xa4ss4w7\xc3\xb6rd', null],
    ['kqzv xwjgt', null],
    ['kqzv xwjgt qzx', 'prose'],
    ['MYA*', 'template'],
    ['zyxel.net.if.in[{#SNMPINDEX}]', 'template'],
    ['hmac-sha256:08ba357e', 'encrypted or hashed'],
    ['test:$2y$05$zgjczyp96jCIp', 'encrypted or hashed'],
    ['U2FsdGVkX1/4sRsZ624w', 'encrypted or hashed'],
    ['0303030303030303', 'placeholder'],
    ['.DSSKey', 'look-up'],
    ['cGFzc3dvcmQgb2YgdGhlIGFkbWluCg==', 'text in base64'],
    ['ssh-rsa AAAAB3NzaC1yc2E', 'public key'],
  ])('%s is a %s', (value, reason) => {
    expect(harmlessReason(value)).toBe(reason);
  });

  it('reads words in base64', () => {
    expect(harmlessReason(Buffer.from('this is just some text').toString('base64'))).toBe('text in base64');
  });

  it.each(['kqzvxw', 'xk4w9q2z', 'Tz#7kq!Lw', 'f3a9c17be04d', 'W@vq1xo!!', 'rk-8fz_02.Qm'])('has nothing against %s', (value) => {
    expect(harmlessReason(value)).toBeNull();
  });
});

describe('isCommonPassword', () => {
  it('knows rows of the keyboard and what everybody tries first', () => {
    expect(['Qwerty!9', 'abc123xyz', 'P@ssw0rd', 'admin2024', 'letmein'].map(isCommonPassword)).toEqual([true, true, true, true, true]);
    expect(isCommonPassword('kqz7vxw')).toBe(false);
  });

  it.each(['p@/s5w0rd', 'pass\\0word', 's3krit', 'user:p%40ss', 'ch@nge-me'])('knows %s for what it is', (value) => {
    expect(isCommonPassword(value)).toBe(true);
  });

  it.each(['q-klmnopqr', 'ponmlkjihgfedcba', '0F101112131415161718191A1B1C1D1E'])('sees the row in %s', (value) => {
    expect(isCommonPassword(value)).toBe(true);
  });

  it('sees no row where steps differ', () => {
    expect(['klmnpqrs', '0f1113151719'].map(isCommonPassword)).toEqual([false, false]);
  });
});

describe('decodePercent', () => {
  it('leaves what is no escape', () => {
    expect(decodePercent('a%3Bb%zz%')).toBe('a;b%zz%');
  });
});

describe('isTranslation', () => {
  it.each([
    'i18n/de.json',
    'src/locales/fr/common.json',
    'lang/hr.php',
    'messages_nl.properties',
    'a/strings.xml',
    'po/sv.po',
    'Resources.resx',
  ])('%s is one', (path) => {
    expect(isTranslation(path)).toBe(true);
  });

  it.each(['src/app.ts', 'src/languages2.ts', 'src/slang/a.ts', 'config/settings.json'])('%s is none', (path) => {
    expect(isTranslation(path)).toBe(false);
  });
});
