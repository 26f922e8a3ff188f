import { decodeJsonObject } from '../../engine/proofs/base64-bytes.ts';
import { namedKey } from '../drafting/named-secret.ts';
import { ruleSet } from '../../engine/rule.ts';
import { alnum, base64url, lowerAlnum } from '../drafting/sample.ts';
import { hexOf, alnumOf, base64urlOf, shape } from '../drafting/shapes.ts';

export const maps = ruleSet(
  {
    severity: 'low',
    why: 'Anyone who has it can request maps and data at your expense.',
    advice: 'Delete the key where it was issued. Limit the new one to the addresses that may use it.',
  },
  () => [
    {
      id: 'mapbox-secret-token',
      message: 'Mapbox secret token',
      severity: 'high',
      keywords: ['sk.eyJ', 'tk.eyJ'],
      pattern: /[st]k\.(?<owner>eyJ[\w-]{40,120})\.[\w-]{22}(?![\w-])/,
      judge: ({ match }) => {
        const owner = decodeJsonObject(match.groups!['owner']!);
        return owner === null ? { severity: 'low', confidence: 'low', evidence: 'its content cannot be decoded' } : 'u' in owner;
      },
      docs: 'https://docs.mapbox.com/help/troubleshooting/how-to-use-mapbox-securely/',
      samples: () => {
        const owner = Buffer.from(JSON.stringify({ u: 'north', a: lowerAlnum(25) })).toString('base64url');
        return {
          found: ['sk', 'tk'].map((kind) => `TOKEN=${kind}.${owner}.${base64url(22)}\n`),
          ignored: [`TOKEN=pk.${owner}.${base64url(22)}\n`, `TOKEN=sk.${owner}.${base64url(21)}\n`],
          doubtful: [`TOKEN=sk.eyJ${alnum(60)}.${base64url(22)}\n`],
        };
      },
    },
    {
      id: 'openweather-key',
      message: 'OpenWeather API key',
      ...namedKey({ names: ['openweather', 'open_weather', 'weather_api', 'owm_'], value: hexOf(32), words: ['key', 'id', 'token'] }),
      docs: 'https://openweathermap.org/appid',
    },
    {
      id: 'maptiler-key',
      message: 'MapTiler API key',
      ...namedKey({ names: ['maptiler'], value: alnumOf(20), words: ['key', 'token'] }),
      docs: 'https://docs.maptiler.com/cloud/api/authentication-key/',
    },
    {
      id: 'here-key',
      message: 'HERE API key',
      ...namedKey({
        names: ['here_api', 'here_maps', 'heremaps', 'hereapi', 'here.com'],
        value: base64urlOf(43),
        words: ['key', 'token', 'secret'],
      }),
      docs: 'https://www.here.com/docs/bundle/identity-and-access-management-developer-guide-public/page/topics/plat-using-apikeys.html',
    },
    {
      id: 'tomtom-key',
      message: 'TomTom API key',
      ...namedKey({ names: ['tomtom'], value: alnumOf(32), words: ['key', 'token'] }),
      docs: 'https://developer.tomtom.com/how-to-get-tomtom-api-key',
    },
    {
      id: 'locationiq-key',
      message: 'LocationIQ access token',
      ...namedKey({ names: ['locationiq', 'location_iq'], value: shape`pk.${hexOf(32)}`, words: ['key', 'token'] }),
      docs: 'https://docs.locationiq.com/docs/authentication',
    },
    {
      id: 'weatherstack-key',
      message: 'weatherstack access key',
      ...namedKey({
        names: ['weatherstack', 'apilayer', 'positionstack', 'aviationstack', 'ipstack', 'currencylayer', 'exchangerate', 'fixer_'],
        value: hexOf(32),
        words: ['key', 'token'],
      }),
      docs: 'https://weatherstack.com/documentation',
    },
    {
      id: 'tomorrow-io-key',
      message: 'Tomorrow.io API key',
      ...namedKey({ names: ['tomorrow_io', 'tomorrow.io', 'tomorrowio', 'climacell'], value: alnumOf(32), words: ['key', 'token'] }),
      docs: 'https://docs.tomorrow.io/reference/api-authentication',
    },
    {
      id: 'maxmind-key',
      message: 'MaxMind license key',
      keywords: ['_mmk'],
      lead: 36,
      pattern: /[A-Za-z\d]{6}_[A-Za-z\d]{29}_mmk/,
      docs: 'https://support.maxmind.com/hc/articles/4407111582235',
      samples: () => ({
        found: [`LICENSE_KEY=${alnum(6)}_${alnum(29)}_mmk\n`, `licenseKey: '${alnum(6)}_${alnum(29)}_mmk'`],
        ignored: [`LICENSE_KEY=${alnum(6)}_${alnum(28)}_mmk\n`, `LICENSE_KEY=${'x'.repeat(6)}_${'x'.repeat(29)}_mmk\n`],
      }),
    },
    {
      id: 'nytimes-key',
      message: 'New York Times API key',
      ...namedKey({
        names: ['nytimes', 'nyt_', 'nyt-', 'newyorktimes', 'new-york-times'],
        value: alnumOf(32),
        words: ['key', 'token', 'secret'],
      }),
      docs: 'https://developer.nytimes.com/get-started',
    },
    {
      id: 'data-gov-key',
      message: 'api.data.gov or NASA API key',
      ...namedKey({
        names: ['data.gov', 'data_gov', 'datagov', 'nasa_', 'nasa-', 'nasa.gov'],
        value: alnumOf(40),
        words: ['key', 'token'],
      }),
      docs: 'https://api.data.gov/docs/api-key/',
    },
  ],
);
