import { createHmac } from 'node:crypto';
import { decodeJsonObject } from '../../engine/proofs/base64-bytes.ts';
import { isTestPath } from '../../engine/test-path.ts';
import { hasJoseParameter } from '../reading/jose-header.ts';
import { ruleSet, type Candidate, type Judgement } from '../../engine/rule.ts';
import { base64url, jwt } from '../drafting/sample.ts';

type Claims = Readonly<Record<string, unknown>>;

/** What is still readable in a header that was truncated or edited by hand. */
const DAMAGED_HEADER = /^\{[^{}]{0,300}"(?:alg|typ|kid|enc)"/;
/** Claims that say who or what a token is for. */
const OWNER =
  /^(?:iss|sub|aud|exp|jti|azp|appid|oid|uid|scopes?|scp|roles?|permissions)$|user|client|email|login|account|tenant|session|perm/i;
/** Subjects, names and issuers of tokens in documentation. */
const SAMPLE_CLAIM =
  /^(?:1234567890|123456789|user-?123|(?:jon|john|jane) doe|joe|alice|bob|test|foo|bar|https?:\/\/(?:[\w-]+\.)*example\.\w+\/?)$/i;
const TIMES = new Set(['exp', 'iat', 'nbf', 'auth_time']);
const REGISTERED = new Set(['iss', 'sub', 'aud', 'jti', ...TIMES]);
/** Words in the claims of examples. */
const THROWAWAY = new Set(
  (
    '1234567890 123456789 acme admin alice bar baz bob b claim claims company com data doe example false foo hello http https ' +
    'jane joe john jon key me name org payload qux root single some test testing this true user value world www'
  ).split(' '),
);
/** Secrets that documentation and its tools sign with. */
const PUBLISHED_SECRETS = (
  'secret your-256-bit-secret your-384-bit-secret your-512-bit-secret a-string-secret-at-least-256-bits-long AllYourBase hello key jwt ' +
  'password test testing secretkey secret-key secret_key my_secret my-secret mysecret changeme supersecret shhhhh qwertyuiopasdfghjklzxcvbnm123456'
).split(' ');
/** Length of the signature, for algorithms with a fixed one. */
const SIGNATURE_LENGTH: Readonly<Record<string, number>> = { HS256: 43, HS384: 64, HS512: 86, ES256: 86, ES384: 128, ES512: 176 };

/** Why a signed token is unlikely to work, strongest reason first; null if there is no reason. */
function weaknessOf(header: Claims, payload: Claims, signature: string, now: number): string | null {
  if (expiryOf(payload) < now / 1000) return `expired on ${dateOf(expiryOf(payload))}`;
  const alg = header['alg'];
  if (typeof alg !== 'string') return 'no algorithm in its header';
  if (alg.toLowerCase() === 'none') return 'no signature';
  // A NATS user signs with a seed that is not in the token.
  if (alg.startsWith('ed25519')) return 'useless without its seed';
  const length = SIGNATURE_LENGTH[alg];
  if (length !== undefined && length !== signature.length) return 'truncated or made-up signature';
  if ([payload['name'], payload['sub'], payload['iss']].some((value) => SAMPLE_CLAIM.test(String(value))))
    return 'example name, subject or issuer';
  return Object.keys(payload).some((claim) => OWNER.test(claim)) ? null : 'no claim says who it is for';
}

function judge({ text, now, path, secret, end }: Candidate): Judgement {
  const token = secret.startsWith('eyJ') ? secret : Buffer.from(secret, 'base64').toString('latin1');
  const [head = '', body = '', ...rest] = token.split('.');
  const header = decodeJsonObject(head);
  if (header === null) return judgeDamaged(head, body, rest);
  if (!hasJoseParameter(header)) return false;
  // Header, key, nonce, ciphertext and tag: an encrypted token.
  if (rest.length === 3) return { severity: 'low', message: 'Encrypted JSON Web Token', evidence: 'can be used without decrypting it' };
  const payload = decodeJsonObject(body);
  if (payload === null) return rest.length === 1 && isSignature(rest[0]!) && low('payload cannot be decoded');

  const [signature] = rest;
  if (signature === undefined) {
    const isCut = text.startsWith('.', end) && header['alg'] !== 'none';
    return !isCut && !isTestPath(path) && low('no signature');
  }
  if (rest.length > 1 || !isSignature(signature)) return false;
  if (isThrowaway(payload)) return { severity: 'info', message: 'Example JSON Web Token', evidence: 'all claims are example words' };
  if (isPublished(`${head}.${body}`, header['alg'], signature)) return low('signed with a secret from public documentation');
  return judgeClaims(path, payload, weaknessOf(header, payload, signature, now));
}

function judgeClaims(path: string, payload: Claims, weakness: string | null): Judgement {
  if (payload['role'] === 'anon' && String(payload['iss']).startsWith('supabase')) {
    return { severity: 'info', message: 'Supabase anon key', evidence: 'public by design: it has no rights of its own' };
  }
  if (weakness !== null) return low(weakness);
  if (payload['role'] === 'service_role') return { severity: 'critical', message: 'Supabase service_role key', confidence: 'high' };
  if (String(payload['sub']).startsWith('system:serviceaccount:')) {
    return { severity: 'critical', message: 'Kubernetes service account token', confidence: 'high' };
  }
  const expiry = expiryOf(payload);
  const evidence = expiry === Infinity ? 'never expires' : `valid until ${dateOf(expiry)}`;
  if (isTestPath(path)) return { severity: 'medium', evidence };
  // An ID token identifies a user; it grants no access.
  return 'at_hash' in payload || 'c_hash' in payload || 'nonce' in payload
    ? { severity: 'medium', message: 'OpenID Connect ID token', evidence }
    : { evidence };
}

/** The header is not JSON any more, so the whole value has to have the shape of a token. */
function judgeDamaged(head: string, body: string, rest: readonly string[]): Judgement {
  const isToken = rest.length === 1 && rest[0]!.length >= 43 && body.startsWith('eyJ');
  return isToken && DAMAGED_HEADER.test(Buffer.from(head, 'base64').toString('latin1')) && low('damaged header');
}

function isSignature(part: string): boolean {
  return part.length >= 20 && new Set(part).size >= 12;
}

/** Was the token signed with a secret from documentation? */
function isPublished(signed: string, alg: unknown, signature: string): boolean {
  const [, bits] = /^HS(256|384|512)$/.exec(String(alg)) ?? [];
  return (
    bits !== undefined &&
    PUBLISHED_SECRETS.some((secret) => createHmac(`sha${bits}`, secret).update(signed).digest('base64url') === signature)
  );
}

/** `{"foo":"bar"}`, `{"sub":"1234567890","name":"John Doe"}`: no claim means anything. */
function isThrowaway(payload: Claims): boolean {
  const texts: string[] = [];
  const collect = (value: unknown): void => {
    if (typeof value === 'object' && value !== null) {
      for (const [name, inner] of Object.entries(value)) {
        if (!Array.isArray(value) && !REGISTERED.has(name)) texts.push(name);
        if (typeof inner !== 'number' || !TIMES.has(name)) collect(inner);
      }
    } else texts.push(String(value));
  };
  collect(payload);
  return (
    texts.length > 0 &&
    texts.every((text) => text.split(/[^\p{L}\d]+/u).every((word) => THROWAWAY.has(word.toLowerCase()) || /^\d{0,4}$/.test(word)))
  );
}

function low(evidence: string): Judgement {
  return { severity: 'low', evidence };
}

/** Seconds since 1970; Infinity if the token never expires. */
function expiryOf(payload: Claims): number {
  return typeof payload['exp'] === 'number' ? payload['exp'] : Infinity;
}

function dateOf(seconds: number): string {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? 'a date far in the future' : date.toISOString().slice(0, 10);
}

const PARTS = String.raw`eyJ[\w-]{10,4000}\.[\w-]{0,8000}(?:\.[\w-]{1,8000}){0,3}`;

export const jwts = ruleSet(
  {
    severity: 'high',
    confidence: 'medium',
    why: 'Anyone who has it can act as its subject until it expires.',
    advice: 'End its session or rotate the signing key, and read the new token from the environment.',
    docs: 'https://cheatsheetseries.owasp.org/cheatsheets/JSON_Web_Token_for_Java_Cheat_Sheet.html',
  },
  () => [
    {
      id: 'jwt',
      message: 'JSON Web Token',
      // The second keyword is the first one in base64.
      keywords: ['eyJ', 'ZXlK'],
      pattern: new RegExp(String.raw`(?<![\w.-](?<!\\[nrt]|%[\dA-Fa-f]{2}))(?:${PARTS}|ZXlK[A-Za-z\d+/]{80,16000}={0,2})(?!\w)`),
      boundary: 'none',
      judge,
      samples: () => {
        const now = 1_700_000_000;
        const live = jwt({ sub: 'north|42', iat: now, exp: 4_000_000_000 });
        const [head, body, signature] = live.split('.');
        const encode = (text: string): string => Buffer.from(text).toString('base64');
        return {
          found: [
            `token = "${live}"`,
            `Authorization: Bearer ${live}`,
            `{"text":"a\\n${live}"}`,
            `redirect?token%3D${live}`,
            encode(live),
            `SESSION=${encode(live)}\n`,
            jwt({ sub: 'north|42', iat: now, exp: now + 60 }),
            jwt({ sub: '1234567890', name: 'Jon Doe', iat: now }),
            jwt({ sub: 'north|42' }, { alg: 'none' }),
            jwt({ sub: 'north|42' }, { typ: 'JWT' }),
            jwt({ iss: 'supabase', role: 'service_role' }),
            jwt({ iss: 'supabase', role: 'anon' }),
            jwt({ sub: 'system:serviceaccount:default:app', iss: 'kubernetes/serviceaccount' }, { alg: 'RS256', kid: '' }, base64url(342)),
            jwt({ sub: 'north|42', at_hash: 'x' }, { alg: 'RS256' }, base64url(342)),
            // Encrypted with a key of its own, and with a shared key.
            `${head}.${base64url(60)}.${base64url(16)}.${base64url(80)}.${base64url(22)}`,
            `${jwt({}, { alg: 'dir', enc: 'A256GCM' }).split('.')[0]}..${base64url(16)}.${base64url(80)}.${base64url(22)}`,
            `"${head}.${body}"`,
            // Edited by hand.
            `${encode('{"alg":\x01,"typ":"JWT"}').replace(/=+$/, '')}.${body}.${signature}`,
            `${head}.${base64url(60)}.${signature}`,
          ],
          ignored: [
            `${live}.${base64url(40)}.`,
            `${head}.${body}.…`,
            `${head}.${body}.xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx`,
            `${head}.${body}.short`,
            { path: 'README.md', text: `echo -n "${head}.${body}" | openssl dgst` },
            `eyJ${base64url(60)}.${base64url(60)}.${base64url(43)}`,
            jwt({ sub: 'north|42' }, { north: 1 }),
            encode(`{"north":"${base64url(80)}"}`),
            encode(`eyJ${base64url(90)}`),
            `w${live}`,
          ],
        };
      },
    },
  ],
);
