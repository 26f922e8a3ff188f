import { decodeJsonObject } from '../../engine/proofs/base64-bytes.ts';
import { grafanaTail, proveGrafanaToken } from '../../engine/proofs/crc32-tails.ts';
import { markedToken } from '../drafting/marked-token.ts';
import { looksRandom, namedKey, namedSecret } from '../drafting/named-secret.ts';
import { ruleSet } from '../../engine/rule.ts';
import { alnum, allSamples, base32, base64url, hex, lowerAlnum, tokenSamples, upperAlnum, uuid } from '../drafting/sample.ts';
import { hexOf, alnumOf, base64urlOf, either, UUID } from '../drafting/shapes.ts';

function encodeJson(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64');
}

/** The marker is right, but the content is not JSON: truncated or made up. */
const UNREADABLE = { severity: 'low', confidence: 'low', evidence: 'its content cannot be decoded: it may be made up' } as const;

export const monitoring = ruleSet(
  {
    severity: 'high',
    why: 'Anyone who has it can read what your systems report, and change their alerts.',
    advice: 'Revoke it where it was issued, and keep the new one in a secret store.',
  },
  () => [
    {
      id: 'datadog-key',
      message: 'Datadog API or application key',
      ...namedSecret({
        names: ['datadog', 'dd_api', 'dd_app', 'dd-api', 'dd-app'],
        value: '[\\da-f]{32}(?:[\\da-f]{8})?',
        credential: 'key|secret',
      }),
      severity: 'critical',
      docs: 'https://docs.datadoghq.com/account_management/api-app-keys/',
      samples: () => ({
        found: [
          `datadog: { apiKey: '${hex(32)}' }`,
          ...['DD_API_KEY', 'DD_APP_KEY', 'DD_APPLICATION_KEY'].map((name) => `${name}=${hex(32)}\n`),
          ...['DD-API-KEY', 'DD-APPLICATION-KEY'].map((name) => `-H "${name}: ${hex(40)}"`),
        ],
        ignored: [`DD_API_KEY=${hex(33)}\n`, `DD_CLIENT_TOKEN=pub${hex(32)}\n`, `DD_ADD_KEY=${hex(32)}\n`],
      }),
    },
    {
      id: 'new-relic-key',
      message: 'New Relic API key',
      keywords: ['NRAK-', 'NRII-', 'NRIQ-', 'NRRA-', 'NRAA-'],
      pattern: /NR(?:AK-[A-Za-z\d]{27}|I[IQ]-[\w-]{32}|RA-[\da-f]{42}|AA-[\da-f]{27})(?![\w-])/,
      docs: 'https://docs.newrelic.com/docs/apis/intro-apis/new-relic-api-keys/',
      samples: () =>
        allSamples(
          tokenSamples('NRAK-', upperAlnum(27)),
          ...['NRII-', 'NRIQ-'].map((marker) => tokenSamples(marker, base64url(32))),
          tokenSamples('NRRA-', hex(42)),
          tokenSamples('NRAA-', hex(27)),
        ),
    },
    {
      id: 'new-relic-license',
      message: 'New Relic license key',
      keywords: ['NRAL'],
      lead: 36,
      pattern: /[\da-fux]{36}NRAL/,
      docs: 'https://docs.newrelic.com/docs/apis/intro-apis/new-relic-api-keys/',
      samples: () => ({
        found: [`KEY=${hex(36)}NRAL\n`, `key: 'eu01xx${hex(30)}NRAL'`],
        ignored: [`KEY=${hex(35)}NRAL\n`, `KEY=${hex(37)}NRAL\n`, `KEY=${hex(36)}NRAK\n`],
      }),
    },
    {
      id: 'new-relic-browser-key',
      message: 'New Relic browser key',
      severity: 'low',
      ...markedToken({ markers: ['NRJS-', 'NRBR-'], body: hexOf(19) }),
      docs: 'https://docs.newrelic.com/docs/apis/intro-apis/new-relic-api-keys/',
    },
    {
      id: 'sentry-token',
      message: 'Sentry auth token',
      keywords: ['sntryu_', 'sntryi_', 'sntrya_'],
      pattern: /sntry[uia]_[\da-f]{64}/,
      docs: 'https://docs.sentry.io/account/auth-tokens/',
      samples: () => allSamples(...['sntryu_', 'sntryi_', 'sntrya_'].map((marker) => tokenSamples(marker, hex(64)))),
    },
    {
      id: 'sentry-organization-token',
      message: 'Sentry organization token',
      // The JSON begins with `{"iat":`.
      keywords: ['sntrys_eyJpYXQiO'],
      pattern: /sntrys_(?<settings>eyJpYXQiO[A-Za-z\d+/]{10,500}={0,2})_[A-Za-z\d+/]{43}/,
      judge: ({ match }) => {
        const settings = decodeJsonObject(match.groups!['settings']!);
        if (settings === null) return UNREADABLE;
        return 'org' in settings && { confidence: 'high', evidence: `organization ${String(settings['org'])}` };
      },
      docs: 'https://docs.sentry.io/account/auth-tokens/#organization-auth-tokens',
      samples: () => {
        const token = (settings: object): string => `sntrys_${encodeJson(settings)}_${alnum(43)}`;
        const right = token({ iat: 1717171717.1, url: 'https://sentry.io', region_url: 'https://us.sentry.io', org: 'north' });
        return {
          found: [`SENTRY_AUTH_TOKEN=${right}\n`, `authToken: '${right}'`],
          ignored: [`TOKEN=${token({ iat: 1717171717.1 })}\n`, `TOKEN=${right.slice(0, -1)}\n`, `TOKEN=${right.replace('eyJp', 'eyJq')}\n`],
          doubtful: [`TOKEN=sntrys_eyJpYXQiO${alnum(120)}_${alnum(43)}\n`],
        };
      },
    },
    {
      id: 'sentry-legacy-token',
      message: 'Sentry auth token (legacy format)',
      ...namedKey({ names: ['sentry'], value: hexOf(64), words: ['token', 'secret'] }),
      docs: 'https://docs.sentry.io/account/auth-tokens/',
    },
    {
      id: 'grafana-service-token',
      message: 'Grafana service account token',
      severity: 'critical',
      keywords: ['glsa_'],
      pattern: /glsa_[A-Za-z\d]{32}_[\da-f]{8}/,
      prove: proveGrafanaToken,
      docs: 'https://grafana.com/docs/grafana/latest/administration/service-accounts/',
      samples: () => {
        const head = `glsa_${alnum(32)}`;
        return allSamples(tokenSamples(`${head}_`, grafanaTail(head)), {
          found: [],
          ignored: [],
          doubtful: [`TOKEN=glsa_${alnum(32)}_0a1b2c3d\n`],
        });
      },
    },
    {
      id: 'grafana-cloud-token',
      message: 'Grafana Cloud access policy token',
      severity: 'critical',
      keywords: ['glc_'],
      pattern: /glc_(?<settings>[A-Za-z\d+/]{43,400}={0,2})/,
      judge: ({ match }) => {
        const settings = decodeJsonObject(match.groups!['settings']!);
        if (settings === null) return looksRandom(match.groups!['settings']!) && UNREADABLE;
        return 'k' in settings && 'o' in settings;
      },
      docs: 'https://grafana.com/docs/grafana-cloud/account-management/authentication-and-permissions/access-policies/',
      samples: () => {
        const token = (settings: object): string => `glc_${encodeJson(settings)}`;
        return {
          found: [`TOKEN=${token({ o: '482910', n: 'north-write', k: alnum(24), m: { r: 'eu' } })}\n`],
          ignored: [`TOKEN=${token({ o: '482910', n: 'north-write-and-read-everything' })}\n`, 'TOKEN=glc_eyJ...\n'],
          doubtful: [`TOKEN=glc_eyJ${alnum(80)}\n`],
        };
      },
    },
    {
      id: 'grafana-key',
      message: 'Grafana API key',
      severity: 'critical',
      // The JSON begins with `{"k":"`.
      keywords: ['eyJrIjoi'],
      pattern: /eyJrIjoi[A-Za-z\d+/]{40,400}={0,2}(?!\.)/,
      judge: ({ secret }) => {
        const settings = decodeJsonObject(secret);
        if (settings === null) return secret.length >= 80 && UNREADABLE;
        return 'k' in settings && 'n' in settings;
      },
      docs: 'https://grafana.com/docs/grafana/latest/administration/service-accounts/migrate-api-keys/',
      samples: () => ({
        found: [`TOKEN=${encodeJson({ k: alnum(32), n: 'north', id: 1 })}\n`],
        ignored: [`TOKEN=${encodeJson({ k: alnum(32), id: 1, other: alnum(10) })}\n`, `TOKEN=eyJrIjoi${alnum(60)}\n`],
        doubtful: [`TOKEN=eyJrIjoi${alnum(80)}\n`],
      }),
    },
    {
      id: 'honeycomb-key',
      message: 'Honeycomb API key',
      severity: 'medium',
      keywords: ['hcaik_', 'hcaic_', 'hcamk_', 'hcxik_'],
      pattern: /hc(?:aik|aic|amk|xik)_[A-Za-z\d]{58,64}/,
      docs: 'https://docs.honeycomb.io/configure/environments/manage-api-keys/',
      samples: () => allSamples(...['hcaik_', 'hcaic_', 'hcamk_', 'hcxik_'].map((marker) => tokenSamples(marker, lowerAlnum(58)))),
    },
    {
      id: 'honeycomb-legacy-key',
      message: 'Honeycomb API key (legacy format)',
      ...namedKey({ names: ['honeycomb'], value: either(hexOf(32), alnumOf(22)), words: ['key', 'team'] }),
      severity: 'medium',
      docs: 'https://docs.honeycomb.io/configure/environments/manage-api-keys/',
    },
    {
      id: 'dynatrace-token',
      message: 'Dynatrace API token',
      keywords: ['dt0c01.', 'dt0s01.', 'dt0s02.', 'dt0s03.', 'dt0s04.', 'dt0s06.', 'dt0s08.', 'dt0s16.'],
      pattern: /dt0[a-z]\d\d\.(?:[A-Z\d]{24}\.[A-Z\d]{64}|[a-z\d]{24}\.[a-z\d]{64})/,
      docs: 'https://docs.dynatrace.com/docs/manage/identity-access-management/access-tokens-and-oauth-clients/access-tokens',
      samples: () =>
        allSamples(
          ...['dt0c01.', 'dt0s01.', 'dt0s02.', 'dt0s03.', 'dt0s04.', 'dt0s06.', 'dt0s08.', 'dt0s16.'].map((marker) =>
            tokenSamples(`${marker}${base32(24)}.`, base32(64)),
          ),
        ),
    },
    {
      id: 'splunk-token',
      message: 'Splunk HTTP Event Collector token',
      ...namedSecret({ names: ['splunk', 'hec_', 'hec-'], value: UUID.source, credential: 'token|hec|auth|key|secret', isWordStart: true }),
      severity: 'medium',
      docs: 'https://docs.splunk.com/Documentation/Splunk/latest/Data/UsetheHTTPEventCollector',
      samples: () => ({
        found: [`SPLUNK_HEC_TOKEN=${uuid()}\n`, `splunk:\n  token: ${uuid()}\n`, `HEC_TOKEN=${uuid()}\n`, `hec-token: ${uuid()}\n`],
        ignored: [`SPLUNK_APP_ID=${uuid()}\n`, `SPLUNK_HEC_TOKEN=${hex(32)}\n`],
      }),
    },
    {
      id: 'splunk-observability-token',
      message: 'Splunk Observability (SignalFx) token',
      ...namedKey({ names: ['signalfx', 'splunk_observability', 'splunk_access'], value: base64urlOf(22), words: ['token', 'auth'] }),
      severity: 'medium',
      docs: 'https://docs.splunk.com/observability/en/admin/authentication/authentication-tokens/org-tokens.html',
    },
    {
      id: 'influxdb-token',
      message: 'InfluxDB token',
      ...namedSecret({ names: ['influx'], value: '[\\w-]{86}==' }),
      docs: 'https://docs.influxdata.com/influxdb/v2/admin/tokens/',
      samples: () => {
        const token = `${base64url(86)}==`;
        return {
          found: [`INFLUX_TOKEN=${token}\n`, `new InfluxDB({ token: '${token}' })`],
          ignored: [`INFLUX_TOKEN=${token.slice(1)}\n`, `INFLUX_TOKEN=${'x'.repeat(86)}==\n`],
        };
      },
    },
    {
      id: 'axiom-token',
      message: 'Axiom token',
      keywords: ['xaat-', 'xapt-'],
      pattern: /xa[ap]t-[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/,
      docs: 'https://axiom.co/docs/reference/tokens',
      samples: () => allSamples(tokenSamples('xaat-', uuid()), tokenSamples('xapt-', uuid())),
    },
    {
      id: 'logfire-token',
      message: 'Pydantic Logfire token',
      severity: 'medium',
      keywords: ['pylf_v'],
      pattern: /pylf_v\d_(?:[a-z]{2,10}_)?[A-Za-z\d]{43}/,
      docs: 'https://logfire.pydantic.dev/docs/how-to-guides/create-write-tokens/',
      samples: () => allSamples(tokenSamples('pylf_v1_us_', alnum(43)), tokenSamples('pylf_v1_', alnum(43))),
    },
  ],
);
