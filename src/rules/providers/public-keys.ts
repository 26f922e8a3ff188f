import { markedToken } from '../drafting/marked-token.ts';
import { namedKey } from '../drafting/named-secret.ts';
import { ruleSet } from '../../engine/rule.ts';
import { base64url, digits, hex, lowerAlnum, uuid } from '../drafting/sample.ts';
import { hexOf, alnumOf, base32Of, base64urlOf, UUID, shape, type Shape } from '../drafting/shapes.ts';

/** Most of these rules find public values, so they are off by default. */
const PUBLIC = { isOptIn: true, severity: 'info' } as const;

/** A region and a UUID. */
const IDENTITY_POOL: Shape = {
  source: `[a-z]{2}-[a-z]{4,9}-\\d:${UUID.source}`,
  sample: (seed) => `eu-west-1:${uuid(seed)}`,
  isFixed: false,
};

export const publicKeys = ruleSet(
  {
    why: 'It is public by design: it identifies its owner, and opens nothing by itself.',
    advice: 'Leave it, but make sure that its secret counterpart is not in the repository.',
  },
  () => [
    {
      id: 'aws-principal-id',
      message: 'AWS user, role or group ID',
      ...PUBLIC,
      ...markedToken({ markers: ['AIDA', 'AROA', 'AGPA', 'ANPA', 'AIPA'], body: base32Of(16, 17), isAmbiguous: true }),
      docs: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids',
    },
    {
      id: 'aws-identity-pool',
      message: 'Amazon Cognito identity pool ID',
      ...PUBLIC,
      ...namedKey({ names: ['identitypool', 'identity_pool', 'identity-pool'], value: IDENTITY_POOL, words: ['id'] }),
      docs: 'https://docs.aws.amazon.com/cognito/latest/developerguide/identity-pools.html',
    },
    {
      id: 'google-oauth-client-id',
      message: 'Google OAuth client ID',
      ...PUBLIC,
      keywords: ['.apps.googleusercontent.com'],
      pattern: /(?<=(?<secret>(?<!\w)\d{6,14}-[a-z\d]{32}))\.apps\.googleusercontent\.com/,
      boundary: 'none',
      docs: 'https://developers.google.com/identity/protocols/oauth2',
      samples: () => ({
        found: [`client_id: ${digits(12)}-${lowerAlnum(32)}.apps.googleusercontent.com\n`],
        ignored: [
          'client_id: YOUR_CLIENT_ID.apps.googleusercontent.com\n',
          `client_id: ${digits(12)}-${lowerAlnum(30)}.apps.googleusercontent.com\n`,
        ],
      }),
    },
    {
      id: 'stripe-publishable-key',
      message: 'Stripe or Clerk publishable key',
      ...PUBLIC,
      ...markedToken({ markers: ['pk_live_', 'pk_test_'], body: alnumOf(24, 120) }),
      docs: 'https://docs.stripe.com/keys#obtain-api-keys',
    },
    {
      id: 'square-application-id',
      message: 'Square application ID',
      ...PUBLIC,
      ...markedToken({ markers: ['sq0idp-', 'sandbox-sq0idb-'], body: base64urlOf(22) }),
      docs: 'https://developer.squareup.com/docs/devtools/developer-dashboard',
    },
    {
      id: 'razorpay-key-id',
      message: 'Razorpay key ID',
      // It works only together with its secret.
      severity: 'low',
      ...markedToken({ markers: ['rzp_live_', 'rzp_test_'], body: alnumOf(14), isAmbiguous: true }),
      docs: 'https://razorpay.com/docs/payments/dashboard/account-settings/api-keys/',
    },
    {
      id: 'flutterwave-public-key',
      message: 'Flutterwave public key',
      severity: 'low',
      ...markedToken({ markers: ['FLWPUBK-', 'FLWPUBK_TEST-'], body: shape`${hexOf(32)}-X` }),
      docs: 'https://developer.flutterwave.com/docs/authentication',
    },
    {
      id: 'midtrans-client-key',
      message: 'Midtrans client key',
      ...PUBLIC,
      ...markedToken({ markers: ['Mid-client-', 'SB-Mid-client-'], body: base64urlOf(10, 30) }),
      docs: 'https://docs.midtrans.com/docs/midtrans-account',
    },
    {
      id: 'lob-publishable-key',
      message: 'Lob publishable key',
      severity: 'low',
      ...markedToken({ markers: ['live_pub_', 'test_pub_'], body: hexOf(31) }),
      docs: 'https://docs.lob.com/#tag/Authentication',
    },
    {
      id: 'sentry-dsn',
      message: 'Sentry DSN',
      ...PUBLIC,
      keywords: ['.ingest.'],
      pattern: /(?<=https:\/\/(?<secret>[\da-f]{32})@o\d{1,20})\.ingest\.(?:[a-z]{2}\.)?sentry\.io\/\d{1,20}/,
      boundary: 'none',
      docs: 'https://docs.sentry.io/concepts/key-terms/dsn-explainer/',
      samples: () => ({
        found: [`dsn: 'https://${hex(32)}@o${digits(6)}.ingest.us.sentry.io/${digits(7)}'`],
        ignored: ["dsn: 'https://<key>@o1.ingest.sentry.io/1'", `https://${hex(31)}@o1.ingest.sentry.io/1`],
      }),
    },
    {
      id: 'posthog-project-key',
      message: 'PostHog project key',
      ...PUBLIC,
      ...markedToken({ markers: ['phc_'], body: alnumOf(41, 44) }),
      docs: 'https://posthog.com/docs/api',
    },
    {
      id: 'datadog-client-token',
      message: 'Datadog client token',
      ...PUBLIC,
      ...namedKey({ names: ['datadog', 'dd_client', 'client_token', 'clienttoken'], value: shape`pub${hexOf(32)}`, words: ['token'] }),
      docs: 'https://docs.datadoghq.com/account_management/api-app-keys/#client-tokens',
    },
    {
      id: 'mapbox-public-token',
      message: 'Mapbox public token',
      ...PUBLIC,
      keywords: ['pk.eyJ'],
      pattern: /pk\.eyJ[\w-]{40,120}\.[\w-]{22}(?![\w-])/,
      docs: 'https://docs.mapbox.com/help/getting-started/access-tokens/',
      samples: () => {
        const token = `pk.${Buffer.from(JSON.stringify({ u: 'north', a: lowerAlnum(25) })).toString('base64url')}.${base64url(22)}`;
        return { found: [`TOKEN=${token}\n`], ignored: [`TOKEN=${token.slice(0, -1)}\n`, 'TOKEN=pk.eyJ...\n'] };
      },
    },
    {
      id: 'supabase-publishable-key',
      message: 'Supabase publishable key',
      ...PUBLIC,
      ...markedToken({ markers: ['sb_publishable_'], body: shape`${base64urlOf(22)}_${base64urlOf(8)}` }),
      docs: 'https://supabase.com/docs/guides/api/api-keys',
    },
    {
      id: 'pubnub-client-key',
      message: 'PubNub publish or subscribe key',
      ...PUBLIC,
      ...markedToken({ markers: ['pub-c-', 'sub-c-'], body: UUID }),
      docs: 'https://www.pubnub.com/docs/general/setup/account-setup',
    },
    {
      id: 'launchdarkly-mobile-key',
      message: 'LaunchDarkly mobile key',
      ...PUBLIC,
      ...markedToken({ markers: ['mob-'], body: UUID }),
      docs: 'https://launchdarkly.com/docs/sdk/concepts/client-side-server-side#keys',
    },
    {
      id: 'devcycle-client-key',
      message: 'DevCycle client or mobile key',
      ...PUBLIC,
      ...markedToken({ markers: ['dvc_client_', 'dvc_mobile_'], body: alnumOf(8, 32), isAmbiguous: true }),
      docs: 'https://docs.devcycle.com/sdk/',
    },
    {
      id: 'langfuse-public-key',
      message: 'Langfuse public key',
      ...PUBLIC,
      ...markedToken({ markers: ['pk-lf-'], body: UUID }),
      docs: 'https://langfuse.com/faq/all/where-are-langfuse-api-keys',
    },
    {
      id: 'twilio-account-id',
      message: 'Twilio account SID',
      ...PUBLIC,
      ...namedKey({ names: ['twilio', 'account_sid', 'accountsid'], value: shape`AC${hexOf(32)}`, words: ['sid', 'account'] }),
      docs: 'https://www.twilio.com/docs/iam/api/account',
    },
    {
      id: 'recaptcha-site-key',
      message: 'reCAPTCHA site key',
      ...PUBLIC,
      ...namedKey({ names: ['recaptcha'], value: shape`6L${base64urlOf(38)}`, words: ['site_?key', 'public'] }),
      docs: 'https://developers.google.com/recaptcha/docs/display',
    },
  ],
);
