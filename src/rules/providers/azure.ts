import { proveAccountKey, proveCaskKey, proveSharedAccessKey } from '../../engine/proofs/azure-key.ts';
import { namedSamples, namedSecret } from '../drafting/named-secret.ts';
import { ruleSet, type Samples } from '../../engine/rule.ts';
import { alnum, allSamples, base64, base64url, bytes, hex, pick } from '../drafting/sample.ts';

/** Base64 of the right length, with the mark of a service at its offset. */
function marked(byteLength: number, offset: number, mark: string): string {
  const text = base64(byteLength);
  return Buffer.from(text.slice(0, offset) + mark + text.slice(offset + mark.length), 'base64').toString('base64');
}

function markedSamples(key: string, mark: string): Samples {
  return {
    found: [`STORAGE_KEY=${key}\n`, `const key = '${key}';`, `<add key="key" value="${key}" />`],
    ignored: [`KEY=${key.replace(mark, 'aZ09')}\n`, `KEY=${key.slice(1)}\n`, `KEY=A${key}\n`],
  };
}

export const azure = ruleSet(
  {
    why: 'Anyone who has it can use the Azure service with full rights; it does not expire by itself.',
    advice: "Rotate the key on the service's page in the Azure portal. Use a managed identity or Key Vault instead.",
    docs: 'https://learn.microsoft.com/azure/security/fundamentals/secrets-best-practices',
  },
  () => [
    {
      id: 'azure-storage-key',
      message: 'Azure account key in a connection string',
      keywords: ['AccountKey'],
      pattern: /AccountKey["']?\s{0,3}[=:]\s{0,3}["']?(?<secret>[A-Za-z\d+/]{86}==)/i,
      boundary: 'none',
      prove: proveAccountKey,
      docs: 'https://learn.microsoft.com/azure/storage/common/storage-account-keys-manage',
      samples: () => ({
        found: [
          `DefaultEndpointsProtocol=https;AccountName=north;AccountKey=${base64(64)};EndpointSuffix=core.windows.net`,
          `{ "accountKey": "${base64(64)}" }`,
          `AccountEndpoint=https://north.documents.azure.com:443/;AccountKey=${base64(64)};`,
        ],
        ignored: [
          'UseDevelopmentStorage=true',
          'DefaultEndpointsProtocol=https;AccountName=north;AccountKey=$(StorageKey);',
          `AccountKey=${base64(63)};`,
          `AccountKey=${'x'.repeat(86)}==;`,
        ],
        // The unused bits are not zero.
        doubtful: [`AccountKey=${base64(64).slice(0, 85)}x==;`],
      }),
    },
    {
      id: 'azure-account-key',
      message: 'Azure Storage, Cosmos DB or Batch account key',
      // Marks in newer keys.
      keywords: ['+ASt', 'ACDb', '+ABa'],
      lead: 76,
      pattern: /(?<=^|[^A-Za-z\d+/]|\\[nrt])[A-Za-z\d+/]{76}(?:\+ASt|ACDb|\+ABa)[A-Za-z\d+/]{6}==/,
      boundary: 'none',
      prove: proveAccountKey,
      docs: 'https://learn.microsoft.com/azure/storage/common/storage-account-keys-manage',
      samples: () => allSamples(...['+ASt', 'ACDb', '+ABa'].map((mark) => markedSamples(marked(64, 76, mark), mark))),
    },
    {
      id: 'azure-shared-access-key',
      message: 'Azure shared access key',
      keywords: ['SharedAccessKey='],
      pattern: /SharedAccessKey=(?<secret>[A-Za-z\d+/]{43}=)/i,
      boundary: 'none',
      prove: proveSharedAccessKey,
      docs: 'https://learn.microsoft.com/azure/service-bus-messaging/service-bus-sas',
      samples: () => ({
        found: [
          `Endpoint=sb://north.servicebus.windows.net/;SharedAccessKeyName=Root;SharedAccessKey=${base64(32)}`,
          `HostName=north.azure-devices.net;SharedAccessKeyName=owner;SharedAccessKey=${base64(32)};`,
        ],
        ignored: [
          'Endpoint=sb://north.servicebus.windows.net/;SharedAccessKeyName=Root;SharedAccessKey={key}',
          `SharedAccessKey=${base64(31)}`,
        ],
        doubtful: [`SharedAccessKey=${base64(32).slice(0, 42)}x=`],
      }),
    },
    {
      id: 'azure-messaging-key',
      message: 'Azure Service Bus, Event Hubs, IoT or Redis key',
      keywords: ['+ASb', '+AEh', '+ARm', 'AIoT', 'AzCa'],
      lead: 33,
      pattern: /(?<=^|[^A-Za-z\d+/]|\\[nrt])[A-Za-z\d+/]{33}(?:\+ASb|\+AEh|\+ARm|AIoT|AzCa)[A-Za-z\d+/]{6}=/,
      boundary: 'none',
      prove: proveSharedAccessKey,
      docs: 'https://learn.microsoft.com/azure/service-bus-messaging/service-bus-sas',
      samples: () => allSamples(...['+ASb', '+AEh', '+ARm', 'AIoT', 'AzCa'].map((mark) => markedSamples(marked(32, 33, mark), mark))),
    },
    {
      id: 'azure-function-key',
      message: 'Azure Functions key',
      keywords: ['AzFu'],
      lead: 44,
      pattern: /(?<=^|[^\w-]|\\[nrt])[\w-]{44}AzFu[\w-]{6}==/,
      boundary: 'none',
      docs: 'https://learn.microsoft.com/azure/azure-functions/function-keys-how-to',
      samples: () => markedSamples(`${base64url(44)}AzFu${alnum(5)}A==`, 'AzFu'),
    },
    {
      id: 'azure-search-key',
      message: 'Azure AI Search or Container Registry key',
      keywords: ['AzSe', '+ACR'],
      lead: 42,
      pattern: /(?<=^|[^A-Za-z\d+/]|\\[nrt])[A-Za-z\d+/]{42}(?:AzSe|\+ACR)[A-Za-z\d+/]{6}(?![A-Za-z\d+/=])/,
      boundary: 'none',
      docs: 'https://learn.microsoft.com/azure/search/search-security-api-keys',
      samples: () => allSamples(...['AzSe', '+ACR'].map((mark) => markedSamples(alnum(42) + mark + alnum(6), mark))),
    },
    {
      id: 'azure-service-key',
      message: 'Azure service key',
      keywords: ['JQQJ99', 'JQQJ9D', 'JQQJ9H'],
      lead: 52,
      pattern: /[A-Za-z\d]{52}JQQJ9[9DH][A-Z][A-L][A-Za-z\d+/]{24}(?:[A-Za-z\d+/]{2}==)?/,
      prove: proveCaskKey,
      docs: 'https://learn.microsoft.com/azure/ai-services/rotate-keys',
      samples: () => {
        const keys = ['99', '9D', '9H'].map((kind) => `${alnum(52)}JQQJ${kind}BC${alnum(24)}`);
        return {
          found: keys.map((key) => `AZURE_AI_KEY=${key}\n`),
          ignored: keys.flatMap((key) => [`KEY=${key.slice(1)}\n`, `KEY=${key.replace('JQQJ', 'JQQK')}\n`, `KEY=${key}Z\n`]),
        };
      },
    },
    {
      id: 'azure-client-secret',
      message: 'Microsoft Entra client secret',
      why: 'Anyone who has it can use Azure with all the rights of its application.',
      keywords: ['7Q~', '8Q~'],
      lead: 3,
      pattern: /(?<=^|[^\w~.-]|\\[nrt])[\w~.-]{3}[78]Q~[\w~.-]{31,34}(?![\w~.-])/,
      boundary: 'none',
      minEntropy: 3.8,
      docs: 'https://learn.microsoft.com/entra/identity-platform/how-to-add-credentials',
      advice: 'Delete it under App registrations › Certificates & secrets. Use a certificate or a managed identity instead.',
      samples: () => {
        const secret = (mark: string): string => alnum(3) + mark + base64url(34);
        return {
          found: [`CLIENT_SECRET=${secret('8Q~')}\n`, `clientSecret: '${secret('7Q~')}',`],
          ignored: [
            `CLIENT_SECRET=${secret('8Q-')}\n`,
            `CLIENT_SECRET=${secret('8Q~').slice(0, 34)}\n`,
            `CLIENT_SECRET=${secret('8Q~')}abcd\n`,
          ],
        };
      },
    },
    {
      id: 'azure-sas-token',
      message: 'Azure shared access signature',
      severity: 'high',
      keywords: ['&sig=', '?sig='],
      pattern: /[&?]sig=(?<secret>[A-Za-z\d%+/]{43,90}(?:%3[Dd]|=))/,
      boundary: 'none',
      judge: ({ text, now, start, end }) => {
        const from = Math.max(0, start - 300);
        const query = /[^\s"'<>]*$/.exec(text.slice(from, start))![0] + /^[^\s"'<>]*/.exec(text.slice(end, end + 300))![0];
        const isSas = /[?&]s[vr]=/.test(query) && /[?&]s[epst]=/.test(query);
        const expiry = /[?&]se=(\d{4}-\d\d-\d\d)/.exec(query)?.[1];
        if (!isSas) return false;
        return expiry === undefined || Date.parse(expiry) > now || { severity: 'low', evidence: `expired on ${expiry}` };
      },
      why: 'Anyone who has the URL can use the resource it names until it expires.',
      advice: 'Rotate the key that signed it, or revoke its stored access policy.',
      docs: 'https://learn.microsoft.com/azure/storage/common/storage-sas-overview',
      samples: () => {
        const signature = encodeURIComponent(bytes(32).toString('base64'));
        const address = 'https://north.blob.core.windows.net/a';
        return {
          found: [
            `${address}?sv=2023-11-03&st=2024-01-01&se=2099-01-01&sr=c&sp=rl&sig=${signature}`,
            `"${address}?sig=${signature}&sv=2023-11-03&se=2020-01-01T00%3A00%3A00Z&sr=b&sp=r"`,
          ],
          ignored: [
            `${address}?sv=2023-11-03&se=2099-01-01&sr=c&sp=rl&sig=$SIGNATURE`,
            `https://north.dev/download?file=a&sig=${signature}`,
            `${address}?sv=2023-11-03&se=2099-01-01&sr=c&sp=rl&sig=${'x'.repeat(43)}%3D`,
          ],
        };
      },
    },
    {
      id: 'azure-devops-token',
      message: 'Azure DevOps personal access token',
      why: 'Anyone who has it can read and change what its owner can in Azure DevOps.',
      ...namedSecret({
        names: ['azure_devops', 'azure-devops', 'azuredevops', 'azdo', 'dev.azure.com', 'visualstudio.com', 'system_access', 'vsts'],
        value: '[a-z2-7]{52}',
        credential: 'token|pat|password',
      }),
      docs: 'https://learn.microsoft.com/azure/devops/organizations/accounts/use-personal-access-tokens-to-authenticate',
      advice: 'Revoke it under User settings › Personal access tokens.',
      samples: () => {
        const token = pick('abcdefghijklmnopqrstuvwxyz234567', 52);
        const names = [
          'AZURE_DEVOPS_EXT_PAT',
          'azure-devops-token',
          'azureDevOpsToken',
          'AZDO_PERSONAL_ACCESS_TOKEN',
          'SYSTEM_ACCESSTOKEN_PAT',
          'VSTS_TOKEN',
        ];
        return {
          found: [
            ...names.map((name) => `${name}=${token}\n`),
            `https://north.visualstudio.com token: ${token}`,
            `dev.azure.com pat = "${token}"`,
          ],
          ignored: [
            `AZDO_TOKEN=${token.slice(1)}\n`,
            `AZDO_TOKEN=${token}a\n`,
            `AZDO_TOKEN=${token.toUpperCase()}\n`,
            `OTHER_TOKEN=${token}\n`,
          ],
        };
      },
    },
    {
      id: 'azure-openai-key',
      message: 'Azure AI services key',
      ...namedSecret({
        names: ['azure_openai', 'azureopenai', 'azure-openai', 'openai.azure.com', 'cognitiveservices.azure.com', 'ocp-apim-subscription'],
        value: '[\\da-f]{32}',
      }),
      docs: 'https://learn.microsoft.com/azure/ai-services/rotate-keys',
      samples: () =>
        allSamples(namedSamples('azure_openai', hex(32)), {
          found: [
            `headers: { 'Ocp-Apim-Subscription-Key': '${hex(32)}' }`,
            `azureOpenAIKey = "${hex(32)}"`,
            `azure-openai-key: ${hex(32)}`,
            `https://north.openai.azure.com api-key: ${hex(32)}`,
            `https://north.cognitiveservices.azure.com key: ${hex(32)}`,
          ],
          ignored: [],
        }),
    },
    {
      id: 'azure-logic-app-url',
      message: 'Azure Logic Apps URL with its signature',
      advice: 'Regenerate the access key of the workflow in the Azure portal.',
      severity: 'high',
      keywords: ['logic.azure.com'],
      pattern: /logic\.azure\.com(?::443)?\/[^\s"'<>]{10,200}[?&]sig=(?<secret>[\w-]{43})(?![\w-])/,
      boundary: 'none',
      why: 'Anyone who has the URL can start the workflow.',
      docs: 'https://learn.microsoft.com/azure/logic-apps/logic-apps-securing-a-logic-app#sas',
      samples: () => {
        const address = (signature: string): string =>
          `https://prod-1.westeurope.logic.azure.com:443/workflows/${hex(32)}/triggers/manual/paths/invoke?sp=%2Ftriggers&sv=1.0&sig=${signature}`;
        return { found: [address(base64url(43))], ignored: [address('SIGNATURE'), address(base64url(42)), address('x'.repeat(43))] };
      },
    },
  ],
);
