import { markedToken } from '../drafting/marked-token.ts';
import { namedKey } from '../drafting/named-secret.ts';
import { ruleSet } from '../../engine/rule.ts';
import { alnum, allSamples, base64url, hex, jwt, tokenSamples, upperAlnum } from '../drafting/sample.ts';
import { hexOf, alnumOf, lowerAlnumOf, UUID, shape, either, JWT } from '../drafting/shapes.ts';

export const developerTools = ruleSet(
  {
    severity: 'high',
    why: 'Anyone who has it can use and change what its owner can.',
    advice: 'Revoke it where it was issued, and keep the new one in a secret store.',
  },
  () => [
    {
      id: 'postman-key',
      message: 'Postman API key',
      severity: 'critical',
      keywords: ['PMAK-', 'PMAT-'],
      pattern: /PMA(?:K-[\da-f]{24}-[\da-f]{34}|T-[\dA-Z]{26})/,
      docs: 'https://learning.postman.com/docs/developer/postman-api/authentication/',
      samples: () => allSamples(tokenSamples(`PMAK-${hex(24)}-`, hex(34)), tokenSamples('PMAT-', upperAlnum(26))),
    },
    {
      id: 'rapidapi-key',
      message: 'RapidAPI key',
      severity: 'medium',
      keywords: ['msh'],
      lead: 10,
      pattern: /[\da-f]{10}msh[\da-f]{14,16}p1[\da-f]{5,7}jsn[\da-f]{11,13}/,
      docs: 'https://docs.rapidapi.com/docs/keys',
      samples: () => ({
        found: [`X-RapidAPI-Key: ${hex(10)}msh${hex(15)}p1${hex(6)}jsn${hex(12)}\n`],
        ignored: [`KEY=${hex(9)}msh${hex(15)}p1${hex(6)}jsn${hex(12)}\n`, `KEY=${hex(10)}msh${hex(15)}p2${hex(6)}jsn${hex(12)}\n`],
      }),
    },
    {
      id: 'apify-token',
      message: 'Apify token',
      severity: 'high',
      keywords: ['apify_api_'],
      pattern: /apify_api_[A-Za-z\d]{34,38}/,
      docs: 'https://docs.apify.com/platform/integrations/api',
      samples: () => tokenSamples('apify_api_', alnum(36), 34),
    },
    {
      id: 'zuplo-key',
      message: 'Zuplo API key',
      ...markedToken({ markers: ['zpka_'], body: shape`${lowerAlnumOf(32)}_${hexOf(8)}` }),
      docs: 'https://zuplo.com/docs/articles/api-key-leak-detection',
    },
    {
      id: 'workato-token',
      message: 'Workato API token',
      keywords: ['wrka'],
      pattern: /wrka[a-z]{0,3}-eyJ[\w-]{10,200}\.eyJ[\w-]{20,1000}\.[\w-]{40,700}(?![\w-])/,
      docs: 'https://docs.workato.com/workato-api.html',
      samples: () => {
        const token = `wrkaus-${jwt({ sub: 'north', jti: hex(24) }, { alg: 'RS256' }, base64url(342))}`;
        return { found: [`TOKEN=${token}\n`, `token: '${token}'`], ignored: [`TOKEN=${token.slice(0, 80)}\n`, `TOKEN=w${token}\n`] };
      },
    },
    {
      id: 'n8n-key',
      message: 'n8n API key',
      ...namedKey({ names: ['n8n'], value: JWT, words: ['key', 'token'] }),
      docs: 'https://docs.n8n.io/api/authentication/',
    },
    {
      id: 'val-town-token',
      message: 'Val Town API token',
      ...markedToken({ markers: ['vtwn_'], body: alnumOf(20, 60), isAmbiguous: true }),
      docs: 'https://docs.val.town/api/authentication/',
    },
    {
      id: 'wakatime-key',
      message: 'WakaTime API key',
      severity: 'low',
      ...markedToken({ markers: ['waka_'], body: UUID }),
      docs: 'https://wakatime.com/developers',
    },
    {
      id: 'wakatime-legacy-key',
      message: 'WakaTime API key (legacy format)',
      ...namedKey({ names: ['wakatime'], value: UUID, words: ['key', 'token', 'secret'] }),
      severity: 'low',
      docs: 'https://wakatime.com/developers',
    },
    {
      id: 'ionic-token',
      message: 'Ionic token',
      severity: 'medium',
      ...markedToken({ markers: ['ion_'], body: alnumOf(42) }),
      docs: 'https://ionic.io/docs/appflow/personal-access-tokens',
    },
    {
      id: 'settlemint-token',
      message: 'SettleMint token',
      ...markedToken({ markers: ['sm_aat_', 'sm_pat_', 'sm_sat_'], body: alnumOf(16), isAmbiguous: true }),
      docs: 'https://console.settlemint.com/documentation/',
    },
    {
      id: 'redirect-pizza-token',
      message: 'redirect.pizza API token',
      severity: 'medium',
      ...markedToken({ markers: ['rpa_'], body: alnumOf(30), isAmbiguous: true }),
      docs: 'https://redirect.pizza/docs',
    },
    {
      id: 'sslmate-key',
      message: 'SSLMate API key',
      ...namedKey({ names: ['sslmate'], value: alnumOf(36), words: ['key', 'token', 'secret'] }),
      severity: 'medium',
      docs: 'https://sslmate.com/help/reference/apiv2',
    },
    {
      id: 'bitly-token',
      message: 'Bitly access token',
      ...namedKey({ names: ['bitly', 'bit_ly', 'bit.ly'], value: hexOf(40), words: ['token', 'key', 'secret'] }),
      severity: 'low',
      docs: 'https://dev.bitly.com/docs/getting-started/authentication/',
    },
    {
      id: 'lichess-token',
      message: 'Lichess token',
      severity: 'low',
      ...markedToken({ markers: ['lip_'], body: alnumOf(16, 60), isAmbiguous: true }),
      docs: 'https://lichess.org/api#section/Introduction/Authentication',
    },
    {
      id: 'thunderstore-token',
      message: 'Thunderstore token',
      severity: 'medium',
      ...markedToken({ markers: ['tss_'], body: alnumOf(30, 60), isAmbiguous: true }),
      docs: 'https://thunderstore.io/api/docs/',
    },
    {
      id: 'intra42-secret',
      message: '42 API client secret',
      severity: 'medium',
      ...markedToken({ markers: ['s-s4t2ud-', 's-s4t2af-'], body: hexOf(64) }),
      docs: 'https://api.intra.42.fr/apidoc/guides/getting_started',
    },
    {
      id: 'crowdin-token',
      message: 'Crowdin token',
      ...namedKey({ names: ['crowdin'], value: either(hexOf(80), alnumOf(32)), words: ['token', 'key', 'secret'] }),
      severity: 'medium',
      docs: 'https://support.crowdin.com/account-settings/#api',
    },
    {
      id: 'browserstack-key',
      message: 'BrowserStack access key',
      ...namedKey({ names: ['browserstack'], value: alnumOf(20), words: ['key'] }),
      severity: 'medium',
      docs: 'https://www.browserstack.com/docs/iaac/api-reference/authentication',
    },
    {
      id: 'saucelabs-key',
      message: 'Sauce Labs access key',
      ...namedKey({ names: ['sauce_', 'saucelabs', 'sauce-'], value: UUID, words: ['key', 'token', 'secret'] }),
      severity: 'medium',
      docs: 'https://docs.saucelabs.com/basics/acct-team-mgmt/managing-user-info/',
    },
  ],
);
