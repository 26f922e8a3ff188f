import { linesAround } from '../../engine/proximity.ts';
import { looksRandom } from '../drafting/named-secret.ts';
import { ruleSet, type Candidate, type Judgement } from '../../engine/rule.ts';
import { alnum, allSamples, base64, hex, lowerAlnum, tokenSamples } from '../drafting/sample.ts';

/** Several providers use the prefixes of Stripe. */
const SECRET_KEY = {
  keywords: ['sk_live_', 'sk_test_'],
  minEntropy: 3.2,
} as const;

/** The provider of a key, by its shape or by the name on its line. */
function ownerOf(body: string, line: string): string {
  // Base64 of `key_`.
  if (body.startsWith('a2V5Xz')) return /highnote/i.test(line) ? 'Highnote' : 'WorkOS';
  if (/^[\da-z]{40}$/.test(body)) return 'Paystack';
  return /clerk/i.test(line) ? 'Clerk' : 'Stripe';
}

/** Accepts the keys of one provider; test keys weigh little. */
function judgeOwner(owner: string): (candidate: Candidate) => Judgement {
  return ({ text, secret, start, end }) => {
    const [, kind, mode, body = ''] = /^([sr])k_(live|test|prod|org)_(.+)$/.exec(secret)!;
    if (ownerOf(body, text.slice(...linesAround(text, start, end, 0))) !== owner) return false;
    return {
      message: `${owner} ${mode === 'test' ? 'test' : kind === 'r' ? 'restricted' : 'secret'} key`,
      ...(mode === 'test' ? { severity: 'low' } : {}),
    };
  };
}

export const stripe = ruleSet(
  {
    why: 'Anyone who has it can move money and read what customers paid.',
    advice: 'Roll the key in the Dashboard under Developers › API keys.',
    docs: 'https://docs.stripe.com/keys#rolling-keys',
  },
  () => [
    {
      id: 'stripe-key',
      message: 'Stripe secret key',
      keywords: ['sk_live_', 'rk_live_', 'sk_test_', 'rk_test_', 'sk_prod_', 'rk_prod_', 'sk_org_'],
      pattern: /(?:[sr]k_(?:live|test|prod)|sk_org)_[A-Za-z\d]{20,250}/,
      minEntropy: 3.2,
      judge: judgeOwner('Stripe'),
      samples: () =>
        allSamples(
          ...['sk_live_', 'rk_live_', 'sk_test_', 'rk_test_', 'sk_prod_', 'rk_prod_', 'sk_org_'].map((marker) =>
            tokenSamples(marker, alnum(24), 20),
          ),
          tokenSamples('sk_live_51', alnum(97), 18),
          {
            found: [],
            ignored: [
              `STRIPE=pk_live_${alnum(24)}\n`,
              `CLERK_SECRET_KEY=sk_live_${alnum(42)}\n`,
              `KEY=sk_live_${lowerAlnum(40)}\n`,
              `KEY=sk_test_a2V5Xz${alnum(64)}\n`,
            ],
          },
        ),
    },
    {
      id: 'paystack-key',
      message: 'Paystack secret key',
      ...SECRET_KEY,
      pattern: /sk_(?:live|test)_[a-z\d]{40}/,
      judge: judgeOwner('Paystack'),
      advice: 'Generate new keys in the Dashboard under Settings › API Keys & Webhooks.',
      docs: 'https://paystack.com/docs/api/authentication/',
      samples: () => allSamples(...SECRET_KEY.keywords.map((marker) => tokenSamples(marker, hex(40)))),
    },
    {
      id: 'clerk-key',
      message: 'Clerk secret key',
      ...SECRET_KEY,
      pattern: /sk_(?:live|test)_[A-Za-z\d]{32,50}/,
      judge: judgeOwner('Clerk'),
      why: 'Anyone who has it can read and change your users.',
      advice: 'Roll the key in the Dashboard under API keys.',
      docs: 'https://clerk.com/docs/deployments/clerk-environment-variables',
      samples: () => ({
        found: SECRET_KEY.keywords.map((marker) => `CLERK_SECRET_KEY=${marker}${alnum(42)}\n`),
        ignored: [`OTHER_SECRET_KEY=sk_live_${alnum(42)}\n`, 'CLERK_SECRET_KEY=sk_live_...\n', `CLERK_SECRET_KEY=sk_live_${alnum(30)}\n`],
      }),
    },
    {
      id: 'workos-key',
      message: 'WorkOS API key',
      ...SECRET_KEY,
      pattern: /sk_(?:live|test)_a2V5Xz[A-Za-z\d+/]{60,120}={0,2}/,
      judge: judgeOwner('WorkOS'),
      why: 'Anyone who has it can read your users, and sign in as them.',
      advice: 'Revoke the key in the Dashboard under API keys.',
      docs: 'https://workos.com/docs/reference/api-keys',
      samples: () => allSamples(...SECRET_KEY.keywords.map((marker) => tokenSamples(`${marker}a2V5Xz`, alnum(64), 60))),
    },
    {
      id: 'highnote-key',
      message: 'Highnote API key',
      ...SECRET_KEY,
      pattern: /sk_(?:live|test)_a2V5Xz[A-Za-z\d+/]{60,120}={0,2}/,
      judge: judgeOwner('Highnote'),
      why: 'Anyone who has it can move money and issue cards.',
      advice: 'Revoke the key in the Dashboard under API keys.',
      docs: 'https://docs.highnote.com/docs/developers/api/authentication',
      samples: () => ({
        found: SECRET_KEY.keywords.map((marker) => `HIGHNOTE_KEY=${marker}a2V5Xz${alnum(64)}\n`),
        ignored: [`OTHER_KEY=sk_live_a2V5Xz${alnum(64)}\n`, `HIGHNOTE_KEY=sk_live_a2V5Xz${alnum(50)}\n`],
      }),
    },
    {
      id: 'stripe-client-secret',
      message: 'Stripe PaymentIntent or SetupIntent client secret',
      severity: 'low',
      keywords: ['_secret_'],
      pattern: /(?<=(?<![A-Za-z\d])(?:pi|seti)_[A-Za-z\d]{14,27})_secret_(?<secret>[A-Za-z\d]{25})(?!\w)/,
      boundary: 'none',
      judge: ({ secret }) => looksRandom(secret),
      why: 'Anyone who has it can complete one payment.',
      advice: 'Do not log or store it. It expires with the payment.',
      docs: 'https://docs.stripe.com/api/payment_intents/object#payment_intent_object-client_secret',
      samples: () => ({
        found: [`"client_secret": "pi_${alnum(24)}_secret_${alnum(25)}"`, `seti_${alnum(24)}_secret_${alnum(25)}`],
        ignored: [`sb_secret_${alnum(25)}`, `pi_${alnum(24)}_secret_${alnum(24)}`, 'pi_..._secret_...'],
      }),
    },
    {
      id: 'stripe-webhook-secret',
      message: 'Stripe, Svix or Clerk webhook signing secret',
      severity: 'high',
      keywords: ['whsec_'],
      pattern: /whsec_[A-Za-z\d+/]{32,64}={0,2}/,
      minEntropy: 3.5,
      why: 'Anyone who has it can forge events that your server accepts.',
      advice: 'Roll the secret on the page of the webhook endpoint.',
      docs: 'https://docs.stripe.com/webhooks#roll-endpoint-secrets',
      samples: () => allSamples(tokenSamples('whsec_', alnum(32)), { found: [`SECRET=whsec_${base64(32)}\n`], ignored: [] }),
    },
  ],
);
