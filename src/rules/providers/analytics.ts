import { namedKey } from '../drafting/named-secret.ts';
import { ruleSet } from '../../engine/rule.ts';
import { alnum, allSamples, tokenSamples } from '../drafting/sample.ts';
import { hexOf, alnumOf, base64urlOf, base64Of, shape, either } from '../drafting/shapes.ts';

export const analytics = ruleSet(
  {
    severity: 'medium',
    why: 'Anyone who has it can read what your customers do; some keys can also delete that data.',
    advice: 'Revoke it where it was issued, and keep the new one in a secret store.',
  },
  () => [
    {
      id: 'segment-token',
      message: 'Segment public API token',
      severity: 'high',
      keywords: ['sgp_'],
      pattern: /sgp_[A-Za-z\d]{64}/,
      why: 'Anyone who has it can change the sources and destinations of your data.',
      docs: 'https://segment.com/docs/api/public-api/',
      samples: () => tokenSamples('sgp_', alnum(64)),
    },
    {
      id: 'posthog-key',
      message: 'PostHog personal API key',
      severity: 'high',
      keywords: ['phx_', 'phs_'],
      pattern: /ph[xs]_[A-Za-z\d]{41,49}/,
      docs: 'https://posthog.com/docs/api#personal-api-keys-recommended',
      samples: () =>
        allSamples(tokenSamples('phx_', alnum(43), 41), tokenSamples('phs_', alnum(43), 41), {
          found: [],
          ignored: [`KEY=phc_${alnum(43)}\n`],
        }),
    },
    {
      id: 'amplitude-secret',
      message: 'Amplitude secret key',
      ...namedKey({ names: ['amplitude'], value: hexOf(32), words: ['secret'] }),
      docs: 'https://amplitude.com/docs/apis/keys-and-tokens',
    },
    {
      id: 'mixpanel-secret',
      message: 'Mixpanel API secret',
      ...namedKey({ names: ['mixpanel'], value: either(hexOf(32), alnumOf(32)), words: ['secret', 'service_account'] }),
      docs: 'https://developer.mixpanel.com/reference/authentication',
    },
    {
      id: 'fullstory-key',
      message: 'FullStory API key',
      ...namedKey({
        names: ['fullstory', 'fs_api'],
        value: either(shape`na1.${base64Of(20, 100)}`, shape`eu1.${base64Of(20, 100)}`),
        words: ['key', 'token'],
      }),
      docs: 'https://developer.fullstory.com/server/authentication/',
    },
    {
      id: 'klaviyo-key',
      message: 'Klaviyo private key',
      ...namedKey({ names: ['klaviyo'], value: either(shape`pk_${hexOf(34)}`, shape`pk_${alnumOf(6)}_${hexOf(34)}`) }),
      severity: 'high',
      docs: 'https://developers.klaviyo.com/en/docs/authenticate_',
    },
    {
      id: 'customerio-key',
      message: 'Customer.io API key',
      ...namedKey({
        names: ['customerio', 'customer.io', 'customer_io', 'cio_api'],
        value: either(alnumOf(20), hexOf(32)),
        words: ['api_?key', 'token', 'secret'],
      }),
      docs: 'https://docs.customer.io/accounts-and-workspaces/managing-credentials/',
    },
    {
      id: 'beamer-token',
      message: 'Beamer API token',
      ...namedKey({ names: ['beamer'], value: shape`b_${base64urlOf(43)}=` }),
      docs: 'https://www.getbeamer.com/api',
    },
  ],
);
