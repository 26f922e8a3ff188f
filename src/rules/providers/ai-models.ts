import { markedToken } from '../drafting/marked-token.ts';
import { namedKey } from '../drafting/named-secret.ts';
import { ruleSet } from '../../engine/rule.ts';
import { hexOf, alnumOf, base64urlOf, shape } from '../drafting/shapes.ts';

export const aiModels = ruleSet(
  {
    severity: 'high',
    why: 'Anyone who has it can run models at your expense.',
    advice: 'Delete the key where it was issued, and check the usage of your account.',
  },
  () => [
    {
      id: 'kimi-key',
      message: 'Moonshot (Kimi) API key',
      ...namedKey({ names: ['moonshot', 'kimi_', 'kimi-', 'kimi.'], value: shape`sk-${base64urlOf(48)}` }),
      docs: 'https://platform.moonshot.ai/docs/introduction',
    },
    {
      id: 'stability-key',
      message: 'Stability AI API key',
      ...namedKey({ names: ['stability', 'dreamstudio'], value: shape`sk-${alnumOf(48)}` }),
      docs: 'https://platform.stability.ai/docs/getting-started/authentication',
    },
    {
      id: 'minimax-key',
      message: 'MiniMax API key',
      ...markedToken({ markers: ['sk-api-'], body: base64urlOf(115, 125) }),
      docs: 'https://platform.minimax.io/docs/guides/quickstart',
    },
    {
      id: 'ollama-key',
      message: 'Ollama cloud key',
      ...namedKey({ names: ['ollama'], value: shape`${hexOf(32)}.${base64urlOf(24)}` }),
      severity: 'medium',
      docs: 'https://docs.ollama.com/cloud',
    },
    {
      id: 'fireworks-key',
      message: 'Fireworks AI API key',
      ...namedKey({ names: ['fireworks'], value: shape`fw_${alnumOf(22, 24)}` }),
      docs: 'https://docs.fireworks.ai/getting-started/quickstart',
    },
    {
      id: 'together-legacy-key',
      message: 'Together AI API key (legacy format)',
      ...namedKey({ names: ['together_', 'togetherai', 'together-', 'together.ai', 'together.xyz'], value: hexOf(64) }),
      docs: 'https://docs.together.ai/docs/quickstart',
    },
    {
      id: 'upstage-key',
      message: 'Upstage API key',
      ...namedKey({ names: ['upstage', 'solar_api'], value: shape`up_${alnumOf(29, 50)}` }),
      docs: 'https://console.upstage.ai/docs/getting-started',
    },
    {
      id: 'lighton-key',
      message: 'LightOn API key',
      ...namedKey({ names: ['lighton', 'paradigm_api'], value: alnumOf(32, 64), words: ['key', 'token'] }),
      docs: 'https://paradigm.lighton.ai/docs',
    },
    {
      id: 'private-ai-key',
      message: 'Private AI key',
      ...namedKey({ names: ['private_ai', 'privateai', 'private-ai'], value: hexOf(32), words: ['key', 'token'] }),
      severity: 'medium',
      docs: 'https://docs.private-ai.com',
    },
    {
      id: 'jina-key',
      message: 'Jina AI API key',
      ...markedToken({ markers: ['jina_'], body: base64urlOf(58, 64), isAmbiguous: true }),
      docs: 'https://jina.ai/api-dashboard/',
    },
    {
      id: 'voyage-key',
      message: 'Voyage AI API key',
      ...namedKey({ names: ['voyage'], value: shape`pa-${base64urlOf(40, 48)}` }),
      docs: 'https://docs.voyageai.com/docs/api-key-and-installation',
    },
    {
      id: 'vercel-ai-gateway-key',
      message: 'Vercel AI Gateway key',
      ...markedToken({ markers: ['vck_'], body: base64urlOf(56) }),
      docs: 'https://vercel.com/docs/ai-gateway/authentication',
    },
  ],
);
