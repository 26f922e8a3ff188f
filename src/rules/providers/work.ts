import { markedToken } from '../drafting/marked-token.ts';
import { namedKey, namedSamples, namedSecret } from '../drafting/named-secret.ts';
import { ruleSet } from '../../engine/rule.ts';
import { alnum, allSamples, base64url, digits, hex, lowerAlnum, tokenSamples, upperAlnum } from '../drafting/sample.ts';
import { hexOf, alnumOf, base64urlOf, UUID, JWT, shape, either, type Shape } from '../drafting/shapes.ts';

/** Three parts; the second one is the version. */
const AIRTABLE_OAUTH: Shape = {
  source: '[A-Za-z\\d]{4,40}\\.v1\\.[A-Za-z\\d+/=_-]{40,600}(?:\\.[\\da-f]{32,128})?',
  sample: (seed) => `${alnum(18, seed)}.v1.${alnum(40, seed)}`,
  isFixed: false,
};
/** `b`, the realm, two ids, and the secret. */
const QUICKBASE: Shape = {
  source: 'b[a-z\\d]{4,6}_[a-z\\d]{3,6}(?:_\\d)?_[a-z\\d_]{20,40}',
  sample: (seed) => `b${lowerAlnum(5, seed)}_${lowerAlnum(4, seed)}_${lowerAlnum(20, seed)}`,
  isFixed: false,
};

export const work = ruleSet(
  {
    why: 'Anyone who has it can read and change what its owner can.',
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
      id: 'linear-webhook-secret',
      message: 'Linear webhook signing secret',
      severity: 'medium',
      ...markedToken({ markers: ['lin_wh_'], body: alnumOf(36, 48), isAmbiguous: true }),
      docs: 'https://linear.app/developers/webhooks',
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
      message: 'Notion integration token (legacy format)',
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
      id: 'airtable-legacy-key',
      message: 'Airtable API key (legacy format)',
      ...namedKey({ names: ['airtable'], value: shape`key${alnumOf(14)}` }),
      severity: 'low',
      docs: 'https://support.airtable.com/docs/airtable-api-key-deprecation-notice',
    },
    {
      id: 'airtable-oauth-token',
      message: 'Airtable OAuth token',
      ...namedKey({ names: ['airtable'], value: AIRTABLE_OAUTH, words: ['token'] }),
      severity: 'high',
      docs: 'https://airtable.com/developers/web/api/oauth-reference',
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
      id: 'clickup-token',
      message: 'ClickUp API token',
      keywords: ['pk_'],
      pattern: /pk_\d{6,10}_[A-Z\d]{32}/,
      docs: 'https://developer.clickup.com/docs/authentication',
      samples: () => tokenSamples(`pk_${digits(8)}_`, upperAlnum(32)),
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
      id: 'monday-token',
      message: 'monday.com API token',
      ...namedKey({ names: ['monday'], value: JWT, words: ['token', 'key', 'secret'] }),
      severity: 'high',
      docs: 'https://developer.monday.com/api-reference/docs/authentication',
    },
    {
      id: 'smartsheet-token',
      message: 'Smartsheet access token',
      ...namedKey({ names: ['smartsheet'], value: alnumOf(37) }),
      severity: 'high',
      docs: 'https://developers.smartsheet.com/api/smartsheet/guides/basics/authentication',
    },
    {
      id: 'miro-token',
      message: 'Miro access token',
      ...namedKey({
        names: ['miro_', 'miro-', 'miro.com'],
        value: either(JWT, base64urlOf(27, 40)),
        words: ['access_?token', 'client_?secret', 'oauth_?token'],
      }),
      severity: 'high',
      docs: 'https://developers.miro.com/docs/getting-started-with-oauth',
    },
    {
      id: 'canva-secret',
      message: 'Canva client secret',
      severity: 'high',
      ...markedToken({ markers: ['cnvca'], body: base64urlOf(51) }),
      docs: 'https://www.canva.dev/docs/connect/authentication/',
    },
    {
      id: 'docusign-secret',
      message: 'DocuSign secret key',
      ...namedKey({ names: ['docusign'], value: UUID, words: ['secret', 'key', 'token'] }),
      severity: 'high',
      docs: 'https://developers.docusign.com/platform/auth/',
    },
    {
      id: 'pandadoc-key',
      message: 'PandaDoc API key',
      ...namedKey({ names: ['pandadoc'], value: hexOf(40) }),
      severity: 'high',
      docs: 'https://developers.pandadoc.com/reference/api-key-authentication-process',
    },
    {
      id: 'quickbase-token',
      message: 'Quickbase user token',
      ...namedKey({ names: ['quickbase', 'qb-user', 'qb_user'], value: QUICKBASE, words: ['token'] }),
      severity: 'high',
      docs: 'https://developer.quickbase.com/auth',
    },
    {
      id: 'teamwork-token',
      message: 'Teamwork token',
      severity: 'high',
      keywords: ['tkn.v1_'],
      pattern: /tkn\.v1_[A-Za-z\d+/_-]{71}=?(?![\w+/=-])/,
      docs: 'https://apidocs.teamwork.com/guides/teamwork/authentication',
      samples: () => tokenSamples('tkn.v1_', base64url(71)),
    },
  ],
);
