import { markedToken } from '../drafting/marked-token.ts';
import { looksRandom, namedKey, namedSecret } from '../drafting/named-secret.ts';
import { ruleSet } from '../../engine/rule.ts';
import { alnum, base64url, lowerAlnum, tokenSamples } from '../drafting/sample.ts';
import { hexOf, alnumOf, base64urlOf, UUID, JWT, shape, either, type Shape } from '../drafting/shapes.ts';

const STYTCH: Shape = { source: '[\\w-]{35}[\\w=-]', sample: (seed) => base64url(36, seed), isFixed: true };

export const identity = ruleSet(
  {
    why: 'Anyone who has it can read and change who may sign in.',
    advice: 'Revoke it where it was issued, and keep the new one in a secret store.',
  },
  () => [
    {
      id: 'okta-token',
      message: 'Okta API token',
      ...namedSecret({ names: ['okta'], value: '00[\\w-]{40}', credential: 'token|key|secret|ssws' }),
      docs: 'https://help.okta.com/en-us/content/topics/security/api.htm',
      samples: () => ({
        found: [
          `OKTA_API_TOKEN=00${base64url(40)}\n`,
          `okta.get('/users', headers="SSWS 00${base64url(40)}")`,
          `okta: { token: '00${base64url(40)}' }`,
        ],
        ignored: [`OKTA_API_TOKEN=00${base64url(39)}\n`, `OTHER_TOKEN=00${base64url(40)}\n`, `OKTA_CLIENT_ID=0oa${alnum(17)}\n`],
      }),
    },
    {
      id: 'auth0-client-secret',
      message: 'Auth0 client secret',
      ...namedSecret({ names: ['auth0'], value: '[\\w-]{48,68}', credential: 'secret' }),
      docs: 'https://auth0.com/docs/get-started/applications/rotate-client-secret',
      samples: () => ({
        found: [`AUTH0_CLIENT_SECRET=${base64url(64)}\n`, `auth0:\n  client_secret: "${base64url(64)}"\n`],
        ignored: [`AUTH0_CLIENT_ID=${alnum(32)}\n`, `AUTH0_CLIENT_SECRET=${base64url(40)}\n`, `AUTH0_CLIENT_SECRET=${base64url(70)}\n`],
      }),
    },
    {
      id: 'stytch-secret',
      message: 'Stytch secret',
      ...markedToken({ markers: ['secret-live-'], body: STYTCH }),
      docs: 'https://stytch.com/docs/api/errors/401',
    },
    {
      id: 'stytch-test-secret',
      message: 'Stytch test secret',
      severity: 'low',
      ...markedToken({ markers: ['secret-test-'], body: STYTCH }),
      docs: 'https://stytch.com/docs/api/errors/401',
    },
    {
      id: 'descope-key',
      message: 'Descope management key',
      ...namedKey({ names: ['descope'], value: shape`K2${alnumOf(40, 90)}`, words: ['key', 'token'] }),
      docs: 'https://docs.descope.com/management/access-keys',
    },
    {
      id: 'frontegg-secret',
      message: 'Frontegg secret',
      ...namedKey({ names: ['frontegg'], value: UUID, words: ['secret', 'api_?key', 'token'] }),
      docs: 'https://docs.frontegg.com/docs/env-settings',
    },
    {
      id: 'jumpcloud-key',
      message: 'JumpCloud API key',
      ...markedToken({ markers: ['jca_'], body: alnumOf(36), isAmbiguous: true }),
      docs: 'https://jumpcloud.com/support/jumpcloud-apis1',
    },
    {
      id: 'jumpcloud-legacy-key',
      message: 'JumpCloud API key (legacy format)',
      ...namedKey({ names: ['jumpcloud'], value: alnumOf(40) }),
      docs: 'https://jumpcloud.com/support/jumpcloud-apis1',
    },
    {
      id: 'duo-secret',
      message: 'Duo secret key',
      ...namedKey({ names: ['duo_', 'duo-', 'duosecurity', 'duo.com'], value: alnumOf(40), words: ['secret', 'skey'] }),
      docs: 'https://duo.com/docs/adminapi',
    },
    {
      id: 'onelogin-secret',
      message: 'OneLogin client secret',
      ...namedKey({ names: ['onelogin', 'one_login'], value: hexOf(64), words: ['secret', 'id'] }),
      docs: 'https://developers.onelogin.com/api-docs/1/getting-started/working-with-api-credentials',
    },
    {
      id: 'authress-key',
      message: 'Authress service client key',
      keywords: ['.acc_', '.acc-'],
      anchor: 'text',
      pattern:
        /(?<![\w.-])(?:sc|ext|scauth|authress)_[A-Za-z\d]{5,30}\.[A-Za-z\d]{4,6}\.acc[_-][a-z\d-]{10,32}\.(?<secret>[A-Za-z\d+/_=-]{30,120})(?![\w+/=-])/,
      boundary: 'none',
      judge: ({ secret }) => looksRandom(secret),
      docs: 'https://authress.io/knowledge-base/docs/authorization/service-clients',
      samples: () => {
        const token = (account: string, mark = 'sc_'): string =>
          `${mark}${lowerAlnum(12)}.${lowerAlnum(4)}.${account}${lowerAlnum(12)}.${base64url(64)}`;
        return {
          found: [
            `AUTHRESS_KEY=${token('acc_')}\n`,
            `new AuthressClient({}, '${token('acc-')}')`,
            ...['ext_', 'scauth_', 'authress_'].map((mark) => token('acc_', mark)),
          ],
          ignored: [`AUTHRESS_KEY=${token('acx_')}\n`, 'AUTHRESS_KEY=sc_...'],
        };
      },
    },
    {
      id: 'unkey-root-key',
      message: 'Unkey root key',
      keywords: ['unkey_'],
      pattern: /unkey_[A-Za-z\d]{20,32}/,
      minEntropy: 3.8,
      judge: ({ secret }) => /\d/.test(secret) && /[A-Z]/.test(secret),
      docs: 'https://www.unkey.com/docs/security/root-keys',
      samples: () => tokenSamples('unkey_', alnum(24), 20),
    },
    {
      id: 'scim-token',
      message: 'SCIM token',
      ...namedKey({ names: ['scim'], value: either(JWT, base64urlOf(40, 100)), words: ['token', 'secret'] }),
      severity: 'high',
      docs: 'https://www.rfc-editor.org/rfc/rfc7644#section-2',
    },
  ],
);
