import { markedToken } from '../drafting/marked-token.ts';
import { namedKey, namedSecret } from '../drafting/named-secret.ts';
import { ruleSet } from '../../engine/rule.ts';
import { hex, uuid } from '../drafting/sample.ts';
import { alnumOf, base64urlOf, shape, either, type Shape } from '../drafting/shapes.ts';

/** Project, environment, and the secret. */
const UNLEASH: Shape = {
  source: '(?:\\*|[\\w-]{1,60}):[\\w-]{1,60}\\.[\\da-f]{56,64}',
  sample: () => `default:production.${hex(56)}`,
  isFixed: false,
};

export const featureFlags = ruleSet(
  {
    severity: 'medium',
    why: 'Anyone who has it can read your feature flags; some keys can also change them.',
    advice: 'Revoke it where it was issued, and keep the new one in a secret store.',
  },
  () => [
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
      id: 'configcat-key',
      message: 'ConfigCat SDK key',
      severity: 'low',
      ...markedToken({ markers: ['configcat-sdk-1/'], body: shape`${base64urlOf(22)}/${base64urlOf(22)}` }),
      docs: 'https://configcat.com/docs/advanced/code-references/overview/',
    },
    {
      id: 'devcycle-key',
      message: 'DevCycle server key',
      ...markedToken({ markers: ['dvc_server_'], body: alnumOf(8, 32), isAmbiguous: true }),
      docs: 'https://docs.devcycle.com/sdk/',
    },
    {
      id: 'statsig-key',
      message: 'Statsig server or console key',
      ...namedKey({ names: ['statsig'], value: either(shape`secret-${alnumOf(40, 50)}`, shape`console-${alnumOf(40, 50)}`) }),
      docs: 'https://docs.statsig.com/access-management/introduction',
    },
    {
      id: 'unleash-token',
      message: 'Unleash API token',
      ...namedKey({ names: ['unleash'], value: UNLEASH, words: ['token', 'key'] }),
      docs: 'https://docs.getunleash.io/reference/api-tokens-and-client-keys',
    },
    {
      id: 'flagsmith-key',
      message: 'Flagsmith server key',
      ...namedKey({ names: ['flagsmith'], value: shape`ser.${alnumOf(22)}` }),
      docs: 'https://docs.flagsmith.com/clients/server-side',
    },
  ],
);
