import { proveCardNumber, withLuhnDigit } from '../../engine/proofs/card-number.ts';
import { proveIban, withIbanDigits } from '../../engine/proofs/iban.ts';
import { markedToken } from '../drafting/marked-token.ts';
import { namedKey } from '../drafting/named-secret.ts';
import { ruleSet } from '../../engine/rule.ts';
import { digits } from '../drafting/sample.ts';
import { hexOf, alnumOf, lowerAlnumOf, base64urlOf, shape, either } from '../drafting/shapes.ts';

const ONFIDO_TOKEN = shape`${base64urlOf(11)}.${base64urlOf(32)}`;

export const finance = ruleSet(
  {
    severity: 'high',
    why: 'Anyone who has it can read accounts and identities; some keys can also move money.',
    advice: 'Revoke it where it was issued, and keep the new one in a secret store.',
  },
  () => [
    {
      id: 'ramp-secret',
      message: 'Ramp client secret',
      severity: 'critical',
      ...markedToken({ markers: ['ramp_sec_'], body: alnumOf(48) }),
      docs: 'https://docs.ramp.com/developer-api/v1/authorization',
    },
    {
      id: 'mercury-token',
      message: 'Mercury API token',
      severity: 'critical',
      ...markedToken({ markers: ['mercury_production_'], body: shape`${alnumOf(3, 20)}_${alnumOf(20, 120)}_yrucrem` }),
      docs: 'https://docs.mercury.com/docs/getting-started',
    },
    {
      id: 'persona-key',
      message: 'Persona API key',
      ...markedToken({ markers: ['persona_production_'], body: base64urlOf(20, 80) }),
      docs: 'https://docs.withpersona.com/api-keys',
    },
    {
      id: 'persona-sandbox-key',
      message: 'Persona sandbox API key',
      severity: 'low',
      ...markedToken({ markers: ['persona_sandbox_'], body: base64urlOf(20, 80) }),
      docs: 'https://docs.withpersona.com/api-keys',
    },
    {
      id: 'onfido-token',
      message: 'Onfido API token',
      ...markedToken({ markers: ['api_live.', 'api_live_us.', 'api_live_ca.'], body: ONFIDO_TOKEN }),
      docs: 'https://documentation.onfido.com/api/latest/#authentication',
    },
    {
      id: 'onfido-sandbox-token',
      message: 'Onfido sandbox API token',
      severity: 'low',
      ...markedToken({ markers: ['api_sandbox.', 'api_sandbox_us.', 'api_sandbox_ca.'], body: ONFIDO_TOKEN }),
      docs: 'https://documentation.onfido.com/api/latest/#authentication',
    },
    {
      id: 'proof-key',
      message: 'Proof API key',
      ...namedKey({ names: ['proof_api', 'proof.com', 'notarize'], value: shape`prf_${alnumOf(20, 80)}`, words: ['key', 'token'] }),
      docs: 'https://dev.proof.com/docs/authentication',
    },
    {
      id: 'rainforest-key',
      message: 'Rainforest API key',
      ...namedKey({ names: ['rainforest'], value: shape`apikey_${hexOf(64)}`, words: ['key', 'token'] }),
      docs: 'https://docs.rainforestpay.com/docs/authentication',
    },
    {
      id: 'alpaca-secret',
      message: 'Alpaca API secret key',
      ...namedKey({ names: ['alpaca', 'apca'], value: alnumOf(40, 44), words: ['secret', 'key'] }),
      docs: 'https://docs.alpaca.markets/docs/getting-started-with-trading-api',
    },
    {
      id: 'finicity-key',
      message: 'Finicity app key or secret',
      ...namedKey({ names: ['finicity'], value: either(hexOf(32), alnumOf(20)), words: ['secret', 'key', 'token'] }),
      severity: 'medium',
      docs: 'https://developer.mastercard.com/open-banking-us/documentation/',
    },
    {
      id: 'finnhub-key',
      message: 'Finnhub API key',
      ...namedKey({ names: ['finnhub'], value: lowerAlnumOf(20) }),
      severity: 'medium',
      docs: 'https://finnhub.io/docs/api/authentication',
    },
    {
      id: 'databento-key',
      message: 'Databento API key',
      severity: 'medium',
      ...markedToken({ markers: ['db-'], body: alnumOf(29), isAmbiguous: true }),
      docs: 'https://databento.com/docs/portal/api-keys',
    },
    {
      id: 'freshbooks-secret',
      message: 'FreshBooks client secret',
      ...namedKey({ names: ['freshbooks'], value: hexOf(64) }),
      docs: 'https://www.freshbooks.com/api/authentication',
    },
    {
      id: 'xero-secret',
      message: 'Xero client secret',
      ...namedKey({ names: ['xero_', 'xero-', 'xero.', 'xeroclient'], value: base64urlOf(48), words: ['secret'] }),
      docs: 'https://developer.xero.com/documentation/guides/oauth2/overview/',
    },
    {
      id: 'quickbooks-secret',
      message: 'QuickBooks client secret',
      ...namedKey({ names: ['quickbooks', 'intuit', 'qbo_'], value: alnumOf(40), words: ['secret'] }),
      docs: 'https://developer.intuit.com/app/developer/qbo/docs/get-started/get-client-id-and-client-secret',
    },
    {
      id: 'payment-card-number',
      message: 'Payment card number',
      severity: 'medium',
      confidence: 'low',
      isOptIn: true,
      keywords: ['card', 'pan=', 'pan"', 'pan:'],
      pattern:
        /(?:card[\w -]{0,20}|pan)["'\]]{0,2}\s{0,3}[:=,(]{1,2}\s{0,3}["']?(?<secret>[3-6]\d{3}(?:[ -]?\d{4}){2}[ -]?\d{1,7}|3\d{3}[ -]?\d{6}[ -]?\d{5})(?![\w.-])/i,
      boundary: 'none',
      prove: proveCardNumber,
      why: 'Anyone who has it may be able to pay with it, and it belongs to a person.',
      advice: 'Remove it. For tests, use the numbers that the card schemes publish for them.',
      docs: 'https://docs.stripe.com/testing#cards',
      samples: () => {
        const number = withLuhnDigit(`47${digits(13)}`);
        const groups = number.replaceAll(/(\d{4})(?=\d)/g, '$1 ');
        return {
          found: [`card_number = "${groups}"`, `pan=${number}`, `{"pan": "${number}"}`, `pan:${number}`],
          ignored: [
            `order_number = "${groups}"`,
            'card_number = "4242 4242 4242 4242"',
            'card = 4111111111111111',
            `card = ${number.slice(0, -1)}${(Number(number.at(-1)) + 1) % 10}`,
          ],
        };
      },
    },
    {
      id: 'iban',
      message: 'Bank account number (IBAN)',
      severity: 'low',
      confidence: 'low',
      isOptIn: true,
      keywords: ['iban'],
      pattern: /iban["'\]]{0,2}\s{0,3}[:=,(]{1,2}\s{0,3}["']?(?<secret>[A-Z]{2}\d{2}(?: ?[A-Z\d]{4}){2,7}(?: ?[A-Z\d]{1,3})?)(?!\w)/i,
      boundary: 'none',
      prove: proveIban,
      why: 'It identifies the account of a person or a company.',
      advice: 'Remove it. For tests, use the numbers that banks publish for them.',
      docs: 'https://www.iban.com/structure',
      samples: () => {
        const iban = withIbanDigits('DE', digits(18));
        return {
          found: [`iban = "${iban}"`, `IBAN: ${iban.replaceAll(/(.{4})(?=.)/g, '$1 ')}`],
          ignored: [
            `number = "${iban}"`,
            `iban = "${iban.slice(0, -1)}${(Number(iban.at(-1)) + 1) % 10}"`,
            'iban = "DE00 0000 0000 0000 0000 00"',
          ],
        };
      },
    },
  ],
);
