import { namedSamples, namedSecret } from '../drafting/named-secret.ts';
import { ruleSet } from '../../engine/rule.ts';
import { alnum, allSamples, base64url, hex, lowerAlnum, pick, tokenSamples } from '../drafting/sample.ts';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

export const ai = ruleSet(
  {
    why: 'Anyone who has it can use the service at your expense, and read your data there.',
    advice: 'Delete the key where it was issued, and check the usage of your account.',
  },
  () => [
    {
      id: 'anthropic-key',
      message: 'Anthropic API key',
      keywords: ['sk-ant-api', 'sk-ant-admin'],
      pattern: /sk-ant-(?:api|admin)\d\d-[\w-]{93}AA(?![\w-])/,
      docs: 'https://support.anthropic.com/en/articles/9767949-api-key-best-practices-keeping-your-keys-safe-and-secure',
      samples: () => allSamples(...['sk-ant-api03-', 'sk-ant-admin01-'].map((marker) => tokenSamples(marker, `${base64url(93)}AA`))),
    },
    {
      id: 'anthropic-oauth-token',
      message: 'Anthropic OAuth token',
      severity: 'high',
      keywords: ['sk-ant-oat', 'sk-ant-ort', 'sk-ant-sid'],
      pattern: /sk-ant-(?:oat|ort|sid)\d\d-[\w-]{80,120}/,
      docs: 'https://support.anthropic.com/en/articles/9767949-api-key-best-practices-keeping-your-keys-safe-and-secure',
      samples: () =>
        allSamples(...['sk-ant-oat01-', 'sk-ant-ort01-', 'sk-ant-sid01-'].map((marker) => tokenSamples(marker, base64url(95), 80))),
    },
    {
      id: 'huggingface-token',
      message: 'Hugging Face token',
      keywords: ['hf_', 'api_org_'],
      pattern: /(?:hf_|api_org_)[A-Za-z\d]{34}/,
      minEntropy: 3.8,
      judge: ({ secret }) => /[A-Z]/.test(secret.slice(3)),
      docs: 'https://huggingface.co/docs/hub/security-tokens',
      samples: () => allSamples(tokenSamples('hf_', pick(LETTERS, 34)), tokenSamples('api_org_', alnum(34))),
    },
    {
      id: 'replicate-token',
      message: 'Replicate API token',
      keywords: ['r8_'],
      pattern: /r8_[A-Za-z\d]{37}/,
      docs: 'https://replicate.com/docs/topics/security/api-tokens',
      samples: () => tokenSamples('r8_', alnum(37)),
    },
    {
      id: 'groq-key',
      message: 'Groq API key',
      keywords: ['gsk_'],
      pattern: /gsk_[A-Za-z\d]{52}/,
      docs: 'https://console.groq.com/docs/production-readiness/security-onboarding',
      samples: () => tokenSamples('gsk_', alnum(52)),
    },
    {
      id: 'perplexity-key',
      message: 'Perplexity API key',
      keywords: ['pplx-'],
      pattern: /pplx-[A-Za-z\d]{48,56}/,
      docs: 'https://docs.perplexity.ai/guides/api-key-management',
      samples: () => tokenSamples('pplx-', alnum(48)),
    },
    {
      id: 'xai-key',
      message: 'xAI API key',
      keywords: ['xai-'],
      pattern: /xai-(?:token-)?[A-Za-z\d]{80}/,
      docs: 'https://docs.x.ai/docs/key-information/using-management-api',
      samples: () => allSamples(tokenSamples('xai-', alnum(80)), tokenSamples('xai-token-', alnum(80))),
    },
    {
      id: 'openrouter-key',
      message: 'OpenRouter API key',
      keywords: ['sk-or-v1-'],
      pattern: /sk-or-v1-[\da-f]{64}/,
      docs: 'https://openrouter.ai/docs/api-reference/authentication',
      samples: () => tokenSamples('sk-or-v1-', hex(64)),
    },
    {
      id: 'deepseek-key',
      message: 'DeepSeek API key',
      ...namedSecret({ names: ['deepseek'], value: 'sk-[\\da-f]{32}' }),
      docs: 'https://api-docs.deepseek.com',
      samples: () => namedSamples('deepseek', `sk-${hex(32)}`),
    },
    {
      id: 'dashscope-key',
      message: 'DashScope API key',
      ...namedSecret({ names: ['dashscope', 'qwen'], value: 'sk-[\\da-f]{32}' }),
      docs: 'https://www.alibabacloud.com/help/model-studio/get-api-key',
      samples: () => allSamples(namedSamples('dashscope', `sk-${hex(32)}`), namedSamples('qwen', `sk-${hex(32)}`)),
    },
    {
      id: 'mistral-key',
      message: 'Mistral API key',
      ...namedSecret({ names: ['mistral'], value: '[A-Za-z\\d]{32}' }),
      docs: 'https://docs.mistral.ai/getting-started/quickstart/',
      samples: () => namedSamples('mistral', alnum(32)),
    },
    {
      id: 'cohere-key',
      message: 'Cohere API key',
      ...namedSecret({ names: ['cohere', 'co_api'], value: '[A-Za-z\\d]{40}', credential: 'key|token' }),
      docs: 'https://docs.cohere.com/docs/rate-limits',
      samples: () => ({
        found: [`COHERE_API_KEY=${alnum(40)}\n`, `CO_API_KEY=${alnum(40)}\n`, `cohere.Client(api_key="${alnum(40)}")`],
        ignored: [
          `COHERE_API_KEY=${alnum(39)}\n`,
          `CO_API_KEY=${alnum(41)}\n`,
          'COHERE_API_KEY=thekeythatyoufindontheapikeyspageoftheirs\n',
        ],
      }),
    },
    {
      id: 'together-key',
      message: 'Together AI API key',
      keywords: ['tgp_v1_'],
      pattern: /tgp_v1_[\w-]{43}(?![\w-])/,
      docs: 'https://docs.together.ai/docs/quickstart',
      samples: () => tokenSamples('tgp_v1_', base64url(43)),
    },
    {
      id: 'cerebras-key',
      message: 'Cerebras API key',
      keywords: ['csk-'],
      pattern: /csk-[a-z\d]{48}/,
      minEntropy: 3.8,
      docs: 'https://inference-docs.cerebras.ai/quickstart',
      samples: () => tokenSamples('csk-', lowerAlnum(48)),
    },
    {
      id: 'nvidia-key',
      message: 'NVIDIA API key',
      keywords: ['nvapi-'],
      pattern: /nvapi-[\w-]{60,70}/,
      docs: 'https://docs.nvidia.com/ngc/latest/ngc-user-guide.html',
      samples: () => tokenSamples('nvapi-', base64url(64), 60),
    },
    {
      id: 'zhipu-key',
      message: 'Zhipu (Z.ai) API key',
      ...namedSecret({
        names: ['zhipu', 'zai_api', 'bigmodel', 'glm_api'],
        value: '[\\da-f]{32}\\.[A-Za-z\\d]{16}',
        credential: 'key|token',
      }),
      docs: 'https://docs.z.ai/guides/overview/quick-start',
      samples: () => {
        const key = `${hex(32)}.${alnum(16)}`;
        return {
          found: ['ZHIPU_API_KEY', 'ZAI_API_KEY', 'BIGMODEL_KEY', 'GLM_API_KEY'].map((name) => `${name}=${key}\n`),
          ignored: [`ZHIPU_API_KEY=${key.slice(1)}\n`, `OTHER_API_KEY=${key}\n`],
        };
      },
    },
  ],
);
