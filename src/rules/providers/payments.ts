import { markedToken } from '../drafting/marked-token.ts';
import { looksRandom, namedSecret } from '../drafting/named-secret.ts';
import { ruleSet } from '../../engine/rule.ts';
import { alnum, allSamples, base64url, digits, hex, lowerAlnum, tokenSamples, uuid } from '../drafting/sample.ts';
import { hexOf, lowerAlnumOf, base64urlOf, shape } from '../drafting/shapes.ts';

export const payments = ruleSet(
  {
    why: 'Anyone who has it can move money and read what customers paid.',
    advice: 'Revoke it where it was issued, and keep the new one in a secret store.',
  },
  () => [
    {
      id: 'square-access-token',
      message: 'Square access token',
      keywords: ['EAAA', 'sq0atp-'],
      pattern: /(?:(?<![+/])EAAA[\w-]{60}|sq0atp-[\w-]{22})(?![\w+/-])/,
      minEntropy: 3.8,
      docs: 'https://developer.squareup.com/docs/oauth-api/revoke-access',
      samples: () => allSamples(tokenSamples('EAAAE', base64url(59)), tokenSamples('sq0atp-', base64url(22))),
    },
    {
      id: 'square-oauth-secret',
      message: 'Square OAuth secret',
      keywords: ['sq0csp-'],
      pattern: /sq0csp-[\w-]{43}(?![\w-])/,
      docs: 'https://developer.squareup.com/docs/oauth-api/best-practices',
      samples: () => tokenSamples('sq0csp-', base64url(43)),
    },
    {
      id: 'square-sandbox-secret',
      message: 'Square sandbox OAuth secret',
      severity: 'low',
      ...markedToken({ markers: ['sandbox-sq0csb-'], body: base64urlOf(40, 50) }),
      docs: 'https://developer.squareup.com/docs/devtools/sandbox/overview',
    },
    {
      id: 'braintree-access-token',
      message: 'Braintree access token',
      keywords: ['access_token$production$'],
      pattern: /access_token\$production\$[a-z\d]{16}\$[\da-f]{32}/,
      docs: 'https://developer.paypal.com/braintree/articles/control-panel/important-gateway-credentials',
      samples: () => tokenSamples(`access_token$production$${lowerAlnum(16)}$`, hex(32)),
    },
    {
      id: 'braintree-sandbox-token',
      message: 'Braintree sandbox access token',
      severity: 'low',
      ...markedToken({ markers: ['access_token$sandbox$'], body: shape`${lowerAlnumOf(16)}$${hexOf(32)}` }),
      docs: 'https://developer.paypal.com/braintree/articles/control-panel/important-gateway-credentials',
    },
    {
      id: 'braintree-private-key',
      message: 'Braintree private key',
      ...namedSecret({ names: ['braintree'], value: '[\\da-f]{32}', credential: 'private' }),
      docs: 'https://developer.paypal.com/braintree/articles/control-panel/important-gateway-credentials',
      samples: () => ({
        found: [`BRAINTREE_PRIVATE_KEY=${hex(32)}\n`, `braintree: { privateKey: '${hex(32)}' }`],
        ignored: [`BRAINTREE_PUBLIC_KEY=${hex(32)}\n`, `BRAINTREE_PRIVATE_KEY=${hex(31)}\n`, 'BRAINTREE_PRIVATE_KEY=use_your_private_key'],
      }),
    },
    {
      id: 'paypal-client-secret',
      message: 'PayPal client secret',
      ...namedSecret({ names: ['paypal'], value: 'E[\\w-]{79}', credential: 'secret' }),
      docs: 'https://developer.paypal.com/api/rest/#link-getclientidandclientsecret',
      samples: () => {
        const secret = `E${base64url(79)}`;
        return {
          found: [`PAYPAL_CLIENT_SECRET=${secret}\n`, `paypal:\n  client_secret: "${secret}"\n`],
          ignored: [`PAYPAL_CLIENT_ID=A${base64url(79)}\n`, `PAYPAL_SECRET=${secret}a\n`, `PAYPAL_SECRET=E${'x'.repeat(79)}\n`],
        };
      },
    },
    {
      id: 'razorpay-key-secret',
      message: 'Razorpay key secret',
      ...namedSecret({ names: ['razorpay'], value: '[A-Za-z\\d]{24}', credential: 'secret' }),
      docs: 'https://razorpay.com/docs/payments/dashboard/account-settings/api-keys/',
      samples: () => ({
        found: [`RAZORPAY_KEY_SECRET=${alnum(24)}\n`, `new Razorpay({ key_secret: '${alnum(24)}' })`],
        ignored: [`RAZORPAY_KEY_ID=rzp_live_${alnum(14)}\n`, `RAZORPAY_KEY_SECRET=${alnum(23)}\n`],
      }),
    },
    {
      id: 'flutterwave-key',
      message: 'Flutterwave secret key',
      keywords: ['FLWSECK-', 'FLWSECK_TEST'],
      pattern: /FLWSECK(?:_TEST)?-?(?:[\da-hA-H]{32}-(?:[\da-z]{10,14}-)?X|[\da-hA-H]{12}(?!-))/,
      judge: ({ secret }) => !secret.startsWith('FLWSECK_TEST') || { severity: 'medium' },
      docs: 'https://developer.flutterwave.com/docs/authentication',
      samples: () => {
        const token = `FLWSECK-${hex(32)}-X`;
        return {
          found: [`KEY=${token}\n`, `KEY=FLWSECK_TEST-${hex(32)}-X\n`, `KEY=FLWSECK_TEST${hex(12)}\n`],
          ignored: [`KEY=FLWPUBK-${hex(32)}-X\n`, `KEY=FLWSECK-${hex(31)}-X\n`, `KEY=${token}x\n`],
        };
      },
    },
    {
      id: 'mercadopago-token',
      message: 'Mercado Pago access token',
      keywords: ['APP_USR-'],
      pattern: /APP_USR-\d{12,18}-\d{6}-[\da-f]{32}-\d{6,12}/,
      docs: 'https://www.mercadopago.com/developers/en/docs/your-integrations/credentials',
      samples: () => tokenSamples(`APP_USR-${digits(16)}-${digits(6)}-${hex(32)}-`, digits(9), 6),
    },
    {
      id: 'plaid-access-token',
      message: 'Plaid access token',
      keywords: ['access-production-', 'access-development-'],
      pattern: /access-(?:production|development)-[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/,
      docs: 'https://plaid.com/docs/api/items/#itemaccess_tokeninvalidate',
      samples: () => allSamples(...['production', 'development'].map((mode) => tokenSamples(`access-${mode}-`, uuid()))),
    },
    {
      id: 'plaid-secret',
      message: 'Plaid secret',
      ...namedSecret({ names: ['plaid'], value: '[\\da-f]{30}', credential: 'secret' }),
      docs: 'https://plaid.com/docs/quickstart/glossary/#rotating-keys',
      samples: () => ({
        found: [`PLAID_SECRET=${hex(30)}\n`, `plaid: { secret: '${hex(30)}' }`],
        ignored: [`PLAID_SECRET=${hex(31)}\n`, `PLAID_CLIENT_ID=${hex(24)}\n`],
      }),
    },
    {
      id: 'paddle-key',
      message: 'Paddle API key',
      keywords: ['pdl_live_apikey_', 'pdl_sdbx_apikey_'],
      pattern: /pdl_(?:live|sdbx)_apikey_[a-z\d]{26}_[A-Za-z\d]{22}_[A-Za-z\d]{3}/,
      judge: ({ secret }) => secret.startsWith('pdl_live') || { severity: 'low', message: 'Paddle sandbox key' },
      docs: 'https://developer.paddle.com/api-reference/about/api-keys',
      samples: () =>
        allSamples(...['live', 'sdbx'].map((mode) => tokenSamples(`pdl_${mode}_apikey_${lowerAlnum(26)}_`, `${alnum(22)}_${alnum(3)}`))),
    },
    {
      id: 'adyen-key',
      message: 'Adyen API key',
      keywords: ['AQE'],
      pattern: /AQE[A-Za-z\d+/]{20,200}={0,2}-[A-Za-z\d+/]{40,64}={1,2}-[^\s"'`<>]{12,24}/,
      judge: ({ secret }) => looksRandom(secret),
      docs: 'https://docs.adyen.com/development-resources/api-credentials/',
      samples: () => {
        const key = `AQE${alnum(80)}-${alnum(43)}=-${alnum(16)}`;
        return {
          found: [`ADYEN_API_KEY=${key}\n`, `adyen: { apiKey: '${key}' }`],
          ignored: [`ADYEN_API_KEY=AQE${alnum(60)}\n`, `ADYEN_API_KEY=AQE${'x'.repeat(120)}\n`],
        };
      },
    },
  ],
);
