import { markedToken } from '../drafting/marked-token.ts';
import { namedKey } from '../drafting/named-secret.ts';
import { ruleSet } from '../../engine/rule.ts';
import { alnum, allSamples, base64url, hex, tokenSamples, uuid } from '../drafting/sample.ts';
import { hexOf, upperHexOf, digitsOf, alnumOf, UUID, either, type Shape } from '../drafting/shapes.ts';

const SALESFORCE_REFRESH: Shape = { source: '[\\w.-]{40,120}', sample: (seed) => alnum(40, seed), isFixed: false };

export const crm = ruleSet(
  {
    why: 'Anyone who has it can read and change your customer data.',
    advice: 'Revoke it where it was issued, and keep the new one in a secret store.',
  },
  () => [
    {
      id: 'hubspot-token',
      message: 'HubSpot private app token',
      keywords: ['pat-na', 'pat-eu', 'pat-ap'],
      pattern: /pat-(?:na|eu|ap)\d-[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/,
      docs: 'https://developers.hubspot.com/docs/guides/apps/private-apps/overview',
      samples: () => allSamples(...['pat-na1-', 'pat-eu1-', 'pat-ap1-'].map((marker) => tokenSamples(marker, uuid()))),
    },
    {
      id: 'hubspot-legacy-key',
      message: 'HubSpot API key (legacy format)',
      ...namedKey({ names: ['hubspot', 'hapikey'], value: UUID, words: ['key', 'secret', 'token'] }),
      severity: 'medium',
      docs: 'https://developers.hubspot.com/changelog/upcoming-api-key-sunset',
    },
    {
      id: 'salesforce-token',
      message: 'Salesforce session ID',
      severity: 'high',
      keywords: ['00D'],
      pattern: /00D[A-Za-z\d]{12}(?:[A-Za-z\d]{3})?![\w.]{80,260}/,
      minEntropy: 4,
      docs: 'https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_revoke_token.htm',
      samples: () => tokenSamples(`00D${alnum(12)}!AQ`, alnum(96), 78),
    },
    {
      id: 'salesforce-client-secret',
      message: 'Salesforce connected app client secret',
      ...namedKey({
        names: ['salesforce', 'sfdc', 'sf_client', 'sf_consumer'],
        value: either(upperHexOf(64), digitsOf(16, 19)),
        words: ['secret'],
      }),
      docs: 'https://help.salesforce.com/s/articleView?id=xcloud.connected_app_rotate_consumer_details.htm',
    },
    {
      id: 'salesforce-refresh-token',
      message: 'Salesforce refresh token',
      ...markedToken({ markers: ['5Aep861'], body: SALESFORCE_REFRESH }),
      docs: 'https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_revoke_token.htm',
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
      id: 'zendesk-token',
      message: 'Zendesk API token',
      ...namedKey({ names: ['zendesk'], value: alnumOf(40), words: ['token', 'key', 'secret'] }),
      severity: 'high',
      docs: 'https://support.zendesk.com/hc/articles/4408889192858',
    },
    {
      id: 'freshdesk-key',
      message: 'Freshdesk API key',
      ...namedKey({ names: ['freshdesk', 'freshservice'], value: alnumOf(20) }),
      severity: 'medium',
      docs: 'https://support.freshdesk.com/support/solutions/articles/215517',
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
      id: 'typeform-token',
      message: 'Typeform personal access token',
      severity: 'high',
      keywords: ['tfp_'],
      pattern: /tfp_[\w.-]{40,59}(?![\w.-])/,
      docs: 'https://www.typeform.com/developers/get-started/personal-access-token/',
      samples: () => tokenSamples('tfp_', base64url(44), 40),
    },
    {
      id: 'jotform-key',
      message: 'Jotform API key',
      ...namedKey({ names: ['jotform'], value: hexOf(32), words: ['key', 'token'] }),
      severity: 'medium',
      docs: 'https://api.jotform.com/docs/',
    },
  ],
);
