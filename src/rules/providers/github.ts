import { crc32Base62, proveCrc32Base62 } from '../../engine/proofs/crc32-base62.ts';
import { parseJwt } from '../../engine/proofs/jwt.ts';
import { namedSecret } from '../drafting/named-secret.ts';
import { ruleSet, type Proof } from '../../engine/rule.ts';
import { alnum, allSamples, digits, hex, jwt, tokenSamples } from '../drafting/sample.ts';

/**
 * Classic tokens have a checksum; newer `ghs_` tokens consist of an app ID and a JWT. What the checksum of a fine-grained token covers is
 * not public.
 */
function proveGithubToken(token: string): Proof {
  if (token.startsWith('github_pat_')) return null;
  if (!token.includes('.')) return proveCrc32Base62(token);
  return parseJwt(token.slice(token.indexOf('eyJ'))) === null ? 'failed' : 'passed';
}

function withChecksum(length: number): string {
  const body = alnum(length - 6);
  return body + crc32Base62(body);
}

export const github = ruleSet(
  {
    why: 'Anyone who has it can read and change repositories as its owner.',
    advice: 'Revoke it in your GitHub settings, and check the security log.',
    docs: 'https://docs.github.com/authentication/keeping-your-account-and-data-secure/token-expiration-and-revocation',
  },
  () => [
    {
      id: 'github-token',
      message: 'GitHub token',
      keywords: ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_', 'github_pat_'],
      pattern:
        /(?:ghs_\d{1,12}_eyJ[\w-]{10,2000}\.[\w-]{10,4000}\.[\w-]{20,1000}|ghr_[A-Za-z\d]{76}|gh[pousr]_[A-Za-z\d]{36}|github_pat_[A-Za-z\d]{22}_[A-Za-z\d]{59})/,
      prove: proveGithubToken,
      samples: () =>
        allSamples(
          ...['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'].map((marker) => tokenSamples(marker, withChecksum(36))),
          tokenSamples('ghr_', withChecksum(76)),
          tokenSamples(`github_pat_${alnum(22)}_`, alnum(59)),
          {
            found: [`TOKEN=ghs_${digits(7)}_${jwt({ iss: 'github', exp: 2e9 })}\n`],
            ignored: [`TOKEN=ghs_${digits(7)}_eyJ${alnum(30)}.${alnum(40)}.${alnum(43)}\n`, `TOKEN=ghp_${'a'.repeat(36)}\n`],
            doubtful: [`TOKEN=ghp_${alnum(36)}\n`],
          },
        ),
    },
    {
      id: 'github-client-secret',
      message: 'GitHub OAuth client secret',
      why: 'Anyone who has it can pose as your app, or forge its webhook events.',
      ...namedSecret({
        names: ['github'],
        value: '[\\da-f]{40}',
        credential: 'client_?secret|clientsecret|webhook_?secret|oauth_?secret|app_?secret',
      }),
      severity: 'high',
      docs: 'https://docs.github.com/apps/oauth-apps/maintaining-oauth-apps/troubleshooting-authorization-request-errors',
      advice: "Create a new client secret in the app's settings, and delete this one.",
      samples: () => ({
        found: [`GITHUB_CLIENT_SECRET=${hex(40)}\n`, `github: { clientSecret: '${hex(40)}' }`],
        ignored: [`github_sha_key=${hex(40)}\n`, `GITHUB_CLIENT_SECRET=${hex(39)}\n`, `uses: github/action@${hex(40)}\n`],
      }),
    },
  ],
);
