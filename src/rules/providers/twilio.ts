import { linesAround } from '../../engine/proximity.ts';
import { looksRandom, namedSecret } from '../drafting/named-secret.ts';
import { ruleSet, type Candidate, type Judgement } from '../../engine/rule.ts';
import { alnum, hex } from '../drafting/sample.ts';

/** An account SID is not secret, but with its auth token it controls the account. */
function judgeAccount({ text, start, end }: Candidate): Judgement {
  const [from, to] = linesAround(text, start, end, 5);
  const token = Array.from(text.slice(from, to).matchAll(/(?<![\w-])[\da-f]{32}(?![\w-])/g)).find(
    ({ 0: value, index }) =>
      looksRandom(value) &&
      /token|auth|secret|twilio|["'`]\s{0,2},\s{0,9}["'`]$/i.test(text.slice(Math.max(0, from + index - 40), from + index)),
  );
  return token !== undefined && { related: [from + token.index, from + token.index + 32], evidence: 'an auth token is next to it' };
}

export const twilio = ruleSet(
  {
    why: 'Anyone who has it can send messages and make calls at your expense, and read past ones.',
    advice: 'Create a secondary auth token in the Twilio console, switch to it, and promote it.',
    docs: 'https://www.twilio.com/docs/iam/api/authtoken',
  },
  () => [
    {
      id: 'twilio-account-pair',
      message: 'Twilio account SID with its auth token',
      // The prefix `AC` is too short for a keyword.
      keywords: ['twilio', 'Twilio', 'TWILIO', 'account_sid', 'ACCOUNT_SID', 'accountSid', 'AccountSid'],
      anchor: 'text',
      pattern: /AC[\da-f]{32}/,
      judge: judgeAccount,
      samples: () => {
        const id = `AC${hex(32, 'id')}`;
        return {
          found: [`ACCOUNT_SID=${id}\nAUTH_TOKEN=${hex(32)}\n`, `new Twilio('${id}', '${hex(32)}')`],
          ignored: [`ACCOUNT_SID=${id}\n`, `ACCOUNT_SID=${id}\nsum: ${hex(32)}\n`, `ACCOUNT_SID=${id}a\nAUTH_TOKEN=${hex(32)}\n`],
        };
      },
    },
    {
      id: 'twilio-key-id',
      message: 'Twilio API key SID',
      // It works only together with its secret.
      severity: 'low',
      confidence: 'medium',
      keywords: Array.from('0123456789abcdef', (digit) => `SK${digit}`),
      pattern: /(?<![+/])SK[\da-f]{32}(?![+/=-])/,
      judge: ({ secret }) => looksRandom(secret.slice(2)),
      docs: 'https://www.twilio.com/docs/iam/api-keys',
      samples: () => ({
        found: Array.from('0123456789abcdef', (digit) => `const key = 'SK${digit}${hex(31)}';`),
        ignored: [`SK${hex(31)}\n`, `TASK${hex(32)}\n`, `SK${'0'.repeat(32)}\n`, `SK${hex(32)}/a\n`],
      }),
    },
    {
      id: 'twilio-auth-token',
      message: 'Twilio auth token',
      ...namedSecret({ names: ['twilio'], value: '[\\da-f]{32}', credential: 'token|auth|password' }),
      samples: () => ({
        found: [`TWILIO_AUTH_TOKEN=${hex(32)}\n`, `twilio: { authToken: '${hex(32)}' }`],
        ignored: [`TWILIO_AUTH_TOKEN=${hex(31)}\n`, `TWILIO_ACCOUNT_SID=AC${hex(32)}\n`, `TWILIO_AUTH_TOKEN=${'0'.repeat(32)}\n`],
      }),
    },
    {
      id: 'twilio-key-secret',
      message: 'Twilio API key secret',
      ...namedSecret({ names: ['twilio'], value: '[A-Za-z\\d]{32}', credential: 'secret' }),
      docs: 'https://www.twilio.com/docs/iam/api-keys',
      advice: 'Delete the API key in the Twilio console, and create a new one.',
      samples: () => ({
        found: [`TWILIO_API_SECRET=${alnum(32)}\n`, `twilio:\n  api_key_secret: ${alnum(32)}\n`],
        ignored: [`TWILIO_API_SECRET=${alnum(31)}\n`, 'TWILIO_API_SECRET=thesecretofyourtwilioapikeyasword\n'],
      }),
    },
  ],
);
