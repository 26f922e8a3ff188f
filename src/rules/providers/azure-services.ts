import { proveAccountKey } from '../../engine/proofs/azure-key.ts';
import { looksRandom, namedKey, namedSecret } from '../drafting/named-secret.ts';
import { ruleSet, type Candidate, type Judgement } from '../../engine/rule.ts';
import { alnum, base64, base64url, uuid } from '../drafting/sample.ts';
import { hexOf, alnumOf, base64urlOf, bytesOf, either } from '../drafting/shapes.ts';

/** `se=` is the expiry in seconds since 1970. */
function judgeExpiry({ text, now, match }: Candidate): Judgement {
  const [, seconds] = /[&]se=(\d{9,11})/.exec(text.slice(match.index, match.index + 700)) ?? [];
  if (seconds === undefined || Number(seconds) * 1000 > now) return true;
  return { severity: 'low', evidence: `expired on ${new Date(Number(seconds) * 1000).toISOString().slice(0, 10)}` };
}

export const azureServices = ruleSet(
  {
    severity: 'high',
    why: 'Anyone who has it can use the Azure service with full rights; it does not expire by itself.',
    advice: "Rotate the key on the service's page in the Azure portal. Use a managed identity or Key Vault instead.",
    docs: 'https://learn.microsoft.com/azure/security/fundamentals/secrets-best-practices',
  },
  () => [
    {
      id: 'azure-client-secret-legacy',
      message: 'Microsoft Entra client secret (legacy format)',
      why: 'Anyone who has it can use Azure with all the rights of its application.',
      advice: 'Delete it under App registrations › Certificates & secrets. Use a certificate or a managed identity instead.',
      ...namedSecret({
        names: ['azure_client', 'azure-client', 'azureclient', 'aad_client', 'aadclient', 'arm_client'],
        value: '[\\w.:?@[\\]~*=+/-]{32,44}',
        credential: 'secret',
      }),
      docs: 'https://learn.microsoft.com/entra/identity-platform/how-to-add-credentials',
      samples: () => {
        const secret = `${alnum(15)}.${alnum(10)}:${alnum(5)}`;
        return {
          found: [
            'AZURE_CLIENT_SECRET',
            'azure-client-secret',
            'azureClientSecret',
            'AAD_CLIENT_SECRET',
            'aadClientSecret',
            'ARM_CLIENT_SECRET',
          ].map((name) => `${name}="${secret}"\n`),
          ignored: [
            `AZURE_CLIENT_ID="${uuid()}"\n`,
            'AZURE_CLIENT_SECRET="${{ secrets.AZURE_CLIENT_SECRET }}"\n',
            `AZURE_CLIENT_SECRET="${alnum(20)}"\n`,
          ],
        };
      },
    },
    {
      id: 'azure-refresh-token',
      message: 'Microsoft Entra refresh token',
      why: 'Anyone who has it can sign in as its user until it is revoked.',
      keywords: ['.AgAB'],
      pattern: /(?<=(?<![\w.-])[01]\.A[\w-]{60,100})\.AgAB[\w-]{200,2000}/,
      boundary: 'none',
      minEntropy: 4,
      advice: 'Revoke the sessions of its user in Microsoft Entra.',
      docs: 'https://learn.microsoft.com/entra/identity/users/users-revoke-access',
      samples: () => {
        const token = `0.A${base64url(80)}.AgABAAE${base64url(400)}`;
        return {
          found: [`TOKEN=${token}\n`, `token: '${token}'`],
          ignored: [`TOKEN=${token.slice(0, 200)}\n`, `TOKEN=0.B${token.slice(3)}\n`],
        };
      },
    },
    {
      id: 'azure-sas-header',
      message: 'Azure shared access signature for Service Bus or a hub',
      why: 'Anyone who has it can use the resource it names until it expires.',
      keywords: ['AccessSignature sr='],
      pattern: /AccessSignature sr=[^\s"'<>]{5,300}?[&]sig=(?<secret>[A-Za-z\d%+/]{43,90}(?:%3[Dd]|=))/,
      boundary: 'none',
      judge: judgeExpiry,
      advice: 'Rotate the key that signed it.',
      docs: 'https://learn.microsoft.com/azure/service-bus-messaging/service-bus-sas',
      samples: () => {
        const header = (expiry: number, signature = encodeURIComponent(base64(32))): string =>
          `SharedAccessSignature sr=north.servicebus.windows.net&sig=${signature}&se=${expiry}&skn=Root`;
        return {
          found: [`Authorization: ${header(4_000_000_000)}\n`, `'${header(1_500_000_000)}'`],
          ignored: [
            header(4_000_000_000, '$SIGNATURE'),
            header(4_000_000_000, `${'x'.repeat(43)}%3D`),
            'SharedAccessSignature sr={uri}&sig={sig}',
          ],
        };
      },
    },
    {
      id: 'azure-app-configuration-key',
      message: 'Azure App Configuration connection string',
      severity: 'critical',
      keywords: ['.azconfig.io;'],
      pattern: /\.azconfig\.io;Id=[^;\s"']{4,80};Secret=(?<secret>[A-Za-z\d+/]{40,90}={0,2})/,
      boundary: 'none',
      judge: ({ secret }) => looksRandom(secret),
      docs: 'https://learn.microsoft.com/azure/azure-app-configuration/howto-best-practices',
      samples: () => ({
        found: [`Endpoint=https://north.azconfig.io;Id=a1-l0-s0:${alnum(20)};Secret=${base64(32)}`],
        ignored: [
          'Endpoint=https://north.azconfig.io;Id=<id>;Secret=<secret>',
          `Endpoint=https://north.azconfig.io;Id=a1;Secret=${base64(20)}`,
        ],
      }),
    },
    {
      id: 'azure-maps-key',
      message: 'Azure Maps key',
      ...namedKey({ names: ['azure_maps', 'azuremaps', 'azure-maps', 'atlas.microsoft.com'], value: base64urlOf(43), words: ['key'] }),
      severity: 'medium',
      docs: 'https://learn.microsoft.com/azure/azure-maps/how-to-manage-authentication',
    },
    {
      id: 'azure-api-management-key',
      message: 'Azure API Management subscription key',
      ...namedKey({ names: ['apim_', 'apim-', 'azure-api.net'], value: hexOf(32), words: ['key', 'secret'] }),
      severity: 'medium',
      docs: 'https://learn.microsoft.com/azure/api-management/api-management-subscriptions',
    },
    {
      id: 'azure-management-key',
      message: 'Azure API Management access key',
      keywords: ['APIM'],
      lead: 76,
      pattern: /(?<![A-Za-z\d+/])[A-Za-z\d+/]{76}APIM[A-Za-z\d+/]{5}[AQgw]==/,
      boundary: 'none',
      prove: proveAccountKey,
      docs: 'https://learn.microsoft.com/azure/api-management/api-management-howto-manage-service-principal',
      samples: () => {
        const text = base64(64);
        const key = Buffer.from(`${text.slice(0, 76)}APIM${text.slice(80)}`, 'base64').toString('base64');
        return { found: [`KEY=${key}\n`], ignored: [`KEY=${key.slice(1)}\n`, `KEY=${text}\n`, `KEY=A${key}\n`] };
      },
    },
    {
      id: 'azure-event-grid-key',
      message: 'Azure Event Grid key',
      ...namedKey({ names: ['eventgrid', 'event_grid', 'event-grid'], value: bytesOf(32), words: ['key', 'secret'] }),
      docs: 'https://learn.microsoft.com/azure/event-grid/get-access-keys',
    },
    {
      id: 'azure-redis-key',
      message: 'Azure Cache for Redis key (legacy format)',
      ...namedKey({ names: ['redis.cache.windows.net'], value: bytesOf(32), words: ['password', 'key'] }),
      docs: 'https://learn.microsoft.com/azure/azure-cache-for-redis/cache-configure',
    },
    {
      id: 'azure-batch-key',
      message: 'Azure Batch account key (legacy format)',
      ...namedKey({ names: ['azure_batch', 'azurebatch', 'batch.azure.com', 'batch_account'], value: bytesOf(64), words: ['key'] }),
      docs: 'https://learn.microsoft.com/azure/batch/account-move',
    },
    {
      id: 'azure-ml-key',
      message: 'Azure Machine Learning web service key',
      ...namedKey({ names: ['azureml', 'azure_ml', 'azure-ml'], value: either(bytesOf(64), alnumOf(32)), words: ['key', 'token'] }),
      docs: 'https://learn.microsoft.com/azure/machine-learning/how-to-authenticate-online-endpoint',
    },
    {
      id: 'azure-publish-profile',
      message: 'Password in an Azure publish profile',
      why: 'Anyone who has it can change what the app serves.',
      severity: 'critical',
      keywords: ['userPWD='],
      pattern: /userPWD=\\?["'](?<secret>[A-Za-z\d]{60})\\?["']/,
      boundary: 'none',
      judge: ({ secret }) => looksRandom(secret),
      advice: 'Reset the publish profile on the page of the app in the Azure portal.',
      docs: 'https://learn.microsoft.com/azure/app-service/deploy-configure-credentials',
      samples: () => ({
        found: [`<publishProfile userName="$north" userPWD="${alnum(60)}" />`],
        ignored: ['<publishProfile userName="$north" userPWD="" />', `<publishProfile userPWD="${alnum(59)}" />`],
      }),
    },
  ],
);
