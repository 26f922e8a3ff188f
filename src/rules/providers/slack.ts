import { namedSecret } from '../drafting/named-secret.ts';
import { ruleSet } from '../../engine/rule.ts';
import { alnum, allSamples, base64url, digits, hex, tokenSamples, upperAlnum } from '../drafting/sample.ts';

export const slack = ruleSet(
  {
    why: 'Anyone who has it can read and write messages in your workspace.',
    advice: "Revoke it on the app's page under OAuth & Permissions, and reinstall the app to get a new one.",
    docs: 'https://api.slack.com/authentication/best-practices',
  },
  () => [
    {
      id: 'slack-bot-token',
      message: 'Slack bot token',
      keywords: ['xoxb-'],
      pattern: /xoxb-\d{8,14}-(?:\d{8,14}-)?[A-Za-z\d]{18,34}/,
      samples: () =>
        allSamples(tokenSamples(`xoxb-${digits(12)}-${digits(13)}-`, alnum(24), 18), tokenSamples(`xoxb-${digits(11)}-`, alnum(24), 18)),
    },
    {
      id: 'slack-user-token',
      message: 'Slack user token',
      keywords: ['xoxp-', 'xoxe-'],
      pattern: /xox[pe]-(?:\d{8,14}-){2,3}[A-Za-z\d]{28,34}/,
      samples: () =>
        allSamples(...['xoxp-', 'xoxe-'].map((marker) => tokenSamples(`${marker}${digits(12)}-${digits(12)}-${digits(13)}-`, hex(32), 28))),
    },
    {
      id: 'slack-app-token',
      message: 'Slack app-level token',
      advice: "Revoke it on the app's page under Basic Information › App-Level Tokens, and generate a new one.",
      keywords: ['xapp-'],
      pattern: /xapp-\d-[A-Z\d]{9,12}-\d{10,14}-[\da-f]{64}/,
      samples: () => tokenSamples(`xapp-1-A${upperAlnum(10)}-${digits(13)}-`, hex(64)),
    },
    {
      id: 'slack-config-token',
      message: 'Slack app configuration token',
      advice: 'Revoke it on the apps page of the Slack API under Your App Configuration Tokens.',
      severity: 'high',
      keywords: ['xoxe.xoxp-', 'xoxe.xoxb-', 'xoxe-'],
      pattern: /xoxe(?:\.xox[bp])?-\d-[A-Za-z\d]{140,170}/,
      docs: 'https://api.slack.com/reference/manifests#config-tokens',
      samples: () => allSamples(...['xoxe.xoxp-1-', 'xoxe.xoxb-1-', 'xoxe-1-'].map((marker) => tokenSamples(marker, alnum(146), 140))),
    },
    {
      id: 'slack-session-token',
      message: 'Slack browser session',
      keywords: ['xoxc-', 'xoxd-'],
      pattern: /xox(?:c-(?:\d{8,14}-){3}[\da-f]{64}|d-[A-Za-z\d%+/]{100,400}={0,2})/,
      advice: 'Sign out of all sessions in the account settings.',
      docs: 'https://slack.com/help/articles/214613347-Sign-out-of-Slack',
      samples: () =>
        allSamples(tokenSamples(`xoxc-${digits(12)}-${digits(12)}-${digits(13)}-`, hex(64)), tokenSamples('xoxd-', alnum(160), 100)),
    },
    {
      id: 'slack-legacy-token',
      message: 'Slack token (legacy format)',
      severity: 'high',
      keywords: ['xoxa-', 'xoxr-', 'xoxo-', 'xoxs-'],
      pattern: /xox[aros]-(?:\d{1,14}-){0,3}[A-Za-z\d]{10,48}/,
      minEntropy: 3.2,
      samples: () =>
        allSamples(
          ...['xoxa-2-', 'xoxr-'].map((marker) => tokenSamples(marker, alnum(32), 6)),
          ...['xoxo-', 'xoxs-'].map((marker) => tokenSamples(`${marker}${digits(11)}-${digits(11)}-${digits(11)}-`, hex(30), 3)),
        ),
    },
    {
      id: 'slack-webhook',
      message: 'Slack webhook',
      severity: 'high',
      keywords: ['hooks.slack.com', 'hooks.slack-gov.com'],
      pattern:
        /hooks\.slack(?:-gov)?\.com\/(?:services\/T[A-Z\d]{7,12}\/B[A-Z\d]{7,12}\/[A-Za-z\d]{20,28}|(?:workflows|triggers)\/[AET][A-Z\d]{7,12}\/(?:A[A-Z\d]{7,12}|\d{8,20})\/(?:\d{8,20}\/)?[A-Za-z\d]{20,64})/,
      why: 'Anyone who has the URL can post to your workspace.',
      advice: "Delete the webhook on the app's page, and keep the new URL out of the repository.",
      docs: 'https://api.slack.com/messaging/webhooks',
      samples: () => {
        const path = `T0${upperAlnum(9)}/B0${upperAlnum(9)}/`;
        return allSamples(
          ...['hooks.slack.com', 'hooks.slack-gov.com'].map((host) => tokenSamples(`${host}/services/${path}`, alnum(24), 20)),
          {
            found: [
              `SLACK_URL=https://hooks.slack.com/services/${path}${alnum(24)}\n`,
              `https://hooks.slack.com/workflows/T0${upperAlnum(9)}/A0${upperAlnum(9)}/${digits(18)}/${alnum(24)}`,
              `https://hooks.slack.com/triggers/T0${upperAlnum(9)}/${digits(13)}/${hex(32)}`,
            ],
            ignored: [
              `https://hooks.slack.com/services/T00000000/B00000000/${'X'.repeat(24)}`,
              'https://hooks.slack.com/services/$SLACK_PATH',
              'https://hooks.slack.com/services/',
            ],
          },
        );
      },
    },
    {
      id: 'slack-signing-secret',
      message: 'Slack signing or client secret',
      advice: "Regenerate it on the app's page under Basic Information › App Credentials.",
      severity: 'high',
      ...namedSecret({ names: ['slack'], value: '[\\da-f]{32}', credential: 'secret' }),
      docs: 'https://api.slack.com/authentication/verifying-requests-from-slack',
      samples: () => ({
        found: [`SLACK_SIGNING_SECRET=${hex(32)}\n`, `slack: { clientSecret: '${hex(32)}' }`],
        ignored: [`SLACK_SIGNING_SECRET=${hex(31)}\n`, `SLACK_HASH=${hex(32)}\n`, `SLACK_SIGNING_SECRET=${base64url(32)}\n`],
      }),
    },
  ],
);
