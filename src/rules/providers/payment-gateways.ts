import { markedToken } from '../drafting/marked-token.ts';
import { namedKey } from '../drafting/named-secret.ts';
import { ruleSet } from '../../engine/rule.ts';
import { alnum, uuid } from '../drafting/sample.ts';
import { alnumOf, base64urlOf, base64Of, UUID, JWT, shape, type Shape } from '../drafting/shapes.ts';

/** A UUID (older format), or a key with a check character (newer format). */
const CHECKOUT_KEY: Shape = {
  source: `sk_(?:test_|sbox_)?(?:${UUID.source}|[a-z2-7]{26,32}[a-z2-7*#$=]?)`,
  sample: (seed) => `sk_${uuid(seed)}`,
  isFixed: false,
};
const MIDTRANS_KEY = base64urlOf(10, 30);
const ASAAS_KEY = base64Of(20, 200);

export const paymentGateways = ruleSet(
  {
    why: 'Anyone who has it can move money and read what customers paid.',
    advice: 'Revoke it where it was issued, and keep the new one in a secret store.',
  },
  () => [
    {
      id: 'checkout-key',
      message: 'Checkout.com secret key',
      ...namedKey({ names: ['checkout'], value: CHECKOUT_KEY, words: ['secret', 'key'] }),
      docs: 'https://www.checkout.com/docs/developer-resources/api/api-authentication/api-keys',
    },
    {
      id: 'midtrans-key',
      message: 'Midtrans server key',
      ...markedToken({ markers: ['Mid-server-'], body: MIDTRANS_KEY }),
      docs: 'https://docs.midtrans.com/docs/api-authorization-headers',
    },
    {
      id: 'midtrans-sandbox-key',
      message: 'Midtrans sandbox server key',
      severity: 'low',
      ...markedToken({ markers: ['SB-Mid-server-'], body: MIDTRANS_KEY }),
      docs: 'https://docs.midtrans.com/docs/api-authorization-headers',
    },
    {
      id: 'mollie-key',
      message: 'Mollie API key',
      ...namedKey({ names: ['mollie'], value: shape`live_${alnumOf(30)}`, words: ['key', 'token', 'secret'] }),
      docs: 'https://docs.mollie.com/reference/authentication',
    },
    {
      id: 'mollie-test-key',
      message: 'Mollie test key',
      ...namedKey({ names: ['mollie'], value: shape`test_${alnumOf(30)}`, words: ['key', 'token', 'secret'] }),
      severity: 'low',
      docs: 'https://docs.mollie.com/reference/authentication',
    },
    {
      id: 'pagarme-key',
      message: 'Pagar.me API key',
      ...markedToken({ markers: ['ak_live_'], body: alnumOf(30), isAmbiguous: true }),
      docs: 'https://docs.pagar.me/reference/autenticacao-2',
    },
    {
      id: 'asaas-key',
      message: 'Asaas API key',
      ...markedToken({ markers: ['$aact_prod_'], body: ASAAS_KEY }),
      docs: 'https://docs.asaas.com/docs/authentication-2',
    },
    {
      id: 'asaas-sandbox-key',
      message: 'Asaas sandbox API key',
      severity: 'low',
      ...markedToken({ markers: ['$aact_hmlg_'], body: ASAAS_KEY }),
      docs: 'https://docs.asaas.com/docs/authentication-2',
    },
    {
      id: 'gocardless-token',
      message: 'GoCardless access token',
      ...namedKey({
        names: ['gocardless', 'go_cardless', 'gc_access'],
        value: shape`live_${base64urlOf(40)}`,
        words: ['token', 'key', 'secret'],
      }),
      docs: 'https://developer.gocardless.com/getting-started/api/making-your-first-request/',
    },
    {
      id: 'gocardless-sandbox-token',
      message: 'GoCardless sandbox access token',
      ...namedKey({
        names: ['gocardless', 'go_cardless', 'gc_access'],
        value: shape`sandbox_${base64urlOf(40)}`,
        words: ['token', 'key', 'secret'],
      }),
      severity: 'low',
      docs: 'https://developer.gocardless.com/getting-started/api/making-your-first-request/',
    },
    {
      id: 'wise-token',
      message: 'Wise API token',
      ...namedKey({
        names: ['transferwise', 'wise_', 'wise-', 'wiseapi'],
        value: UUID,
        words: ['token', 'key', 'secret'],
        isWordStart: true,
      }),
      docs: 'https://docs.wise.com/api-docs/guides/strong-customer-authentication-2fa',
    },
    {
      id: 'polar-token',
      message: 'Polar access token',
      severity: 'high',
      ...markedToken({ markers: ['polar_oat_', 'polar_pat_', 'polar_at_'], body: alnumOf(20, 100) }),
      docs: 'https://docs.polar.sh/integrate/oat',
    },
    {
      id: 'lemonsqueezy-key',
      message: 'Lemon Squeezy API key',
      ...namedKey({ names: ['lemonsqueezy', 'lemon_squeezy', 'lemon-squeezy'], value: JWT, words: ['key', 'token'] }),
      severity: 'high',
      docs: 'https://docs.lemonsqueezy.com/guides/developer-guide/getting-started',
    },
    {
      id: 'freemius-key',
      message: 'Freemius secret key',
      severity: 'medium',
      confidence: 'medium',
      keywords: ['secret_key'],
      languages: ['php'],
      pattern: /secret_key["']\s{0,10}=>\s{0,10}["'](?<secret>sk_[^"'\s]{29})["']/,
      boundary: 'none',
      docs: 'https://freemius.com/help/documentation/wordpress-sdk/integrating-freemius-sdk/',
      samples: () => ({
        found: [{ path: 'plugin.php', text: `'secret_key' => 'sk_${alnum(29)}',` }],
        ignored: [
          { path: 'plugin.php', text: `'secret_key' => 'sk_${alnum(28)}',` },
          { path: 'plugin.php', text: "'secret_key' => getenv('FREEMIUS_SECRET_KEY')," },
          { path: 'plugin.js', text: `'secret_key' => 'sk_${alnum(29)}',` },
        ],
      }),
    },
  ],
);
