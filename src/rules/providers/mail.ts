import { looksRandom, namedKey, namedSamples, namedSecret } from '../drafting/named-secret.ts';
import { ruleSet } from '../../engine/rule.ts';
import { alnum, allSamples, base64url, hex, tokenSamples, uuid } from '../drafting/sample.ts';
import { hexOf, upperHexOf, alnumOf, UUID } from '../drafting/shapes.ts';

export const mail = ruleSet(
  {
    why: 'Anyone who has it can send mail in your name, and read the addresses of your recipients.',
    advice: 'Delete the key where it was issued, and keep the new one in a secret store.',
  },
  () => [
    {
      id: 'sendgrid-key',
      message: 'SendGrid API key',
      advice: 'Delete it under Settings › API Keys, and keep the new one in a secret store.',
      keywords: ['SG.'],
      pattern: /SG\.(?:[\w-]{22}\.[\w-]{43}|[\w.=-]{66})(?![\w-])/,
      judge: ({ secret }) => looksRandom(secret.slice(3)),
      docs: 'https://www.twilio.com/docs/sendgrid/ui/account-and-settings/api-keys',
      samples: () => tokenSamples(`SG.${base64url(22)}.`, base64url(43)),
    },
    {
      id: 'mailgun-key',
      message: 'Mailgun API key',
      keywords: ['mailgun', 'key-'],
      pattern:
        /(?:key-(?<old>[\da-z]{32})(?![\w-])|mailgun[\w.\s:"'{(=>-]{0,60}?(?:key|token|password|secret)["'\]]{0,2}\s{0,3}[:=,(]?\s{0,3}["'`]?(?<secret>[\da-f]{32}-[\da-f]{8}-[\da-f]{8}))(?![\w-])/i,
      boundary: 'none',
      judge: ({ text, match, secret }) =>
        !/[\w-]$/.test(text.slice(Math.max(0, match.index - 1), match.index)) &&
        /^(?:key-[\da-z]+|[\da-f-]+)$/.test(secret) &&
        looksRandom(secret.replace('key-', '')),
      docs: 'https://help.mailgun.com/hc/articles/203380100',
      samples: () =>
        allSamples(tokenSamples('key-', hex(32)), {
          found: [`mailgun: { apiKey: '${hex(32)}-${hex(8)}-${hex(8, 'b')}' }`, `MAILGUN_API_KEY=${hex(32)}-${hex(8)}-${hex(8, 'b')}\n`],
          ignored: [`ACCESS=pubkey-${hex(32)}\n`, `MAILGUN_API_KEY=${hex(32)}-${hex(8)}\n`],
        }),
    },
    {
      id: 'mailgun-signing-key',
      message: 'Mailgun webhook signing key',
      ...namedKey({ names: ['mailgun'], value: hexOf(32), words: ['sign\\w{0,4}[_-]?key', 'webhook'] }),
      severity: 'medium',
      docs: 'https://documentation.mailgun.com/docs/mailgun/user-manual/webhooks/securing-webhooks',
    },
    {
      id: 'mailchimp-key',
      message: 'Mailchimp API key',
      keywords: ['-us1', '-us2', '-us3', '-us4', '-us5', '-us6', '-us7', '-us8', '-us9'],
      lead: 32,
      pattern: /[\da-f]{32}-us\d{1,2}/,
      severity: 'high',
      docs: 'https://mailchimp.com/help/about-api-keys/',
      samples: () => {
        const key = (zone: number): string => `${hex(32)}-us${zone}`;
        return {
          found: Array.from({ length: 9 }, (_, i) => `KEY=${key(i + 1)}\n`).concat(`'${key(21)}'`),
          ignored: [`KEY=${key(1).slice(1)}\n`, `KEY=f${key(1)}\n`, `KEY=${hex(32)}-eu1\n`, `KEY=${key(123)}\n`],
        };
      },
    },
    {
      id: 'mandrill-key',
      message: 'Mandrill API key',
      ...namedSecret({ names: ['mandrill'], value: '(?:md-)?[\\w-]{22}' }),
      severity: 'high',
      docs: 'https://mailchimp.com/developer/transactional/guides/quick-start/',
      samples: () => allSamples(namedSamples('mandrill', alnum(22)), { found: [`MANDRILL_KEY=md-${alnum(22)}\n`], ignored: [] }),
    },
    {
      id: 'mailersend-token',
      message: 'MailerSend API token',
      keywords: ['mlsn.'],
      pattern: /mlsn\.[\da-z]{64}/,
      severity: 'high',
      docs: 'https://www.mailersend.com/help/managing-api-tokens',
      samples: () => tokenSamples('mlsn.', hex(64)),
    },
    {
      id: 'brevo-key',
      message: 'Brevo API or SMTP key',
      keywords: ['xkeysib-', 'xsmtpsib-'],
      pattern: /x(?:key|smtp)sib-[\da-f]{64}-[A-Za-z\d]{16}/,
      docs: 'https://help.brevo.com/hc/articles/209467485',
      samples: () => allSamples(...['xkeysib-', 'xsmtpsib-'].map((marker) => tokenSamples(`${marker}${hex(64)}-`, alnum(16)))),
    },
    {
      id: 'postmark-token',
      message: 'Postmark token',
      ...namedSecret({ names: ['postmark'], value: UUID.source, isNameEnough: true }),
      severity: 'high',
      docs: 'https://postmarkapp.com/support/article/1008-what-are-the-account-and-server-api-tokens',
      samples: () =>
        allSamples(namedSamples('postmark', uuid()), {
          found: [`X-Postmark-Server-Token: ${uuid()}`, `postmark: "${uuid()}"`],
          ignored: [],
        }),
    },
    {
      id: 'resend-key',
      message: 'Resend API key',
      keywords: ['re_'],
      pattern: /re_[A-Za-z\d]{8}_[A-Za-z\d]{24}/,
      minEntropy: 4,
      docs: 'https://resend.com/docs/dashboard/api-keys/introduction',
      judge: ({ secret }) => /\d/.test(secret) && /[A-Z]/.test(secret) && /[a-z]/.test(secret.slice(3)),
      samples: () => tokenSamples(`re_${alnum(8)}_`, alnum(24)),
    },
    {
      id: 'mailjet-key',
      message: 'Mailjet key or secret',
      ...namedSecret({ names: ['mailjet', 'mj_apikey'], value: '[\\da-f]{32}', credential: 'key|secret|private' }),
      severity: 'high',
      docs: 'https://documentation.mailjet.com/hc/articles/360043178113',
      samples: () => ({
        found: [`MAILJET_API_KEY=${hex(32)}\n`, `MJ_APIKEY_PRIVATE=${hex(32)}\n`],
        ignored: [`MAILJET_API_KEY=${hex(31)}\n`, `OTHER_API_KEY=${hex(32)}\n`],
      }),
    },
    {
      id: 'sparkpost-key',
      message: 'SparkPost API key',
      ...namedKey({ names: ['sparkpost'], value: hexOf(40) }),
      severity: 'high',
      docs: 'https://support.sparkpost.com/docs/getting-started/create-api-keys',
    },
    {
      id: 'elasticemail-key',
      message: 'Elastic Email API key',
      ...namedKey({ names: ['elasticemail', 'elastic_email', 'elastic-email'], value: upperHexOf(96) }),
      severity: 'high',
      docs: 'https://elasticemail.com/developers/api-documentation/rest-api',
    },
    {
      id: 'mailtrap-token',
      message: 'Mailtrap API token',
      ...namedKey({ names: ['mailtrap'], value: hexOf(32), words: ['token', 'key'] }),
      severity: 'low',
      docs: 'https://help.mailtrap.io/article/103-api-tokens',
    },
    {
      id: 'mailosaur-key',
      message: 'Mailosaur API key',
      ...namedKey({ names: ['mailosaur'], value: alnumOf(15, 40), words: ['key'] }),
      severity: 'low',
      docs: 'https://mailosaur.com/docs/managing-your-account/api-keys',
    },
  ],
);
