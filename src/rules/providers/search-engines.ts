import { namedKey, namedSecret, TO_VALUE } from '../drafting/named-secret.ts';
import { ruleSet } from '../../engine/rule.ts';
import { alnum, base64url, hex, tokenSamples } from '../drafting/sample.ts';
import { hexOf, alnumOf, base64urlOf, either } from '../drafting/shapes.ts';

export const searchEngines = ruleSet(
  {
    severity: 'high',
    why: 'Anyone who has it can read and change what is indexed.',
    advice: 'Revoke it where it was issued, and keep the new one in a secret store.',
  },
  () => [
    {
      id: 'algolia-admin-key',
      message: 'Algolia admin key',
      ...namedSecret({ names: ['algolia'], value: '[\\da-f]{32}', credential: 'admin|write|secret|private' }),
      severity: 'high',
      docs: 'https://www.algolia.com/doc/guides/security/api-keys/',
      samples: () => ({
        found: [`ALGOLIA_ADMIN_KEY=${hex(32)}\n`, `algolia: { writeApiKey: '${hex(32)}' }`],
        // Search keys are public.
        ignored: [`ALGOLIA_SEARCH_KEY=${hex(32)}\n`, `algolia: { appId: 'NORTH', apiKey: '${hex(32)}' }`, `ALGOLIA_ADMIN_KEY=${hex(31)}\n`],
      }),
    },
    {
      id: 'elastic-cloud-key',
      message: 'Elastic Cloud API key',
      keywords: ['essu_'],
      pattern: /essu_[A-Za-z\d+/]{60,200}={0,2}/,
      docs: 'https://www.elastic.co/docs/deploy-manage/api-keys/elastic-cloud-api-keys',
      samples: () => tokenSamples('essu_', alnum(92), 60),
    },
    {
      id: 'elasticsearch-key',
      message: 'Elasticsearch API key',
      confidence: 'medium',
      keywords: ['apikey ', 'elastic'],
      pattern: new RegExp(
        `(?:apikey |elastic[\\w.\\s:"'{(=<>,/@-]{0,60}?api[_-]?key${TO_VALUE})(?<secret>[A-Za-z\\d]{54,60}={0,2})(?![\\w+/=-])`,
        'i',
      ),
      boundary: 'none',
      prove: (key) => (/^[\w-]{20}:[\w-]{22}$/.test(Buffer.from(key, 'base64').toString('latin1')) ? 'passed' : 'failed'),
      docs: 'https://www.elastic.co/docs/deploy-manage/api-keys/elasticsearch-api-keys',
      samples: () => {
        const key = Buffer.from(`${base64url(20)}:${base64url(22)}`).toString('base64');
        return {
          found: [`Authorization: ApiKey ${key}\n`, `elasticsearch: { apiKey: '${key}' }`, `ELASTIC_API_KEY=${key}\n`],
          ignored: [`Authorization: ApiKey ${alnum(60)}\n`, `ELASTIC_API_KEY=${key.slice(1)}\n`, 'Authorization: ApiKey $KEY\n'],
        };
      },
    },
    {
      id: 'meilisearch-key',
      message: 'Meilisearch master or admin key',
      ...namedKey({ names: ['meilisearch', 'meili_'], value: either(hexOf(64), base64urlOf(43)), words: ['master', 'admin', 'api_?key'] }),
      docs: 'https://www.meilisearch.com/docs/learn/security/basic_security',
    },
    {
      id: 'typesense-key',
      message: 'Typesense admin key',
      ...namedKey({ names: ['typesense'], value: alnumOf(32, 48), words: ['api_?key', 'admin_?key'] }),
      docs: 'https://typesense.org/docs/guide/data-access-control.html',
    },
  ],
);
