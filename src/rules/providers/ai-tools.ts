import { markedToken } from '../drafting/marked-token.ts';
import { namedSamples, namedSecret } from '../drafting/named-secret.ts';
import { ruleSet } from '../../engine/rule.ts';
import { alnum, allSamples, hex, tokenSamples, upperAlnum } from '../drafting/sample.ts';
import { alnumOf } from '../drafting/shapes.ts';

export const aiTools = ruleSet(
  {
    why: 'Anyone who has it can use the service at your expense, and read your data there.',
    advice: 'Delete the key where it was issued, and check the usage of your account.',
  },
  () => [
    {
      id: 'elevenlabs-key',
      message: 'ElevenLabs API key',
      keywords: ['sk_'],
      pattern: /sk_[\da-f]{48}/,
      minEntropy: 3,
      docs: 'https://elevenlabs.io/docs/api-reference/authentication',
      samples: () => tokenSamples('sk_', hex(48)),
    },
    {
      id: 'langsmith-key',
      message: 'LangSmith API key',
      severity: 'high',
      keywords: ['lsv2_pt_', 'lsv2_sk_'],
      pattern: /lsv2_(?:pt|sk)_[\da-f]{32}_[\da-f]{10}/,
      docs: 'https://docs.smith.langchain.com/administration/how_to_guides/organization_management/create_account_api_key',
      samples: () => allSamples(...['lsv2_pt_', 'lsv2_sk_'].map((marker) => tokenSamples(`${marker}${hex(32)}_`, hex(10)))),
    },
    {
      id: 'langfuse-key',
      message: 'Langfuse secret key',
      severity: 'high',
      keywords: ['sk-lf-'],
      pattern: /sk-lf-[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/,
      docs: 'https://langfuse.com/faq/all/where-are-langfuse-api-keys',
      samples: () => tokenSamples('sk-lf-', [hex(8), hex(4), hex(4), hex(4), hex(12)].join('-')),
    },
    {
      id: 'pinecone-key',
      message: 'Pinecone API key',
      keywords: ['pcsk_'],
      pattern: /pcsk_[A-Za-z\d]{5,6}_[A-Za-z\d]{63}/,
      docs: 'https://docs.pinecone.io/guides/projects/manage-api-keys',
      samples: () => tokenSamples(`pcsk_${alnum(5)}_`, alnum(63)),
    },
    {
      id: 'wandb-key',
      message: 'Weights & Biases API key',
      ...namedSecret({ names: ['wandb'], value: '[\\da-f]{40}' }),
      docs: 'https://docs.wandb.ai/support/kb-articles/rotate_revoke_access',
      samples: () => namedSamples('wandb', hex(40)),
    },
    {
      id: 'wandb-v1-key',
      message: 'Weights & Biases API key',
      ...markedToken({ markers: ['wandb_v1_'], body: alnumOf(77) }),
      docs: 'https://docs.wandb.ai/support/kb-articles/rotate_revoke_access',
    },
    {
      id: 'tavily-key',
      message: 'Tavily API key',
      severity: 'high',
      keywords: ['tvly-'],
      pattern: /tvly-(?:dev-|prod-)?[A-Za-z\d]{32}/,
      docs: 'https://docs.tavily.com/documentation/quickstart',
      samples: () => allSamples(tokenSamples('tvly-', alnum(32)), tokenSamples('tvly-dev-', alnum(32))),
    },
    {
      id: 'firecrawl-key',
      message: 'Firecrawl API key',
      severity: 'high',
      keywords: ['fc-'],
      pattern: /fc-[\da-f]{32}(?![\w-])/,
      minEntropy: 3,
      docs: 'https://docs.firecrawl.dev/introduction',
      samples: () => tokenSamples('fc-', hex(32)),
    },
    {
      id: 'runpod-key',
      message: 'RunPod API key',
      keywords: ['rpa_'],
      pattern: /rpa_[A-Z\d]{40}[A-Za-z\d]{6}/,
      docs: 'https://docs.runpod.io/get-started/api-keys',
      samples: () => tokenSamples('rpa_', upperAlnum(40) + alnum(6)),
    },
    {
      id: 'deepgram-key',
      message: 'Deepgram API key',
      ...namedSecret({ names: ['deepgram'], value: '[\\da-f]{40}' }),
      severity: 'high',
      docs: 'https://developers.deepgram.com/docs/create-additional-api-keys',
      samples: () => namedSamples('deepgram', hex(40)),
    },
    {
      id: 'assemblyai-key',
      message: 'AssemblyAI API key',
      ...namedSecret({ names: ['assemblyai', 'assembly_ai'], value: '[\\da-f]{32}' }),
      severity: 'high',
      docs: 'https://www.assemblyai.com/docs/getting-started/create-account',
      samples: () => allSamples(namedSamples('assemblyai', hex(32)), namedSamples('assembly_ai', hex(32))),
    },
  ],
);
