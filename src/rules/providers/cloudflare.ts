import { decodeJsonObject } from '../../engine/proofs/base64-bytes.ts';
import { namedKey, namedSecret } from '../drafting/named-secret.ts';
import { ruleSet } from '../../engine/rule.ts';
import { alnum, allSamples, base64url, hex, tokenSamples, uuid } from '../drafting/sample.ts';
import { hexOf } from '../drafting/shapes.ts';

export const cloudflare = ruleSet(
  {
    why: 'Anyone who has it can change and delete what runs in the account.',
    advice: "Delete it in the provider's console, and keep the new one in a secret store.",
  },
  () => [
    {
      id: 'cloudflare-token',
      message: 'Cloudflare API token or key',
      keywords: ['cfut_', 'cfat_', 'cfk_'],
      pattern: /cf(?:ut|at|k)_[A-Za-z\d]{40}[\da-f]{8}/,
      docs: 'https://developers.cloudflare.com/fundamentals/api/how-to/roll-token/',
      samples: () => allSamples(...['cfut_', 'cfat_', 'cfk_'].map((marker) => tokenSamples(marker, alnum(40) + hex(8)))),
    },
    {
      id: 'cloudflare-legacy-token',
      message: 'Cloudflare API token or Global API Key (legacy format)',
      ...namedSecret({ names: ['cloudflare', 'cf_api', 'x-auth'], value: '[\\w-]{40}|[\\da-f]{37}', credential: 'key|token' }),
      docs: 'https://developers.cloudflare.com/fundamentals/api/how-to/roll-token/',
      samples: () => ({
        found: [
          `CLOUDFLARE_API_TOKEN=${base64url(40)}\n`,
          `CF_API_KEY=${hex(37)}\n`,
          `curl -H "X-Auth-Key: ${hex(37)}"`,
          `cloudflare: { apiToken: '${base64url(40)}' }`,
        ],
        ignored: [
          `CLOUDFLARE_API_TOKEN=${base64url(39)}\n`,
          `CF_API_KEY=${hex(38)}\n`,
          'cloudflare_api_token=the_token_that_you_made_for_this_account\n',
          `CLOUDFLARE_ACCOUNT_ID=${hex(32)}\n`,
        ],
      }),
    },
    {
      id: 'cloudflare-origin-key',
      message: 'Cloudflare Origin CA key',
      keywords: ['v1.0-'],
      pattern: /v1\.0-[\da-f]{24}-[\da-f]{146}/,
      docs: 'https://developers.cloudflare.com/fundamentals/api/get-started/ca-keys/',
      samples: () => tokenSamples(`v1.0-${hex(24)}-`, hex(146)),
    },
    {
      id: 'cloudflare-tunnel-token',
      message: 'Cloudflare Tunnel token',
      // The JSON begins with `{"a":"`.
      keywords: ['eyJhIjoi'],
      pattern: /eyJhIjoi[A-Za-z\d+/]{100,300}={0,2}(?!\.)/,
      judge: ({ secret }) => {
        const settings = decodeJsonObject(secret);
        return settings !== null && ['a', 't', 's'].every((key) => typeof settings[key] === 'string');
      },
      docs: 'https://developers.cloudflare.com/cloudflare-one/connections/connect-networks/configure-tunnels/remote-tunnel-permissions/',
      samples: () => {
        const token = (settings: object): string => Buffer.from(JSON.stringify(settings)).toString('base64');
        return {
          found: [`cloudflared tunnel run --token ${token({ a: hex(32), t: uuid(), s: alnum(44) })}`],
          ignored: [`--token ${token({ a: hex(32), t: uuid(), x: alnum(44) })}`, `--token eyJhIjoi${alnum(160)}`],
        };
      },
    },
    {
      id: 'cloudflare-r2-secret',
      message: 'Cloudflare R2 secret access key',
      ...namedKey({
        names: ['cloudflare_r2', 'cloudflare-r2', 'r2_secret', 'cloudflarestorage'],
        value: hexOf(64),
        words: ['secret', 'key', 'token'],
      }),
      docs: 'https://developers.cloudflare.com/r2/api/tokens/',
    },
  ],
);
