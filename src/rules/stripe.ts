import { linesAround } from '../engine/proximity.ts';
import { ruleSet, type Candidate, type Judgement } from './rule.ts';
import { alnum, allSamples, base64, hex, tokenSamples } from './sample.ts';

/** Others give their keys the same marker. */
function judgeSecretKey({ text, secret, start, end }: Candidate): Judgement {
  const [, mode, body = ''] = /^[sr]k_(live|test|org)_(.+)$/.exec(secret)!;
  const owner = ownerOf(body, text.slice(...linesAround(text, start, end, 0)));
  return {
    message: `${owner} ${mode === 'test' ? 'test' : secret.startsWith('rk') ? 'restricted' : 'secret'} key`,
    ...(mode === 'test' ? { severity: 'low' } : {}),
  };
}

function ownerOf(body: string, line: string): string {
  if (body.startsWith('a2V5Xz')) return 'WorkOS'; // Base64 of `key_`.
  if (/^[\da-z]{40}$/.test(body)) return 'Paystack';
  return /clerk/i.test(line) ? 'Clerk' : 'Stripe';
}

export const stripe = ruleSet(
  {
    why: 'It can move money and read what customers paid.',
    advice: 'Roll the key in the Dashboard under Developers › API keys.',
    docs: 'https://docs.stripe.com/keys#rolling-keys',
  },
  () => [
    {
      id: 'stripe-key',
      message: 'Stripe secret key',
      keywords: ['sk_live_', 'rk_live_', 'sk_test_', 'rk_test_', 'sk_org_'],
      pattern: /(?:[sr]k_(?:live|test)|sk_org)_[A-Za-z\d]{20,250}/,
      minEntropy: 3.2,
      judge: judgeSecretKey,
      samples: () =>
        allSamples(
          ...['sk_live_', 'rk_live_', 'sk_test_', 'rk_test_', 'sk_org_'].map((marker) => tokenSamples(marker, alnum(24), 20)),
          tokenSamples('sk_live_51', alnum(97), 18),
          tokenSamples('sk_live_', hex(40), 20),
          { found: [`CLERK_SECRET_KEY=sk_live_${alnum(42)}\n`], ignored: [`STRIPE=pk_live_${alnum(24)}\n`] },
        ),
    },
    {
      id: 'stripe-webhook-secret',
      message: 'Webhook signing secret of Stripe, Svix or Clerk',
      severity: 'high',
      keywords: ['whsec_'],
      pattern: /whsec_[A-Za-z\d+/]{32,64}={0,2}/,
      minEntropy: 3.5,
      why: 'With it anybody can forge events that your server believes.',
      advice: 'Roll the secret on the page of the webhook endpoint.',
      docs: 'https://docs.stripe.com/webhooks#roll-endpoint-secrets',
      samples: () => allSamples(tokenSamples('whsec_', alnum(32)), { found: [`SECRET=whsec_${base64(32)}\n`], ignored: [] }),
    },
  ],
);
