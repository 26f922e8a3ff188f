import { markedToken } from '../drafting/marked-token.ts';
import { namedKey } from '../drafting/named-secret.ts';
import { ruleSet } from '../../engine/rule.ts';
import { hex, tokenSamples } from '../drafting/sample.ts';
import { hexOf, alnumOf, JWT } from '../drafting/shapes.ts';

export const infrastructure = ruleSet(
  {
    why: 'Anyone who has it can read the state of your infrastructure and the secrets in it.',
    advice: 'Revoke it where it was issued, and keep the new one in a secret store.',
  },
  () => [
    {
      id: 'pulumi-token',
      message: 'Pulumi access token',
      keywords: ['pul-'],
      pattern: /pul-[\da-f]{40}/,
      why: 'Anyone who has it can read the state of your infrastructure and the secrets in it.',
      docs: 'https://www.pulumi.com/docs/pulumi-cloud/access-management/access-tokens/',
      samples: () => tokenSamples('pul-', hex(40)),
    },
    {
      id: 'spacelift-secret',
      message: 'Spacelift API key secret',
      ...namedKey({ names: ['spacelift'], value: hexOf(64), words: ['secret', 'key'] }),
      severity: 'high',
      docs: 'https://docs.spacelift.io/integrations/api',
    },
    {
      id: 'scalr-token',
      message: 'Scalr API token',
      ...namedKey({ names: ['scalr'], value: JWT, words: ['token'] }),
      docs: 'https://docs.scalr.io/docs/api-keys',
    },
    {
      id: 'infracost-key',
      message: 'Infracost API key',
      severity: 'low',
      why: 'Anyone who has it can request prices in your name.',
      ...markedToken({ markers: ['ico-'], body: alnumOf(32), isAmbiguous: true }),
      docs: 'https://www.infracost.io/docs/',
    },
    {
      id: 'argocd-token',
      message: 'Argo CD token',
      ...namedKey({ names: ['argocd', 'argo_cd', 'argo-cd'], value: JWT, words: ['token'] }),
      severity: 'high',
      docs: 'https://argo-cd.readthedocs.io/en/stable/user-guide/commands/argocd_account_generate-token/',
    },
  ],
);
