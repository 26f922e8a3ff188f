import { markedToken } from '../drafting/marked-token.ts';
import { looksRandom, namedKey } from '../drafting/named-secret.ts';
import { ruleSet } from '../../engine/rule.ts';
import { allSamples, base64url, hex, pick, tokenSamples } from '../drafting/sample.ts';
import { hexOf, alnumOf, base64urlOf, base64Of, UUID, JWT, shape, either } from '../drafting/shapes.ts';

export const aiAgents = ruleSet(
  {
    severity: 'high',
    why: 'Anyone who has it can use the service at your expense, and read your data there.',
    advice: 'Delete the key where it was issued, and check the usage of your account.',
  },
  () => [
    {
      id: 'cursor-key',
      message: 'Cursor API key',
      ...markedToken({ markers: ['key_', 'crsr_'], body: hexOf(64) }),
      docs: 'https://cursor.com/docs/api',
    },
    {
      id: 'devin-key',
      message: 'Devin API key',
      keywords: ['apk_', 'cog_'],
      pattern: /(?:apk_(?:user_)?[A-Za-z\d+/=_-]{80,180}|cog_[a-z2-7]{52})(?![\w-])/,
      judge: ({ secret }) => looksRandom(secret.slice(4)),
      docs: 'https://docs.devin.ai/api-reference/overview',
      samples: () =>
        allSamples(
          tokenSamples('apk_user_', base64url(120), 75),
          tokenSamples('apk_', base64url(80)),
          tokenSamples('cog_', pick('abcdefghijklmnopqrstuvwxyz234567', 52)),
        ),
    },
    {
      id: 'greptile-key',
      message: 'Greptile API key',
      ...namedKey({ names: ['greptile'], value: base64Of(48), words: ['key', 'token'] }),
      severity: 'medium',
      docs: 'https://www.greptile.com/docs/introduction',
    },
    {
      id: 'qdrant-key',
      message: 'Qdrant API key',
      ...namedKey({ names: ['qdrant'], value: either(base64urlOf(50, 60), JWT), words: ['key', 'token'] }),
      docs: 'https://qdrant.tech/documentation/cloud/authentication/',
    },
    {
      id: 'weaviate-key',
      message: 'Weaviate API key',
      ...namedKey({ names: ['weaviate', 'wcs_', 'wcd_'], value: alnumOf(36, 64), words: ['api_?key', 'token'] }),
      docs: 'https://docs.weaviate.io/cloud/manage-clusters/authentication',
    },
    {
      id: 'modal-secret',
      message: 'Modal token secret',
      ...namedKey({
        names: ['modal_token', 'modal-token', 'modal_secret', 'modal.com'],
        value: shape`as-${alnumOf(22)}`,
        words: ['secret', 'key'],
      }),
      docs: 'https://modal.com/docs/reference/modal.config',
    },
    {
      id: 'salad-cloud-key',
      message: 'SaladCloud API key',
      severity: 'medium',
      ...markedToken({ markers: ['salad_cloud_'], body: shape`${alnumOf(1, 7)}_${alnumOf(24, 235)}` }),
      docs: 'https://docs.salad.com/reference/api-usage',
    },
    {
      id: 'exa-key',
      message: 'Exa API key',
      ...namedKey({ names: ['exa_', 'exa-', 'exa.ai', 'exaapi'], value: UUID, words: ['key', 'token'], isWordStart: true }),
      severity: 'medium',
      docs: 'https://docs.exa.ai/reference/getting-started',
    },
    {
      id: 'brave-search-key',
      message: 'Brave Search API key',
      ...namedKey({ names: ['brave'], value: shape`BSA${base64urlOf(24, 40)}` }),
      severity: 'low',
      docs: 'https://api-dashboard.search.brave.com/app/documentation',
    },
    {
      id: 'kagi-key',
      message: 'Kagi API key',
      ...namedKey({ names: ['kagi'], value: shape`${base64urlOf(11)}.${base64urlOf(43)}`, words: ['key', 'token'] }),
      severity: 'low',
      docs: 'https://help.kagi.com/kagi/api/overview.html',
    },
    {
      id: 'serpapi-key',
      message: 'SerpApi key',
      ...namedKey({ names: ['serpapi', 'serp_api'], value: hexOf(64) }),
      severity: 'medium',
      docs: 'https://serpapi.com/search-api',
    },
    {
      id: 'voiceflow-key',
      message: 'Voiceflow API key',
      severity: 'medium',
      ...markedToken({ markers: ['VF.DM.', 'VF.WS.'], body: shape`${hexOf(24)}.${alnumOf(16)}` }),
      docs: 'https://docs.voiceflow.com/reference/authentication',
    },
    {
      id: 'photoroom-key',
      message: 'Photoroom API key',
      severity: 'low',
      keywords: ['sk_pr_', 'sandbox_sk_pr_'],
      pattern: /(?:sandbox_)?sk_pr_[A-Za-z\d_-]{1,60}?_?[\da-f]{40}(?!\w)/,
      docs: 'https://docs.photoroom.com/getting-started/how-can-i-get-my-api-key',
      samples: () => allSamples(tokenSamples('sk_pr_default_', hex(40)), tokenSamples('sandbox_sk_pr_default_', hex(40))),
    },
    {
      id: 'elevenlabs-legacy-key',
      message: 'ElevenLabs API key (legacy format)',
      ...namedKey({ names: ['elevenlabs', 'eleven_labs', 'xi-api', 'xi_api'], value: hexOf(32), words: ['key'] }),
      docs: 'https://elevenlabs.io/docs/api-reference/authentication',
    },
    {
      id: 'langsmith-legacy-key',
      message: 'LangSmith API key (legacy format)',
      ...markedToken({ markers: ['ls__'], body: hexOf(32), isAmbiguous: true }),
      docs: 'https://docs.smith.langchain.com/administration/how_to_guides/organization_management/create_account_api_key',
    },
    {
      id: 'pinecone-legacy-key',
      message: 'Pinecone API key (legacy format)',
      ...namedKey({ names: ['pinecone'], value: UUID, words: ['key', 'token'] }),
      docs: 'https://docs.pinecone.io/guides/projects/manage-api-keys',
    },
  ],
);
