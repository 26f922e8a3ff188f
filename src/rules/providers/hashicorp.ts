import { surpriseOf } from '../../engine/surprise.ts';
import { looksRandom, namedKey, namedSecret } from '../drafting/named-secret.ts';
import { ruleSet } from '../../engine/rule.ts';
import { alnum, allSamples, base64, base64url, hex, tokenSamples } from '../drafting/sample.ts';
import { UUID, type Shape } from '../drafting/shapes.ts';

const HCP_SECRET: Shape = { source: '[\\w.~-]{64}', sample: (seed) => base64url(64, seed), isFixed: true };

export const hashicorp = ruleSet(
  {
    why: 'Anyone who has it can read other secrets, or the state of your infrastructure.',
    advice: 'Revoke it, and check the audit log.',
  },
  () => [
    {
      id: 'vault-token',
      message: 'HashiCorp Vault token',
      keywords: ['hvs.', 'hvb.', 'hvr.'],
      pattern: /hv[sbr]\.[\w-]{24,300}/,
      minEntropy: 3.5,
      // Shorter values without a capital letter are members of an object.
      judge: ({ secret }) => /\d/.test(secret) && (/[A-Z]/.test(secret) || (secret.length > 60 && surpriseOf(secret).perChar >= 3)),
      docs: 'https://developer.hashicorp.com/vault/docs/commands/token/revoke',
      samples: () =>
        allSamples(
          tokenSamples('hvs.', base64url(90), 24),
          tokenSamples('hvs.', alnum(24), 24),
          tokenSamples('hvb.', base64url(140), 24),
          tokenSamples('hvr.', base64url(90), 24),
          { found: [], ignored: ['hvs.some_property_of_an_object_that_is_long'] },
        ),
    },
    {
      id: 'vault-legacy-token',
      message: 'HashiCorp Vault token (legacy format)',
      ...namedSecret({ names: ['vault'], value: '[sbr]\\.[A-Za-z\\d]{24}', credential: 'token|key|secret' }),
      docs: 'https://developer.hashicorp.com/vault/docs/commands/token/revoke',
      samples: () => ({
        found: [`VAULT_TOKEN=s.${alnum(24)}\n`, `vault: { token: 's.${alnum(24)}' }`],
        ignored: [`VAULT_TOKEN=s.${alnum(23)}\n`, `OTHER_TOKEN=s.${alnum(24)}\n`],
      }),
    },
    {
      id: 'terraform-token',
      message: 'HCP Terraform token',
      keywords: ['.atlasv1.'],
      lead: 14,
      pattern: /[A-Za-z\d]{14}\.atlasv1\.[\w-]{60,70}/,
      docs: 'https://developer.hashicorp.com/terraform/cloud-docs/users-teams-organizations/api-tokens',
      samples: () => ({
        found: [
          `TOKEN=${alnum(14)}.atlasv1.${base64url(67)}\n`,
          `credentials "app.terraform.io" {\n  token = "${alnum(14)}.atlasv1.${base64url(67)}"\n}`,
        ],
        ignored: [
          `TOKEN=${alnum(13)}.atlasv1.${base64url(67)}\n`,
          `TOKEN=${alnum(15)}.atlasv1.${base64url(67)}\n`,
          `TOKEN=${alnum(14)}.atlasv1.${base64url(50)}\n`,
          `TOKEN=${'x'.repeat(14)}.atlasv1.${'x'.repeat(67)}\n`,
        ],
      }),
    },
    {
      id: 'vault-approle-secret',
      message: 'HashiCorp Vault AppRole secret ID',
      ...namedKey({ names: ['vault', 'approle'], value: UUID, words: ['secret_?id', 'token'] }),
      severity: 'high',
      docs: 'https://developer.hashicorp.com/vault/docs/auth/approle',
    },
    {
      id: 'vault-unseal-key',
      message: 'HashiCorp Vault unseal key',
      confidence: 'medium',
      keywords: ['unseal'],
      // A share of the key and its index: 33 bytes.
      pattern:
        /unseal(?:[ _-]?keys?(?:[ _-]?\d)?["']?\s{0,3}[:=]\s{0,3}|\s{1,3})["'[]{0,3}(?<secret>[A-Za-z\d+/]{44}|[\da-f]{66}|[A-Za-z\d+/]{43}=|[\da-f]{64})(?![\w+/=])/i,
      boundary: 'none',
      judge: ({ secret }) => looksRandom(secret),
      advice: 'Run `vault operator rekey` to replace the unseal keys.',
      docs: 'https://developer.hashicorp.com/vault/docs/commands/operator/rekey',
      samples: () => ({
        found: [
          `Unseal Key 1: ${base64(33)}\n`,
          `unseal_key: "${hex(66)}"`,
          `vault operator unseal ${base64(33)}\n`,
          `vault operator unseal ${base64(32)}\n`,
        ],
        ignored: [
          'vault operator unseal $KEY\n',
          `Seal key: ${base64(33)}\n`,
          `Unseal Key 1: ${base64(24)}\n`,
          'Unseal Key (will be hidden):',
        ],
      }),
    },
    {
      id: 'hcp-client-secret',
      message: 'HCP client secret',
      ...namedKey({ names: ['hcp_client', 'hcp-client', 'hcp_api'], value: HCP_SECRET, words: ['secret'] }),
      docs: 'https://developer.hashicorp.com/hcp/docs/hcp/iam/service-principal/key',
    },
    {
      id: 'consul-token',
      message: 'HashiCorp Consul token',
      ...namedKey({ names: ['consul'], value: UUID, words: ['token', 'key', 'secret'] }),
      severity: 'high',
      docs: 'https://developer.hashicorp.com/consul/docs/secure/acl/token',
    },
    {
      id: 'nomad-token',
      message: 'HashiCorp Nomad token',
      ...namedKey({ names: ['nomad'], value: UUID, words: ['token', 'key', 'secret'] }),
      severity: 'high',
      docs: 'https://developer.hashicorp.com/nomad/docs/secure/acl/tokens',
    },
  ],
);
