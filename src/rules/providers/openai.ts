import { ruleSet } from '../../engine/rule.ts';
import { alnum, allSamples, base64url, tokenSamples } from '../drafting/sample.ts';

/** Base64 of `OpenAI`. */
const MARK = ['T3Blb', 'kFJ'].join('');

export const openai = ruleSet(
  {
    why: 'Anyone who has it can run models at your expense.',
    advice: 'Revoke it on the API keys page, and check the usage of your account.',
    docs: 'https://help.openai.com/en/articles/5112595-best-practices-for-api-key-safety',
  },
  () => [
    {
      id: 'openai-key',
      message: 'OpenAI API key',
      keywords: ['sk-proj-', 'sk-svcacct-', 'sk-admin-', 'sk-None-', 'sk-'],
      pattern: /sk-(?:(?:proj|svcacct|admin|None)-[\w-]{20,140}|[A-Za-z\d]{20})T3BlbkFJ[\w-]{20,100}/,
      samples: () =>
        allSamples(
          ...['sk-proj-', 'sk-svcacct-', 'sk-admin-', 'sk-None-'].map((marker) =>
            tokenSamples(`${marker}${base64url(74)}${MARK}`, base64url(74), 20),
          ),
          tokenSamples(`sk-${alnum(20)}${MARK}`, alnum(20)),
          { found: [], ignored: [`KEY=sk-${alnum(48)}\n`, 'class="sk-circle-fade-dot sk-proj-item"'] },
        ),
    },
  ],
);
