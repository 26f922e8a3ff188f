import { markedToken } from '../drafting/marked-token.ts';
import { namedKey, namedSamples, namedSecret } from '../drafting/named-secret.ts';
import { ruleSet } from '../../engine/rule.ts';
import { alnum, allSamples, hex, tokenSamples, upperAlnum, uuid } from '../drafting/sample.ts';
import { alnumOf, upperAlnumOf, base64urlOf, base64Of, UUID } from '../drafting/shapes.ts';

export const servers = ruleSet(
  {
    why: 'Anyone who has it can change and delete what runs in the account.',
    advice: "Delete it in the provider's console, and keep the new one in a secret store.",
  },
  () => [
    {
      id: 'digitalocean-token',
      message: 'DigitalOcean token',
      keywords: ['dop_v1_', 'doo_v1_', 'dor_v1_'],
      pattern: /do[opr]_v1_[\da-f]{64}/,
      docs: 'https://docs.digitalocean.com/reference/api/create-personal-access-token/',
      samples: () => allSamples(...['dop_v1_', 'doo_v1_', 'dor_v1_'].map((marker) => tokenSamples(marker, hex(64)))),
    },
    {
      id: 'digitalocean-spaces-key',
      message: 'DigitalOcean Spaces access key',
      severity: 'high',
      confidence: 'medium',
      ...markedToken({ markers: ['DO00'], body: upperAlnumOf(16), isAmbiguous: true }),
      docs: 'https://docs.digitalocean.com/products/spaces/how-to/manage-access/',
    },
    {
      id: 'digitalocean-spaces-secret',
      message: 'DigitalOcean Spaces secret key',
      ...namedKey({
        names: ['do_spaces', 'spaces_secret', 'digitaloceanspaces', 'digitalocean_spaces'],
        value: base64Of(43),
        words: ['secret', 'key'],
      }),
      severity: 'high',
      docs: 'https://docs.digitalocean.com/products/spaces/how-to/manage-access/',
    },
    {
      id: 'linode-token',
      message: 'Linode token',
      ...namedSecret({ names: ['linode'], value: '[\\da-f]{64}' }),
      docs: 'https://techdocs.akamai.com/cloud-computing/docs/manage-personal-access-tokens',
      samples: () => namedSamples('linode', hex(64)),
    },
    {
      id: 'hetzner-token',
      message: 'Hetzner Cloud token',
      ...namedSecret({ names: ['hetzner', 'hcloud'], value: '[A-Za-z\\d]{64}' }),
      docs: 'https://docs.hetzner.com/cloud/api/getting-started/generating-api-token/',
      samples: () => allSamples(namedSamples('hetzner', alnum(64)), namedSamples('hcloud', alnum(64))),
    },
    {
      id: 'vultr-key',
      message: 'Vultr API key',
      ...namedSecret({ names: ['vultr'], value: '[A-Z\\d]{36}' }),
      docs: 'https://docs.vultr.com/platform/other/api/',
      samples: () => namedSamples('vultr', upperAlnum(36)),
    },
    {
      id: 'scaleway-key',
      message: 'Scaleway secret key',
      ...namedSecret({ names: ['scaleway', 'scw'], value: UUID.source, credential: 'secret|token|key', isWordStart: true }),
      docs: 'https://www.scaleway.com/en/docs/iam/how-to/create-api-keys/',
      samples: () => ({
        found: [`SCW_SECRET_KEY=${uuid()}\n`, `scaleway:\n  secret_key: ${uuid()}\n`],
        ignored: [`SCW_DEFAULT_PROJECT_ID=${uuid()}\n`, `SCW_ACCESS_KEY=SCW${upperAlnum(17)}\n`],
      }),
    },
    {
      id: 'upcloud-token',
      message: 'UpCloud token',
      keywords: ['ucat_'],
      pattern: /ucat_[A-Za-z\d]{24,32}/,
      docs: 'https://upcloud.com/docs/guides/getting-started-upcloud-api/',
      samples: () => tokenSamples('ucat_', alnum(26), 24),
    },
    {
      id: 'ovh-secret',
      message: 'OVHcloud application secret or consumer key',
      ...namedKey({ names: ['ovh_', 'ovh-', 'ovhcloud'], value: alnumOf(32), words: ['secret', 'consumer_?key'] }),
      severity: 'high',
      docs: 'https://help.ovhcloud.com/csm/en-api-getting-started-ovhcloud-api',
    },
    {
      id: 'exoscale-key',
      message: 'Exoscale API key',
      ...markedToken({ markers: ['EXO'], body: alnumOf(24, 30), isAmbiguous: true }),
      severity: 'medium',
      docs: 'https://community.exoscale.com/product/iam/',
    },
    {
      id: 'exoscale-secret',
      message: 'Exoscale API secret',
      ...namedKey({ names: ['exoscale'], value: base64urlOf(40, 60), words: ['secret'] }),
      severity: 'high',
      docs: 'https://community.exoscale.com/product/iam/',
    },
    {
      id: 'civo-key',
      message: 'Civo API key',
      ...namedKey({ names: ['civo_', 'civo-', 'civo.com', 'civoapi'], value: alnumOf(50) }),
      severity: 'high',
      docs: 'https://www.civo.com/docs/account/api-keys',
    },
    {
      id: 'infomaniak-token',
      message: 'Infomaniak API token',
      ...namedKey({ names: ['infomaniak'], value: base64urlOf(60, 100) }),
      severity: 'high',
      docs: 'https://developer.infomaniak.com/docs/api',
    },
  ],
);
