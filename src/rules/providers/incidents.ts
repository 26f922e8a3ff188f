import { markedToken } from '../drafting/marked-token.ts';
import { namedKey, namedSecret } from '../drafting/named-secret.ts';
import { ruleSet } from '../../engine/rule.ts';
import { alnum, hex, tokenSamples } from '../drafting/sample.ts';
import { hexOf, digitsOf, UUID, shape } from '../drafting/shapes.ts';

export const incidents = ruleSet(
  {
    severity: 'medium',
    why: 'Anyone who has it can raise and close alerts in your name.',
    advice: 'Revoke it where it was issued, and keep the new one in a secret store.',
  },
  () => [
    {
      id: 'pagerduty-key',
      message: 'PagerDuty API key',
      severity: 'high',
      ...namedSecret({ names: ['pagerduty', 'pager_duty'], value: 'u\\+[\\w+-]{18}|y_[\\w+-]{18}|[\\da-f]{32}' }),
      docs: 'https://support.pagerduty.com/main/docs/api-access-keys',
      samples: () => ({
        found: [`PAGERDUTY_API_KEY=u+${alnum(18)}\n`, `pager_duty: { token: 'y_${alnum(18)}' }`, `PAGERDUTY_INTEGRATION_KEY=${hex(32)}\n`],
        ignored: [`PAGERDUTY_API_KEY=${alnum(20)}\n`, `PAGERDUTY_API_KEY=${hex(31)}\n`, `OTHER_API_KEY=u+${alnum(18)}\n`],
      }),
    },
    {
      id: 'opsgenie-key',
      message: 'Opsgenie API key',
      ...namedKey({ names: ['opsgenie', 'genie_key', 'geniekey'], value: UUID, words: ['key', 'token'] }),
      severity: 'high',
      docs: 'https://support.atlassian.com/opsgenie/docs/api-key-management/',
    },
    {
      id: 'rootly-key',
      message: 'Rootly API key',
      severity: 'high',
      keywords: ['rootly_'],
      pattern: /rootly_[\da-f]{64}/,
      docs: 'https://docs.rootly.com/api-reference/overview',
      samples: () => tokenSamples('rootly_', hex(64)),
    },
    {
      id: 'firehydrant-token',
      message: 'FireHydrant bot token',
      ...markedToken({ markers: ['fhb-'], body: hexOf(32) }),
      docs: 'https://docs.firehydrant.com/docs/api-keys',
    },
    {
      id: 'statuspage-key',
      message: 'Statuspage API key',
      ...namedKey({ names: ['statuspage'], value: UUID, words: ['key', 'token', 'secret', 'oauth'] }),
      docs: 'https://support.atlassian.com/statuspage/docs/create-and-manage-api-keys/',
    },
    {
      id: 'checkly-key',
      message: 'Checkly API key',
      ...namedKey({ names: ['checkly'], value: shape`cu_${hexOf(32)}` }),
      docs: 'https://www.checklyhq.com/docs/accounts-and-users/creating-api-key/',
    },
    {
      id: 'uptimerobot-key',
      message: 'UptimeRobot API key',
      ...namedKey({ names: ['uptimerobot', 'uptime_robot'], value: shape`u${digitsOf(5, 8)}-${hexOf(24)}` }),
      docs: 'https://uptimerobot.com/api/',
    },
    {
      id: 'healthchecks-url',
      message: 'Healthchecks.io ping URL',
      severity: 'low',
      why: 'Anyone who has the URL can report that a job has run.',
      ...markedToken({ markers: ['hc-ping.com/'], body: UUID }),
      docs: 'https://healthchecks.io/docs/http_api/',
    },
  ],
);
