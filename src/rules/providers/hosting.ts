import { looksRandom, namedKey, namedSamples, namedSecret } from '../drafting/named-secret.ts';
import { ruleSet } from '../../engine/rule.ts';
import { alnum, allSamples, base64url, tokenSamples, uuid } from '../drafting/sample.ts';
import { UUID } from '../drafting/shapes.ts';

export const hosting = ruleSet(
  {
    why: 'Anyone who has it can change what the site serves, and read its settings and the secrets in them.',
    advice: "Delete it in the provider's console, and keep the new one in a secret store.",
  },
  () => [
    {
      id: 'heroku-key',
      message: 'Heroku API key',
      keywords: ['HRKU-'],
      pattern: /HRKU-[\w-]{60}(?![\w-])/,
      docs: 'https://devcenter.heroku.com/articles/authentication',
      samples: () => tokenSamples('HRKU-AA', base64url(58)),
    },
    {
      id: 'heroku-legacy-key',
      message: 'Heroku API key (legacy format)',
      ...namedSecret({ names: ['heroku'], value: UUID.source }),
      docs: 'https://devcenter.heroku.com/articles/authentication',
      samples: () => namedSamples('heroku', uuid()),
    },
    {
      id: 'fly-token',
      message: 'Fly.io access token',
      keywords: ['fm1r_', 'fm1a_', 'fm2_', 'fo1_'],
      pattern: /(?:fm1[ra]_|fm2_)[A-Za-z\d+/]{100,1000}={0,3}|fo1_[\w-]{43}(?![\w-])/,
      docs: 'https://fly.io/docs/security/tokens/',
      samples: () =>
        allSamples(
          ...['fm1r_', 'fm1a_', 'fm2_'].map((marker) => tokenSamples(marker, alnum(400), 100)),
          tokenSamples('fo1_', base64url(43)),
          {
            found: [`FLY_API_TOKEN="FlyV1 fm2_${alnum(300)}"`],
            ignored: [],
          },
        ),
    },
    {
      id: 'vercel-token',
      message: 'Vercel token',
      keywords: ['vcp_', 'vci_', 'vca_', 'vcr_'],
      pattern: /vc[piar]_[\w-]{56}(?![\w-])/,
      docs: 'https://vercel.com/docs/accounts/access-tokens',
      samples: () => allSamples(...['vcp_', 'vci_', 'vca_', 'vcr_'].map((marker) => tokenSamples(marker, base64url(56)))),
    },
    {
      id: 'vercel-blob-token',
      message: 'Vercel Blob token',
      keywords: ['vercel_blob_rw_'],
      pattern: /vercel_blob_rw_[A-Za-z\d]{14,18}_[A-Za-z\d]{28,34}/,
      docs: 'https://vercel.com/docs/vercel-blob/using-blob-sdk',
      samples: () => tokenSamples(`vercel_blob_rw_${alnum(16)}_`, alnum(30), 28),
    },
    {
      id: 'vercel-legacy-token',
      message: 'Vercel token (legacy format)',
      ...namedSecret({ names: ['vercel'], value: '[A-Za-z\\d]{24}', credential: 'token' }),
      docs: 'https://vercel.com/docs/accounts/access-tokens',
      samples: () => ({
        found: [`VERCEL_TOKEN=${alnum(24)}\n`, `VERCEL_API_TOKEN: ${alnum(24)}\n`, `vercel-token: ${alnum(24)}\n`],
        ignored: [`VERCEL_TOKEN=${alnum(23)}\n`, 'vercel-token: ${{ secrets.VERCEL_TOKEN }}', `VERCEL_PROJECT_ID=prj_${alnum(24)}\n`],
      }),
    },
    {
      id: 'netlify-token',
      message: 'Netlify access token',
      keywords: ['nfp_', 'nfc_', 'nfo_', 'nfu_', 'nfb_'],
      pattern: /nf[pcoub]_[A-Za-z\d]{36}/,
      docs: 'https://docs.netlify.com/api/get-started/#authentication',
      samples: () => allSamples(...['nfp_', 'nfc_', 'nfo_', 'nfu_', 'nfb_'].map((marker) => tokenSamples(marker, alnum(36)))),
    },
    {
      id: 'netlify-legacy-token',
      message: 'Netlify access token (legacy format)',
      ...namedSecret({ names: ['netlify'], value: '[\\w-]{43}', credential: 'token' }),
      docs: 'https://docs.netlify.com/api/get-started/#authentication',
      samples: () => ({
        found: [`NETLIFY_AUTH_TOKEN=${base64url(43)}\n`, `netlify:\n  auth_token: "${base64url(43)}"\n`],
        ignored: [
          `NETLIFY_SITE_ID=${uuid()}\n`,
          `NETLIFY_AUTH_TOKEN=${base64url(42)}\n`,
          'netlify-auth-token: ${{ secrets.NETLIFY_AUTH_TOKEN_OF_THE_SITE }}',
        ],
      }),
    },
    {
      id: 'render-key',
      message: 'Render API key',
      keywords: ['rnd_'],
      pattern: /rnd_[A-Za-z\d]{28,32}/,
      minEntropy: 3.8,
      judge: ({ secret }) => looksRandom(secret.slice(4)),
      docs: 'https://render.com/docs/api#1-create-an-api-key',
      samples: () => tokenSamples('rnd_', alnum(28)),
    },
    {
      id: 'railway-token',
      message: 'Railway token',
      ...namedKey({ names: ['railway'], value: UUID, words: ['token', 'key', 'secret'] }),
      severity: 'high',
      docs: 'https://docs.railway.com/guides/public-api',
    },
    {
      id: 'scalingo-token',
      message: 'Scalingo token',
      keywords: ['tk-us-'],
      pattern: /tk-us-[\w-]{48}(?![\w-])/,
      docs: 'https://developers.scalingo.com/index#authentication',
      samples: () => tokenSamples('tk-us-', base64url(48)),
    },
  ],
);
