import { lowerInTests } from '../drafting/lower-in-tests.ts';
import { markedToken } from '../drafting/marked-token.ts';
import { looksRandom, namedKey, TO_VALUE } from '../drafting/named-secret.ts';
import { ruleSet, type Candidate, type Judgement } from '../../engine/rule.ts';
import { base32, base64, base64url } from '../drafting/sample.ts';
import { base64urlOf, base64Of } from '../drafting/shapes.ts';

/** Parts of a private key in JSON. */
const JWK_PART = /"(?<name>kty|d|k|n|x)"\s{0,5}:\s{0,5}"(?<value>[\w-]{1,2000}={0,2})"/g;

/** A JSON Web Key is private if it has a `d` (RSA, curves), or a `k` (symmetric). */
function judgeWebKey(candidate: Candidate): Judgement {
  const { text, secret, start } = candidate;
  const open = text.lastIndexOf('{', start);
  const close = text.indexOf('}', start);
  if (open === -1 || close === -1 || close - open > 6000) return false;
  const parts = new Map(Array.from(text.slice(open, close).matchAll(JWK_PART), ({ groups }) => [groups!['name']!, groups!['value']!]));
  const kind = parts.get('kty');
  const isPrivate =
    kind === 'oct' ? parts.get('k') === secret : kind !== undefined && parts.get('d') === secret && (parts.has('n') || parts.has('x'));
  return isPrivate && looksRandom(secret) && lowerInTests('medium')(candidate);
}

export const keyMaterial = ruleSet(
  {
    why: 'Anyone who has it can sign or decrypt as its owner.',
    advice: 'Create a new key, replace the old one wherever it is used, and keep it out of the repository.',
  },
  () => [
    {
      id: 'jwk-private-key',
      message: 'Private JSON Web Key',
      confidence: 'medium',
      keywords: ['"kty"'],
      anchor: 'text',
      pattern: /"[dk]"\s{0,5}:\s{0,5}"(?<secret>[\w-]{22,1400})"/,
      boundary: 'none',
      judge: judgeWebKey,
      docs: 'https://www.rfc-editor.org/rfc/rfc7517#section-9.2',
      samples: () => {
        const key = (parts: object): string => JSON.stringify({ keys: [parts] });
        return {
          found: [
            key({ kty: 'RSA', n: base64url(342), e: 'AQAB', d: base64url(342, 'd') }),
            key({ kty: 'EC', crv: 'P-256', x: base64url(43), y: base64url(43, 'y'), d: base64url(43, 'd') }),
            key({ kty: 'oct', k: base64url(43) }),
          ],
          ignored: [
            key({ kty: 'RSA', n: base64url(342), e: 'AQAB' }),
            `{ "d": "${base64url(43)}", "M": "0" }`,
            key({ kty: 'EC', x: base64url(43), d: 'x'.repeat(43) }),
          ],
        };
      },
    },
    {
      id: 'dotnet-rsa-key',
      message: '.NET RSA private key in XML',
      keywords: ['<RSAKeyValue>'],
      pattern: /<RSAKeyValue>[^\0]{100,3000}?<D>\s{0,10}(?<secret>[A-Za-z\d+/\s]{80,800}={0,2})\s{0,10}<\/D>/,
      boundary: 'none',
      docs: 'https://learn.microsoft.com/dotnet/api/system.security.cryptography.rsa.toxmlstring',
      samples: () => {
        const key = (last: string): string =>
          `<RSAKeyValue><Modulus>${base64(128)}</Modulus><Exponent>AQAB</Exponent>${last}</RSAKeyValue>`;
        return { found: [key(`<P>${base64(64)}</P><D>${base64(128, 'd')}</D>`)], ignored: [key(''), key('<D></D>')] };
      },
    },
    {
      id: 'minisign-key',
      message: 'minisign or signify secret key',
      // Algorithm `Ed`, with scrypt as its key derivation.
      ...markedToken({ markers: ['RWRTY0Iy'], body: base64Of(180, 220) }),
      docs: 'https://jedisct1.github.io/minisign/',
    },
    {
      id: 'vapid-private-key',
      message: 'VAPID private key for web push',
      ...namedKey({ names: ['vapid'], value: base64urlOf(43), words: ['private'] }),
      severity: 'medium',
      why: 'Anyone who has it can send push notifications in your name.',
      docs: 'https://www.rfc-editor.org/rfc/rfc8292',
    },
    {
      id: 'otpauth-url',
      message: 'One-time password seed',
      severity: 'high',
      keywords: ['otpauth://'],
      pattern: /otpauth:\/\/[ht]otp\/[^\s"'<>]{1,200}?[?&]secret=(?<secret>[A-Za-z2-7]{16,128})/,
      boundary: 'none',
      why: 'Anyone who has the seed can generate the second factor.',
      advice: 'Set up the second factor again; this makes a new seed.',
      docs: 'https://github.com/google/google-authenticator/wiki/Key-Uri-Format',
      samples: () => ({
        found: [
          `otpauth://totp/North:me?secret=${base64(60)
            .toUpperCase()
            .replaceAll(/[^A-Z2-7]/g, '')
            .slice(0, 32)}&issuer=North`,
        ],
        ignored: [['otpauth://totp/Example:alice?secret=', 'JBSWY3DP', 'EHPK3PXP'].join(''), 'otpauth://totp/a?secret=${secret}'],
      }),
    },
    {
      id: 'otpauth-migration-url',
      message: 'Authenticator app export',
      severity: 'high',
      keywords: ['otpauth-migration://'],
      pattern: /otpauth-migration:\/\/offline\?data=(?<secret>[A-Za-z\d%+/_-]{40,2000}={0,2})/,
      boundary: 'none',
      why: 'Anyone who has the seeds can generate the second factors.',
      advice: 'Set up each second factor again; this makes new seeds.',
      docs: 'https://support.google.com/accounts/answer/1066447',
      samples: () => ({
        found: [`otpauth-migration://offline?data=${encodeURIComponent(base64(60))}`],
        ignored: ['otpauth-migration://offline?data=...', 'otpauth-migration://offline?data=${data}'],
      }),
    },
    {
      id: 'totp-seed',
      message: 'One-time password seed in a setting',
      severity: 'high',
      confidence: 'medium',
      keywords: [
        'totp',
        'otp_secret',
        'otp_seed',
        'otp_key',
        'otpsecret',
        'mfa_secret',
        '2fa_secret',
        'two_factor_secret',
        'twofactorsecret',
      ],
      pattern: new RegExp(
        `(?:totp(?:[_-]?(?:secret|seed|key)){0,2}|otp_?(?:secret|seed|key)|(?:mfa|2fa|two_?factor)_?secret)${TO_VALUE}` +
          '(?<secret>[A-Z2-7]{52}|[A-Z2-7]{32}|[A-Z2-7]{26}|[A-Z2-7]{16})(?![\\w=])',
        'i',
      ),
      boundary: 'none',
      judge: ({ secret }) => /^[A-Z2-7]+$/.test(secret) && looksRandom(secret),
      why: 'Anyone who has the seed can generate the second factor.',
      advice: 'Set up the second factor again; this makes a new seed.',
      docs: 'https://www.rfc-editor.org/rfc/rfc6238',
      samples: () => ({
        found: [
          'TOTP_SECRET',
          'totp',
          'OTP_SECRET',
          'otp_seed',
          'otp_key',
          'otpSecret',
          'mfa_secret',
          '2fa_secret',
          'TWO_FACTOR_SECRET',
          'twoFactorSecret',
        ].map((name) => `${name} = "${base32(32)}"\n`),
        ignored: [
          `TOTP_SECRET=${base32(31)}\n`,
          ['TOTP_SECRET=', 'JBSWY3DP', 'EHPK3PXP', '\n'].join(''),
          'TOTP_SECRET=CHANGEMECHANGEME\n',
          `OTHER_SECRET=${base32(32)}\n`,
        ],
      }),
    },
  ],
);
