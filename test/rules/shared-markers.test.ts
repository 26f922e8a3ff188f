import { describe, expect, it } from 'vitest';
import { createScanner, sourceOf } from '../../src/engine/scanner.ts';
import { withoutOverlaps } from '../../src/findings/overlap.ts';
import { CATALOGUE } from '../../src/rules/catalogue.ts';
import type { ContentRule } from '../../src/engine/rule.ts';
import { alnum, base64, base64url, digits, hex, lowerAlnum, upperAlnum, uuid } from '../../src/rules/drafting/sample.ts';

const secrets = CATALOGUE.filter((rule): rule is ContentRule => rule.kind === 'content' && rule.category === 'secret');
const scanner = createScanner(sourceOf(secrets.filter(({ isOptIn }) => isOptIn !== true)));

/** Rules whose findings are left of a text. */
function rulesOf(text: string): readonly string[] {
  const matches = scanner.scan({ bytes: Buffer.from(text), path: 'src/settings.txt', isActive: () => true });
  return withoutOverlaps(matches).map(({ rule }) => rule.id);
}

describe('markers that several providers use', () => {
  it.each([
    ['Stripe', `KEY=sk_live_${alnum(24)}`, 'stripe-key'],
    ['Stripe, newer', `KEY=sk_live_51${alnum(97)}`, 'stripe-key'],
    ['Paystack', `KEY=sk_live_${hex(40)}`, 'paystack-key'],
    ['Clerk', `CLERK_SECRET_KEY=sk_test_${alnum(42)}`, 'clerk-key'],
    ['WorkOS', `KEY=sk_live_${['a2V5', 'Xz'].join('')}${alnum(64)}`, 'workos-key'],
    ['Highnote', `HIGHNOTE_KEY=sk_live_${['a2V5', 'Xz'].join('')}${alnum(64)}`, 'highnote-key'],
    ['ElevenLabs', `KEY=sk_${hex(48)}`, 'elevenlabs-key'],
    ['Sourcegraph', `KEY=sgp_${hex(40)}`, 'sourcegraph-token'],
    ['Segment', `KEY=sgp_${alnum(64)}`, 'segment-token'],
    ['RunPod', `KEY=rpa_${upperAlnum(40)}${alnum(6)}`, 'runpod-key'],
    ['redirect.pizza', `KEY=rpa_${alnum(30)}`, 'redirect-pizza-token'],
    ['OpenAI', `KEY=sk-proj-${base64url(74)}${['T3Blb', 'kFJ'].join('')}${base64url(74)}`, 'openai-key'],
    ['DeepSeek', `DEEPSEEK_API_KEY=sk-${hex(32)}`, 'deepseek-key'],
    ['DashScope', `DASHSCOPE_API_KEY=sk-${hex(32)}`, 'dashscope-key'],
    ['Moonshot', `MOONSHOT_API_KEY=sk-${base64url(48)}`, 'kimi-key'],
    ['Stability', `STABILITY_API_KEY=sk-${alnum(48)}`, 'stability-key'],
    ['MiniMax', `KEY=sk-api-${base64url(119)}`, 'minimax-key'],
    ['Anthropic', `KEY=sk-ant-api03-${base64url(93)}AA`, 'anthropic-key'],
    ['Langfuse', `KEY=sk-lf-${uuid()}`, 'langfuse-key'],
    ['OpenRouter', `KEY=sk-or-v1-${hex(64)}`, 'openrouter-key'],
    ['pyx', `KEY=sk-pyx-${alnum(64)}`, 'pyx-key'],
    ['Klaviyo', `KLAVIYO_KEY=pk_${hex(34)}`, 'klaviyo-key'],
    ['ClickUp', `KEY=pk_${digits(8)}_${upperAlnum(32)}`, 'clickup-token'],
    ['Lob', `LOB_API_KEY=live_${hex(35)}`, 'lob-key'],
    ['Mollie', `MOLLIE_API_KEY=live_${alnum(30)}`, 'mollie-key'],
    ['GoCardless', `GOCARDLESS_TOKEN=live_${base64url(40)}`, 'gocardless-token'],
    ['MessageBird', `MESSAGEBIRD_KEY=live_${alnum(25)}`, 'messagebird-key'],
    ['Airtable', `KEY=pat${alnum(14)}.${hex(64)}`, 'airtable-token'],
    ['Harness', `KEY=pat.${base64url(22)}.${hex(24)}.${alnum(20)}`, 'harness-token'],
    ['HubSpot', `KEY=pat-na1-${uuid()}`, 'hubspot-token'],
    ['Vercel', `KEY=vcp_${base64url(56)}`, 'vercel-token'],
    ['Vercel AI Gateway', `KEY=vck_${base64url(56)}`, 'vercel-ai-gateway-key'],
    ['Together', `TOGETHER_API_KEY=${hex(64)}`, 'together-legacy-key'],
    ['DigitalOcean', `KEY=dop_v1_${hex(64)}`, 'digitalocean-token'],
    ['Sentry', `KEY=sntryu_${hex(64)}`, 'sentry-token'],
    ['Adafruit', `KEY=aio_${alnum(28)}`, 'adafruit-key'],
    ['WakaTime', `KEY=waka_${uuid()}`, 'wakatime-key'],
    ['Lichess', `KEY=lip_${alnum(20)}`, 'lichess-token'],
  ])('lead to %s', (_, text, rule) => {
    expect(rulesOf(`${text}\n`)).toEqual([rule]);
  });

  it('lead to the provider that stands on the line, for values of the same shape', () => {
    const value = hex(32);
    expect(rulesOf(`DATADOG_API_KEY=${value}\n`)).toEqual(['datadog-key']);
    expect(rulesOf(`SPOTIFY_CLIENT_SECRET=${value}\n`)).toEqual(['spotify-secret']);
    expect(rulesOf(`JOTFORM_API_KEY=${value}\n`)).toEqual(['jotform-key']);
    expect(rulesOf(`HEROKU_API_KEY=${uuid()}\n`)).toEqual(['heroku-legacy-key']);
    expect(rulesOf(`OPSGENIE_API_KEY=${uuid()}\n`)).toEqual(['opsgenie-key']);
  });
});

describe('generic rules', () => {
  it('give way to those of a provider', () => {
    expect(rulesOf(`const fastlyApiToken = '${base64url(32)}';`)).toEqual(['fastly-token']);
    expect(rulesOf(`url = https://me:${alnum(24)}@bitbucket.org/north/app.git\n`)).toEqual(['bitbucket-url']);
    expect(rulesOf(`Authorization: Bearer polar_oat_${alnum(40)}\n`)).toEqual(['polar-token']);
  });

  it('speak where no provider does', () => {
    expect(rulesOf(`const northApiToken = '${alnum(32)}';`)).toEqual(['generic-secret']);
  });
});

describe('what is public or for tests', () => {
  it('is a note that has to be asked for, or weighs little', () => {
    const named = secrets.filter(({ id }) =>
      /-(?:publishable|public|client-key|mobile|project-key|dsn|account-id|site-key|key-id)\b/.test(id),
    );
    expect(named.length).toBeGreaterThan(10);
    const isQuiet = ({ severity, isOptIn }: ContentRule): boolean => (severity === 'info' && isOptIn === true) || severity === 'low';
    expect(named.filter((rule) => !isQuiet(rule)).map(({ id }) => id)).toEqual([]);
  });

  it('is low where it opens a sandbox', () => {
    const sandbox = secrets.filter(({ id }) => /-(?:sandbox|test)-/.test(id));
    expect(sandbox.length).toBeGreaterThan(8);
    expect(sandbox.filter(({ severity }) => severity !== 'low').map(({ id }) => id)).toEqual([]);
  });

  it('gives nothing unasked', () => {
    for (const text of [
      `STRIPE=pk_live_${alnum(24)}`,
      `dsn: 'https://${hex(32)}@o${digits(6)}.ingest.sentry.io/${digits(7)}'`,
      `KEY=phc_${alnum(43)}`,
      `id: AIDA${upperAlnum(16).replaceAll(/[0189]/g, 'A')}`,
      `KEY=sb_publishable_${base64url(22)}_${base64url(8)}`,
      `KEY=mob-${uuid()}`,
      `sha: ${hex(40)}`,
      `"integrity": "sha512-${base64(64)}"`,
      `version: ${lowerAlnum(7)}`,
    ]) {
      expect(rulesOf(`${text}\n`)).toEqual([]);
    }
  });
});
