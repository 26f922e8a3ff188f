import { hostPassword } from '../drafting/host-password.ts';
import { markedToken } from '../drafting/marked-token.ts';
import { namedKey } from '../drafting/named-secret.ts';
import { ruleSet } from '../../engine/rule.ts';
import { allSamples, hex, tokenSamples } from '../drafting/sample.ts';
import { hexOf, alnumOf, base64urlOf, either, type Shape } from '../drafting/shapes.ts';

/** The hexadecimal digits occur in either case. */
const MIXED_HEX: Shape = { source: '[\\da-fA-F]{40}', sample: (seed) => hex(40, seed), isFixed: true };

export const codeHosting = ruleSet(
  {
    why: 'Anyone who has it can read your repositories; most such credentials can also change them.',
    advice: 'Revoke it in the settings where it was created.',
  },
  () => [
    {
      id: 'sourcegraph-token',
      message: 'Sourcegraph access token',
      severity: 'high',
      keywords: ['sgp_'],
      pattern: /sgp_(?:(?:[\da-fA-F]{16}|local)_)?[\da-fA-F]{40}/,
      docs: 'https://sourcegraph.com/docs/cli/how-tos/creating_an_access_token',
      samples: () =>
        allSamples(tokenSamples('sgp_', hex(40)), tokenSamples(`sgp_${hex(16)}_`, hex(40)), tokenSamples('sgp_local_', hex(40))),
    },
    {
      id: 'sourcegraph-legacy-token',
      message: 'Sourcegraph access token (legacy format)',
      ...namedKey({ names: ['sourcegraph', 'src_access'], value: either(hexOf(40), MIXED_HEX), words: ['token'], isNameEnough: true }),
      severity: 'high',
      docs: 'https://sourcegraph.com/docs/cli/how-tos/creating_an_access_token',
    },
    {
      id: 'sourcegraph-license-key',
      message: 'Sourcegraph license key',
      severity: 'medium',
      ...markedToken({ markers: ['slk_'], body: hexOf(64) }),
      docs: 'https://sourcegraph.com/docs/admin/licensing',
    },
    {
      id: 'gitea-token',
      message: 'Gitea or Forgejo access token',
      ...namedKey({ names: ['gitea', 'forgejo', 'codeberg'], value: hexOf(40), words: ['token', 'key', 'pat\\b'] }),
      severity: 'high',
      docs: 'https://docs.gitea.com/development/api-usage',
    },
    {
      id: 'bitbucket-oauth-secret',
      message: 'Bitbucket OAuth consumer secret',
      ...namedKey({ names: ['bitbucket'], value: either(alnumOf(32), base64urlOf(64)), words: ['secret', 'key'] }),
      severity: 'high',
      docs: 'https://support.atlassian.com/bitbucket-cloud/docs/use-oauth-on-bitbucket-cloud/',
    },
    {
      id: 'bitbucket-url',
      message: 'Password in a Bitbucket repository URL',
      severity: 'high',
      ...hostPassword(['bitbucket.org']),
      docs: 'https://support.atlassian.com/bitbucket-cloud/docs/access-tokens/',
    },
    {
      id: 'azure-devops-url',
      message: 'Token in an Azure DevOps repository URL',
      ...hostPassword(['dev.azure.com', 'visualstudio.com']),
      docs: 'https://learn.microsoft.com/azure/devops/organizations/accounts/use-personal-access-tokens-to-authenticate',
    },
    {
      id: 'codecommit-url',
      message: 'Password in a CodeCommit or CodeCatalyst repository URL',
      severity: 'high',
      ...hostPassword(['git-codecommit.', 'codecatalyst.aws']),
      docs: 'https://docs.aws.amazon.com/codecommit/latest/userguide/setting-up-gc.html',
    },
    {
      id: 'gitter-token',
      message: 'Gitter access token',
      ...namedKey({ names: ['gitter'], value: hexOf(40), words: ['token'] }),
      severity: 'low',
      docs: 'https://developer.gitter.im/docs/authentication',
    },
  ],
);
