import { ruleSet } from './rule.ts';
import { alnum, allSamples, base64url, tokenSamples } from './sample.ts';
import { namedSecret } from './named-secret.ts';

export const hashicorp = ruleSet(
  {
    why: 'It opens other secrets, or the state of your infrastructure.',
    advice: 'Revoke it, and look through the audit log.',
  },
  () => [
    {
      id: 'vault-token',
      message: 'HashiCorp Vault token',
      keywords: ['hvs.', 'hvb.', 'hvr.'],
      pattern: /hv[sbr]\.[\w-]{24,300}/,
      minEntropy: 3.5,
      judge: ({ secret }) => /\d/.test(secret) && /[A-Z]/.test(secret),
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
      message: 'HashiCorp Vault token of the older kind',
      ...namedSecret({ names: ['vault'], value: '[sbr]\\.[A-Za-z\\d]{24}', credential: 'token' }),
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
  ],
);
