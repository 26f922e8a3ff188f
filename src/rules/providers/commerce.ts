import { markedToken } from '../drafting/marked-token.ts';
import { namedKey } from '../drafting/named-secret.ts';
import { ruleSet } from '../../engine/rule.ts';
import { alnum, allSamples, base64url, hex, tokenSamples } from '../drafting/sample.ts';
import { hexOf, lowerAlnumOf, base64urlOf, UUID, shape, either } from '../drafting/shapes.ts';

const DUFFEL_TOKEN = base64urlOf(43);
const EBAY_SECRET = shape`${hexOf(12)}-${hexOf(4)}-${hexOf(4)}-${hexOf(4)}-${hexOf(4)}`;

export const commerce = ruleSet(
  {
    severity: 'high',
    why: 'Anyone who has it can read and change orders, or buy at your expense.',
    advice: 'Revoke it where it was issued, and keep the new one in a secret store.',
  },
  () => [
    {
      id: 'shopify-token',
      message: 'Shopify access token',
      severity: 'critical',
      keywords: ['shpat_', 'shpca_', 'shppa_', 'shpua_', 'shpss_', 'shptka_'],
      pattern: /shp(?:at|ca|pa|ua|ss|tka)_[\da-fA-F]{32}/,
      why: 'Anyone who has it can read and change orders and customers of the shop.',
      docs: 'https://shopify.dev/docs/apps/build/authentication-authorization/client-secrets/rotate-revoke-client-credentials',
      samples: () =>
        allSamples(...['shpat_', 'shpca_', 'shppa_', 'shpua_', 'shpss_', 'shptka_'].map((marker) => tokenSamples(marker, hex(32)))),
    },
    {
      id: 'easypost-key',
      message: 'EasyPost API key',
      severity: 'high',
      keywords: ['EZAK', 'EZTK'],
      pattern: /EZ[AT]K[A-Za-z\d]{54}/,
      minEntropy: 4,
      judge: ({ secret }) => secret.startsWith('EZAK') || { severity: 'low', message: 'EasyPost test key' },
      why: 'Anyone who has it can buy shipping labels at your expense.',
      docs: 'https://docs.easypost.com/docs/authentication',
      samples: () => allSamples(tokenSamples('EZAK', alnum(54)), tokenSamples('EZTK', alnum(54))),
    },
    {
      id: 'shippo-token',
      message: 'Shippo token',
      severity: 'high',
      keywords: ['shippo_live_', 'shippo_test_'],
      pattern: /shippo_(?:live|test)_[\da-f]{40}/,
      judge: ({ secret }) => secret.startsWith('shippo_live') || { severity: 'low', message: 'Shippo test token' },
      why: 'Anyone who has it can buy shipping labels at your expense.',
      docs: 'https://docs.goshippo.com/docs/guides_general/authentication/',
      samples: () => allSamples(tokenSamples('shippo_live_', hex(40)), tokenSamples('shippo_test_', hex(40))),
    },
    {
      id: 'duffel-token',
      message: 'Duffel token',
      severity: 'high',
      keywords: ['duffel_live_'],
      pattern: /duffel_live_[\w-]{43}(?![\w-])/,
      why: 'Anyone who has it can book flights at your expense.',
      docs: 'https://duffel.com/docs/api/overview/authentication',
      samples: () => tokenSamples('duffel_live_', base64url(43)),
    },
    {
      id: 'duffel-test-token',
      message: 'Duffel test token',
      severity: 'low',
      ...markedToken({ markers: ['duffel_test_'], body: DUFFEL_TOKEN }),
      docs: 'https://duffel.com/docs/api/overview/authentication',
    },
    {
      id: 'lob-key',
      message: 'Lob API key',
      ...namedKey({
        names: ['lob_', 'lob-', 'lob.com', 'lobapi', 'lobtoken'],
        value: shape`live_${hexOf(35)}`,
        words: ['key', 'token', 'secret'],
      }),
      docs: 'https://docs.lob.com/#tag/Authentication',
    },
    {
      id: 'lob-test-key',
      message: 'Lob test key',
      ...namedKey({
        names: ['lob_', 'lob-', 'lob.com', 'lobapi', 'lobtoken'],
        value: shape`test_${hexOf(35)}`,
        words: ['key', 'token', 'secret'],
      }),
      severity: 'low',
      docs: 'https://docs.lob.com/#tag/Authentication',
    },
    {
      id: 'etsy-key',
      message: 'Etsy API key',
      ...namedKey({ names: ['etsy'], value: lowerAlnumOf(24), words: ['key', 'token', 'secret'] }),
      severity: 'medium',
      docs: 'https://developers.etsy.com/documentation/essentials/authentication',
    },
    {
      id: 'ebay-secret',
      message: 'eBay client secret',
      ...markedToken({ markers: ['PRD-'], body: EBAY_SECRET }),
      docs: 'https://developer.ebay.com/api-docs/static/creating-edp-account.html',
    },
    {
      id: 'ebay-sandbox-secret',
      message: 'eBay sandbox client secret',
      severity: 'low',
      ...markedToken({ markers: ['SBX-'], body: EBAY_SECRET }),
      docs: 'https://developer.ebay.com/api-docs/static/creating-edp-account.html',
    },
    {
      id: 'gumroad-token',
      message: 'Gumroad access token',
      ...namedKey({ names: ['gumroad'], value: either(hexOf(64), base64urlOf(43)), words: ['token', 'key', 'secret'] }),
      severity: 'medium',
      docs: 'https://gumroad.com/help/article/280-create-application-api.html',
    },
    {
      id: 'squarespace-key',
      message: 'Squarespace API key',
      ...namedKey({ names: ['squarespace'], value: UUID, words: ['key', 'token', 'secret'] }),
      severity: 'medium',
      docs: 'https://developers.squarespace.com/commerce-apis/authentication-and-permissions',
    },
  ],
);
