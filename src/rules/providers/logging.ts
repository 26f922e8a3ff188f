import { namedKey } from '../drafting/named-secret.ts';
import { ruleSet } from '../../engine/rule.ts';
import { hexOf, alnumOf, base64urlOf, UUID, either } from '../drafting/shapes.ts';

export const logging = ruleSet(
  {
    severity: 'medium',
    why: 'Anyone who has it can read or write what your systems report.',
    advice: 'Revoke it where it was issued, and keep the new one in a secret store.',
  },
  () => [
    {
      id: 'sumologic-secret',
      message: 'Sumo Logic access key',
      ...namedKey({ names: ['sumo_', 'sumologic', 'sumo-'], value: alnumOf(64), words: ['key', 'secret', 'token'] }),
      severity: 'high',
      docs: 'https://help.sumologic.com/docs/manage/security/access-keys/',
    },
    {
      id: 'logzio-token',
      message: 'Logz.io token',
      ...namedKey({ names: ['logzio', 'logz.io', 'logz_io'], value: alnumOf(32) }),
      docs: 'https://docs.logz.io/docs/user-guide/admin/authentication-tokens/',
    },
    {
      id: 'loggly-token',
      message: 'Loggly token',
      ...namedKey({ names: ['loggly'], value: UUID, words: ['token', 'key'] }),
      docs: 'https://documentation.solarwinds.com/en/success_center/loggly/content/admin/customer-token-authentication-token.htm',
    },
    {
      id: 'papertrail-token',
      message: 'Papertrail token',
      ...namedKey({ names: ['papertrail'], value: alnumOf(20, 22) }),
      docs: 'https://www.papertrail.com/help/settings-api/',
    },
    {
      id: 'betterstack-token',
      message: 'Better Stack token',
      ...namedKey({ names: ['betterstack', 'better_stack', 'logtail'], value: alnumOf(24), words: ['token', 'key'] }),
      docs: 'https://betterstack.com/docs/logs/api/getting-started/',
    },
    {
      id: 'mezmo-key',
      message: 'Mezmo (LogDNA) ingestion or service key',
      ...namedKey({ names: ['mezmo', 'logdna'], value: hexOf(32), words: ['key', 'token'] }),
      docs: 'https://docs.mezmo.com/docs/ingestion-key',
    },
    {
      id: 'lightstep-token',
      message: 'Lightstep access token',
      ...namedKey({ names: ['lightstep', 'ls_access'], value: base64urlOf(40, 200), words: ['token', 'api_?key'] }),
      docs: 'https://docs.lightstep.com/docs/create-and-manage-access-tokens',
    },
    {
      id: 'rollbar-token',
      message: 'Rollbar access token',
      ...namedKey({ names: ['rollbar'], value: hexOf(32), words: ['token', 'key'] }),
      severity: 'low',
      docs: 'https://docs.rollbar.com/docs/access-tokens',
    },
    {
      id: 'bugsnag-key',
      message: 'Bugsnag API key',
      ...namedKey({ names: ['bugsnag'], value: hexOf(32), words: ['key', 'token'] }),
      severity: 'low',
      docs: 'https://docs.bugsnag.com/api/',
    },
    {
      id: 'airbrake-key',
      message: 'Airbrake key',
      ...namedKey({ names: ['airbrake'], value: either(hexOf(32), hexOf(40)), words: ['key', 'token'] }),
      severity: 'low',
      docs: 'https://docs.airbrake.io/docs/devops-tools/api/',
    },
  ],
);
