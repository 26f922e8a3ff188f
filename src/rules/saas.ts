import { decodeJsonObject } from '../engine/proofs/base64-bytes.ts';
import { namedSamples, namedSecret } from './named-secret.ts';
import { ruleSet } from './rule.ts';
import { alnum, allSamples, base64, base64url, digits, hex, lowerAlnum, tokenSamples, upperAlnum, uuid } from './sample.ts';

export const saas = ruleSet(
  {
    why: 'It can read and change what its owner can.',
    advice: 'Revoke it where it was issued, and keep the new one in a secret store.',
  },
  () => [
    {
      id: 'linear-key',
      message: 'Linear API key or OAuth token',
      keywords: ['lin_api_', 'lin_oauth_'],
      pattern: /lin_(?:api_[A-Za-z\d]{40}|oauth_[\da-f]{64})/,
      docs: 'https://linear.app/docs/api-and-webhooks',
      samples: () => allSamples(tokenSamples('lin_api_', alnum(40)), tokenSamples('lin_oauth_', hex(64))),
    },
    {
      id: 'notion-token',
      message: 'Notion integration token',
      keywords: ['ntn_'],
      pattern: /ntn_\d{11}[A-Za-z\d]{35}/,
      docs: 'https://developers.notion.com/docs/authorization',
      samples: () => tokenSamples(`ntn_${digits(11)}`, alnum(35)),
    },
    {
      id: 'notion-legacy-token',
      message: 'Notion integration token of the older kind',
      ...namedSecret({ names: ['notion'], value: 'secret_[A-Za-z\\d]{43}', credential: 'key|token|secret' }),
      docs: 'https://developers.notion.com/docs/authorization',
      samples: () => namedSamples('notion', `secret_${alnum(43)}`),
    },
    {
      id: 'airtable-token',
      message: 'Airtable personal access token',
      keywords: ['pat'],
      pattern: /pat[A-Za-z\d]{14}\.[\da-f]{64}/,
      docs: 'https://airtable.com/developers/web/guides/personal-access-tokens',
      samples: () => tokenSamples(`pat${alnum(14)}.`, hex(64)),
    },
    {
      id: 'asana-token',
      message: 'Asana personal access token',
      ...namedSecret({ names: ['asana'], value: '[12]\\/\\d{12,19}(?:\\/\\d{12,19})?:[\\da-f]{32}', credential: 'token|pat|key|secret' }),
      docs: 'https://developers.asana.com/docs/personal-access-token',
      samples: () => {
        const token = `2/${digits(16)}/${digits(16, 'b')}:${hex(32)}`;
        return {
          found: [`ASANA_TOKEN=${token}\n`, `asana: { accessToken: '${token}' }`],
          ignored: [`ASANA_TOKEN=${token.slice(0, -1)}\n`, `OTHER_TOKEN=${token}\n`],
        };
      },
    },
    {
      id: 'figma-token',
      message: 'Figma access token',
      keywords: ['figd_', 'figu_', 'figo_', 'figor_', 'figp_'],
      pattern: /fig(?:[duop]|or)_[\w-]{38,43}(?![\w-])/,
      docs: 'https://developers.figma.com/docs/rest-api/authentication/',
      samples: () => allSamples(...['figd_', 'figu_', 'figo_', 'figor_', 'figp_'].map((marker) => tokenSamples(marker, base64url(40), 38))),
    },
    {
      id: 'postman-key',
      message: 'Postman API key',
      keywords: ['PMAK-', 'PMAT-'],
      pattern: /PMA(?:K-[\da-f]{24}-[\da-f]{34}|T-[\dA-Z]{26})/,
      docs: 'https://learning.postman.com/docs/developer/postman-api/authentication/',
      samples: () => allSamples(tokenSamples(`PMAK-${hex(24)}-`, hex(34)), tokenSamples('PMAT-', upperAlnum(26))),
    },
    {
      id: 'dropbox-token',
      message: 'Dropbox access token',
      keywords: ['sl.'],
      pattern: /sl\.(?:u\.)?[\w-]{130,1500}/,
      minEntropy: 4,
      docs: 'https://www.dropbox.com/developers/documentation/http/documentation#auth-token-revoke',
      samples: () => allSamples(tokenSamples('sl.', base64url(140), 130), tokenSamples('sl.u.', base64url(300), 130)),
    },
    {
      id: 'hubspot-token',
      message: 'HubSpot private app token',
      keywords: ['pat-na', 'pat-eu', 'pat-ap'],
      pattern: /pat-(?:na|eu|ap)\d-[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/,
      docs: 'https://developers.hubspot.com/docs/guides/apps/private-apps/overview',
      samples: () => allSamples(...['pat-na1-', 'pat-eu1-', 'pat-ap1-'].map((marker) => tokenSamples(marker, uuid()))),
    },
    {
      id: 'salesforce-token',
      message: 'Salesforce session',
      severity: 'high',
      keywords: ['00D'],
      pattern: /00D[A-Za-z\d]{12}(?:[A-Za-z\d]{3})?![\w.]{80,260}/,
      minEntropy: 4,
      docs: 'https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_revoke_token.htm',
      samples: () => tokenSamples(`00D${alnum(12)}!AQ`, alnum(96), 78),
    },
    {
      id: 'mapbox-secret-token',
      message: 'Mapbox secret token',
      severity: 'high',
      keywords: ['sk.eyJ', 'tk.eyJ'],
      pattern: /[st]k\.(?<owner>eyJ[\w-]{40,120})\.[\w-]{22}(?![\w-])/,
      judge: ({ match }) => 'u' in (decodeJsonObject(match.groups!['owner']!) ?? {}),
      docs: 'https://docs.mapbox.com/help/troubleshooting/how-to-use-mapbox-securely/',
      samples: () => {
        const owner = Buffer.from(JSON.stringify({ u: 'north', a: lowerAlnum(25) })).toString('base64url');
        return {
          found: ['sk', 'tk'].map((kind) => `TOKEN=${kind}.${owner}.${base64url(22)}\n`),
          ignored: [
            `TOKEN=pk.${owner}.${base64url(22)}\n`,
            `TOKEN=sk.${owner}.${base64url(21)}\n`,
            `TOKEN=sk.eyJ${alnum(60)}.${base64url(22)}\n`,
          ],
        };
      },
    },
    {
      id: 'contentful-token',
      message: 'Contentful personal access token',
      keywords: ['CFPAT-'],
      pattern: /CFPAT-[\w-]{43}(?![\w-])/,
      docs: 'https://www.contentful.com/help/token-management/personal-access-tokens/',
      samples: () => tokenSamples('CFPAT-', base64url(43)),
    },
    {
      id: 'clickup-token',
      message: 'ClickUp API token',
      keywords: ['pk_'],
      pattern: /pk_\d{6,10}_[A-Z\d]{32}/,
      docs: 'https://developer.clickup.com/docs/authentication',
      samples: () => tokenSamples(`pk_${digits(8)}_`, upperAlnum(32)),
    },
    {
      id: 'typeform-token',
      message: 'Typeform personal access token',
      severity: 'high',
      keywords: ['tfp_'],
      pattern: /tfp_[\w.-]{40,59}(?![\w.-])/,
      docs: 'https://www.typeform.com/developers/get-started/personal-access-token/',
      samples: () => tokenSamples('tfp_', base64url(44), 40),
    },
    {
      id: 'facebook-token',
      message: 'Meta access token',
      severity: 'high',
      keywords: ['EAAB', 'EAAC', 'EAAD', 'EAAG', 'EAAH', 'EAAI', 'EAAJ', 'EAAL', 'EAAM'],
      pattern: /EAA[BCDG-M][A-Za-z\d]{100,400}/,
      minEntropy: 4.5,
      docs: 'https://developers.facebook.com/docs/facebook-login/guides/access-tokens/debugging',
      samples: () => allSamples(...Array.from('BCDGHIJLM', (letter) => tokenSamples(`EAA${letter}`, alnum(180), 100))),
    },
    {
      id: 'facebook-app-secret',
      message: 'Meta app secret',
      ...namedSecret({ names: ['facebook', 'instagram', 'fb_app', 'fb_client', 'meta_app'], value: '[\\da-f]{32}', credential: 'secret' }),
      docs: 'https://developers.facebook.com/docs/facebook-login/security/#appsecret',
      samples: () => ({
        found: ['FACEBOOK_APP_SECRET', 'INSTAGRAM_CLIENT_SECRET', 'FB_APP_SECRET', 'FB_CLIENT_SECRET', 'META_APP_SECRET'].map(
          (name) => `${name}=${hex(32)}\n`,
        ),
        ignored: [`FACEBOOK_APP_SECRET=${hex(31)}\n`, `FACEBOOK_APP_ID=${digits(16)}\n`, `FACEBOOK_IMAGE_KEY=${hex(32)}\n`],
      }),
    },
    {
      id: 'twitter-bearer-token',
      message: 'X (Twitter) bearer token',
      severity: 'high',
      keywords: ['AAAAAAAAAAAAAAAAAAAAA'],
      // The run of `A` is no filler here, so it is no part of the value.
      pattern: /A{21,22}(?<secret>[B-Za-z\d%][A-Za-z\d%]{69,109})/,
      minEntropy: 4.5,
      docs: 'https://docs.x.com/resources/fundamentals/authentication/oauth-2-0/application-only',
      samples: () => {
        const token = `${'A'.repeat(22)}b${alnum(89)}`;
        return {
          found: [`BEARER=${token}\n`, `headers: { Authorization: 'Bearer ${token}' }`],
          ignored: [
            `"${'A'.repeat(120)}"`,
            `"${'A'.repeat(22)}${'BCDEF'.repeat(18)}"`,
            `"data:image/png;base64,${'A'.repeat(40)}${alnum(400)}"`,
          ],
        };
      },
    },
    {
      id: 'linkedin-secret',
      message: 'LinkedIn client secret',
      severity: 'high',
      keywords: ['WPL_AP1.', 'WPL_AP0.'],
      pattern: /WPL_AP[01]\.[A-Za-z\d]{16}\.[A-Za-z\d+/]{6}[A-Za-z\d+/=]{0,2}/,
      docs: 'https://learn.microsoft.com/linkedin/shared/authentication/client-credentials-flow',
      samples: () => allSamples(...['WPL_AP1.', 'WPL_AP0.'].map((marker) => tokenSamples(`${marker}${alnum(16)}.`, alnum(8), 6))),
    },
    {
      id: 'adobe-client-secret',
      message: 'Adobe client secret',
      keywords: ['p8e-'],
      pattern: /p8e-[\w-]{32}(?![\w-])/,
      docs: 'https://developer.adobe.com/developer-console/docs/guides/credentials/',
      samples: () => tokenSamples('p8e-', base64url(32)),
    },
    {
      id: 'algolia-admin-key',
      message: 'Algolia admin key',
      ...namedSecret({ names: ['algolia'], value: '[\\da-f]{32}', credential: 'admin|write|secret|private' }),
      severity: 'high',
      docs: 'https://www.algolia.com/doc/guides/security/api-keys/',
      samples: () => ({
        found: [`ALGOLIA_ADMIN_KEY=${hex(32)}\n`, `algolia: { writeApiKey: '${hex(32)}' }`],
        // A search key is public.
        ignored: [`ALGOLIA_SEARCH_KEY=${hex(32)}\n`, `algolia: { appId: 'NORTH', apiKey: '${hex(32)}' }`, `ALGOLIA_ADMIN_KEY=${hex(31)}\n`],
      }),
    },
    {
      id: 'intercom-token',
      message: 'Intercom access token',
      keywords: ['dG9rO'],
      pattern: /dG9rO[A-Za-z\d+/]{54}[A-Za-z\d+/=]/,
      prove: (token) =>
        /^tok:[\da-f]{8}_[\da-f]{4}_[\da-f]{4}_[\da-f]{4}_[\da-f]{12}/.test(Buffer.from(token, 'base64').toString('latin1'))
          ? 'passed'
          : 'failed',
      docs: 'https://developers.intercom.com/docs/build-an-integration/learn-more/authentication',
      samples: () => {
        const token = Buffer.from(`tok:${uuid().replaceAll('-', '_')}:1:0`).toString('base64');
        return { found: [`TOKEN=${token}\n`], ignored: [`TOKEN=dG9rO${alnum(55)}\n`, `TOKEN=${token.slice(0, 50)}\n`] };
      },
    },
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
      id: 'launchdarkly-key',
      message: 'LaunchDarkly SDK or API key',
      ...namedSecret({
        names: ['launchdarkly', 'launch_darkly', 'ld_sdk'],
        value: '(?:sdk|api)-[\\da-f]{8}(?:-[\\da-f]{4}){3}-[\\da-f]{12}',
      }),
      severity: 'high',
      docs: 'https://launchdarkly.com/docs/home/account/api',
      samples: () => ({
        found: [`LAUNCHDARKLY_SDK_KEY=sdk-${uuid()}\n`, `launch_darkly:\n  token: api-${uuid()}\n`, `LD_SDK_KEY=sdk-${uuid()}\n`],
        ignored: [`LAUNCHDARKLY_MOBILE_KEY=mob-${uuid()}\n`, `LAUNCHDARKLY_SDK_KEY=${uuid()}\n`],
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
      id: 'cloudinary-url',
      message: 'Cloudinary address with its secret',
      severity: 'high',
      keywords: ['cloudinary://'],
      pattern: /cloudinary:\/\/\d{15}:(?<secret>[\w-]{27})@[\w-]{2,40}/,
      boundary: 'none',
      docs: 'https://cloudinary.com/documentation/developer_onboarding_faq_find_credentials',
      samples: () => ({
        found: [`CLOUDINARY_URL=cloudinary://${digits(15)}:${base64url(27)}@north`],
        ignored: ['CLOUDINARY_URL=cloudinary://api_key:api_secret@cloud', `cloudinary://${digits(15)}:${base64url(26)}@north`],
      }),
    },
    {
      id: 'pubnub-secret-key',
      message: 'PubNub secret key',
      severity: 'medium',
      keywords: ['sec-c-'],
      pattern: /sec-c-[A-Za-z\d]{48}/,
      docs: 'https://www.pubnub.com/docs/general/setup/account-setup',
      samples: () => tokenSamples('sec-c-', alnum(48)),
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
      id: 'zoho-token',
      message: 'Zoho OAuth token',
      severity: 'high',
      keywords: ['1000.'],
      pattern: /1000\.[\da-f]{32}\.[\da-f]{32}/,
      docs: 'https://www.zoho.com/accounts/protocol/oauth/web-apps/token-revocation.html',
      samples: () => tokenSamples(`1000.${hex(32)}.`, hex(32, 'b')),
    },
    {
      id: 'readme-key',
      message: 'ReadMe API key',
      severity: 'medium',
      keywords: ['rdme_'],
      pattern: /rdme_[a-z\d]{70}/,
      docs: 'https://docs.readme.com/main/docs/api-keys',
      samples: () => tokenSamples('rdme_', lowerAlnum(70)),
    },
    {
      id: 'otpauth-url',
      message: 'Seed of one-time passwords',
      severity: 'high',
      keywords: ['otpauth://'],
      pattern: /otpauth:\/\/[ht]otp\/[^\s"'<>]{1,200}?[?&]secret=(?<secret>[A-Za-z2-7]{16,128})/,
      boundary: 'none',
      why: 'Whoever has the seed can make the second factor.',
      advice: 'Enrol the second factor again.',
      docs: 'https://github.com/google/google-authenticator/wiki/Key-Uri-Format',
      samples: () => ({
        found: [
          `otpauth://totp/North:me?secret=${base64(60)
            .toUpperCase()
            .replaceAll(/[^A-Z2-7]/g, '')
            .slice(0, 32)}&issuer=North`,
        ],
        ignored: [['otpauth://totp/Example:alice?secret=', 'JBSWY3DP', 'EHPK3PXP'].join(''), 'otpauth://totp/a?secret=${secret}'],
      }),
    },
  ],
);
