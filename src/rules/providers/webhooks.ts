import { looksRandom } from '../drafting/named-secret.ts';
import { ruleSet } from '../../engine/rule.ts';
import { alnum, base64url, digits, hex, lowerAlnum, tokenSamples } from '../drafting/sample.ts';

export const webhooks = ruleSet(
  {
    severity: 'medium',
    why: 'Anyone who has the URL can start the workflow behind it.',
    advice: 'Delete or regenerate the URL where it was created, and keep the new one in a secret store.',
  },
  () => [
    {
      id: 'zapier-webhook',
      message: 'Zapier webhook',
      severity: 'medium',
      keywords: ['hooks.zapier.com/hooks/catch/'],
      pattern: /hooks\.zapier\.com\/hooks\/catch\/\d{5,9}\/[a-z\d]{6,8}/,
      why: 'Anyone who has the URL can start the Zap.',
      docs: 'https://help.zapier.com/hc/articles/8496288690317',
      samples: () => tokenSamples(`hooks.zapier.com/hooks/catch/${digits(7)}/`, lowerAlnum(7), 6),
    },
    {
      id: 'ifttt-webhook',
      message: 'IFTTT webhook',
      keywords: ['maker.ifttt.com/'],
      pattern: /maker\.ifttt\.com\/(?:trigger\/[^\s"'<>]{1,100}?\/(?:json\/)?with\/key|use)\/(?<secret>[\w-]{43}|[\w-]{22})(?![\w-])/,
      boundary: 'none',
      judge: ({ secret }) => looksRandom(secret),
      docs: 'https://ifttt.com/maker_webhooks',
      samples: () => ({
        found: [`https://maker.ifttt.com/trigger/door/with/key/${base64url(22)}`, `https://maker.ifttt.com/use/${base64url(43)}`],
        ignored: [
          'https://maker.ifttt.com/trigger/{event}/with/key/{key}',
          `https://maker.ifttt.com/trigger/door/with/key/${base64url(20)}`,
        ],
      }),
    },
    {
      id: 'make-webhook',
      message: 'Make webhook',
      severity: 'low',
      keywords: ['hook.eu', 'hook.us', 'hook.integromat.com'],
      pattern: /hook\.(?:(?:eu|us)\d\.make|integromat)\.com\/(?<secret>[a-z\d]{32})(?!\w)/,
      boundary: 'none',
      judge: ({ secret }) => looksRandom(secret),
      docs: 'https://help.make.com/webhooks',
      samples: () => ({
        found: ['hook.eu1.make.com', 'hook.us2.make.com', 'hook.integromat.com'].map((host) => `url = https://${host}/${lowerAlnum(32)}\n`),
        ignored: ['https://hook.eu1.make.com/<id>', `https://hook.eu1.make.com/${lowerAlnum(31)}`, `hook.use('${lowerAlnum(32)}')`],
      }),
    },
    {
      id: 'pipedream-webhook',
      message: 'Pipedream endpoint',
      severity: 'low',
      keywords: ['.m.pipedream.net'],
      pattern: /(?<=:\/\/(?<secret>e[on][a-z\d]{12,24}))\.m\.pipedream\.net/,
      boundary: 'none',
      docs: 'https://pipedream.com/docs/workflows/building-workflows/triggers',
      samples: () => ({
        found: [`fetch('https://eo${lowerAlnum(13)}.m.pipedream.net')`],
        ignored: ['https://your-endpoint.m.pipedream.net', 'https://eo.m.pipedream.net'],
      }),
    },
    {
      id: 'tines-webhook',
      message: 'Tines webhook',
      keywords: ['.tines.com/webhook/', '.tines.io/webhook/'],
      pattern: /\.tines\.(?:com|io)\/webhook\/(?<secret>[\da-f]{32}\/[\da-f]{32})(?!\w)/,
      boundary: 'none',
      judge: ({ secret }) => looksRandom(secret),
      docs: 'https://www.tines.com/docs/actions/types/webhook/',
      samples: () => ({
        found: ['com', 'io'].map((end) => `https://north.tines.${end}/webhook/${hex(32)}/${hex(32, 'b')}`),
        ignored: ['https://north.tines.com/webhook/<path>/<secret>', `https://north.tines.com/webhook/${hex(32)}/${hex(31)}`],
      }),
    },
    {
      id: 'mattermost-webhook',
      message: 'Mattermost webhook',
      keywords: ['mattermost'],
      pattern: /mattermost[\w.:-]{0,80}\/hooks\/(?<secret>[a-z\d]{26})(?!\w)/i,
      boundary: 'none',
      judge: ({ secret }) => looksRandom(secret),
      docs: 'https://developers.mattermost.com/integrate/webhooks/incoming/',
      samples: () => ({
        found: [
          `https://mattermost.northsea.dev/hooks/${lowerAlnum(26)}`,
          `https://north.cloud.mattermost.com:443/hooks/${lowerAlnum(26)}`,
        ],
        ignored: ['https://mattermost.northsea.dev/hooks/xxx-generatedkey-xxx', `https://northsea.dev/hooks/${lowerAlnum(26)}`],
      }),
    },
    {
      id: 'rocketchat-webhook',
      message: 'Rocket.Chat webhook',
      keywords: ['rocket.chat', 'rocketchat', 'rocket-chat'],
      pattern: /rocket[.-]?chat[\w.:-]{0,80}\/hooks\/[A-Za-z\d]{17,24}\/(?<secret>[A-Za-z\d]{43,64})(?!\w)/i,
      boundary: 'none',
      judge: ({ secret }) => looksRandom(secret),
      docs: 'https://docs.rocket.chat/docs/integrations',
      samples: () => ({
        found: ['north.rocket.chat', 'rocketchat.northsea.dev', 'rocket-chat.northsea.dev'].map(
          (host) => `https://${host}/hooks/${alnum(17)}/${alnum(48)}`,
        ),
        ignored: ['https://north.rocket.chat/hooks/<id>/<token>', `https://northsea.dev/hooks/${alnum(17)}/${alnum(48)}`],
      }),
    },
  ],
);
