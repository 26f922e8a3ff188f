import { parseJwt } from '../engine/proofs/jwt.ts';
import { ruleSet, type Candidate, type Judgement } from './rule.ts';
import { base64url, jwt } from './sample.ts';

/** Subjects and issuers of tokens in documents. */
const SAMPLE_SUBJECT = /^(?:1234567890|123456789|user-?123|John Doe|joe)$/i;

function judge({ text, secret, end }: Candidate): Judgement {
  // Five parts are an encrypted token.
  if (text[end] === '.') return false;
  const token = parseJwt(secret);
  if (token === null || token.algorithm.toLowerCase() === 'none') return false;
  const { payload, expiresAt } = token;
  if (
    payload['name'] === 'John Doe' ||
    [payload['sub'], payload['iss']].some((value) => typeof value === 'string' && SAMPLE_SUBJECT.test(value))
  )
    return false;
  // Made for browsers, with no rights of its own.
  if (payload['role'] === 'anon' && String(payload['iss']).startsWith('supabase')) return false;

  if (expiresAt !== null && expiresAt * 1000 < Date.now()) {
    return { severity: 'low', evidence: `it expired on ${dateOf(expiresAt)}` };
  }
  if (payload['role'] === 'service_role') return { severity: 'critical', message: 'Supabase service role key', confidence: 'high' };
  if (String(payload['sub']).startsWith('system:serviceaccount:')) {
    return { severity: 'critical', message: 'Token of a Kubernetes service account', confidence: 'high' };
  }
  return expiresAt === null ? true : { evidence: `it is good until ${dateOf(expiresAt)}` };
}

function dateOf(seconds: number): string {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? 'a day far off' : date.toISOString().slice(0, 10);
}

export const jwts = ruleSet(
  {
    severity: 'high',
    confidence: 'medium',
    why: 'Whoever has it is taken for its subject until it expires.',
    advice: 'Sign out its session or roll the key that signs such tokens, and read the new one from the environment.',
    docs: 'https://cheatsheetseries.owasp.org/cheatsheets/JSON_Web_Token_for_Java_Cheat_Sheet.html',
  },
  () => [
    {
      id: 'jwt',
      message: 'JSON Web Token',
      keywords: ['eyJ'],
      pattern: /(?<![\w.-](?<!\\[nrt]|%[\dA-Fa-f]{2}))eyJ[\w-]{10,2000}\.[\w-]{10,8000}\.[\w-]{20,1500}/,
      boundary: 'none',
      judge,
      samples: () => {
        const now = 1_700_000_000;
        const live = jwt({ sub: 'north|42', iat: now, exp: 4_000_000_000 });
        return {
          found: [
            `token = "${live}"`,
            `Authorization: Bearer ${live}`,
            `{"text":"a\\n${live}"}`,
            jwt({ sub: 'north|42', iat: now, exp: now + 60 }),
            jwt({ iss: 'supabase', role: 'service_role' }),
            jwt({ sub: 'system:serviceaccount:default:app', iss: 'kubernetes/serviceaccount' }, { alg: 'RS256', kid: '' }, base64url(342)),
          ],
          ignored: [
            jwt({ sub: '1234567890', name: 'John Doe', iat: 1_516_239_022 }),
            jwt({ sub: 'north|42' }, { alg: 'none' }),
            jwt({ sub: 'north|42' }, { typ: 'JWT' }),
            jwt({ iss: 'supabase', role: 'anon' }),
            `${live}.${base64url(40)}.${base64url(22)}`,
            `${live.split('.').slice(0, 2).join('.')}.`,
            `eyJ${base64url(60)}.${base64url(60)}.${base64url(43)}`,
            `w${live}`,
          ],
        };
      },
    },
  ],
);
