import { confluentTail, proveConfluentSecret } from '../../engine/proofs/crc32-tails.ts';
import { looksRandom, namedSecret } from '../drafting/named-secret.ts';
import { ruleSet } from '../../engine/rule.ts';
import { alnum, allSamples, base64url, hex, tokenSamples, uuid } from '../drafting/sample.ts';
import { UUID } from '../drafting/shapes.ts';

export const databases = ruleSet(
  {
    why: 'Anyone who has it can read, change and delete the data.',
    advice: "Rotate it in the provider's console, and read the new one from a secret store.",
  },
  () => [
    {
      id: 'supabase-token',
      message: 'Supabase access token',
      keywords: ['sbp_'],
      pattern: /sbp_(?:oauth_|v\d_)?[\da-f]{40}/,
      docs: 'https://supabase.com/docs/reference/api/introduction',
      samples: () => allSamples(tokenSamples('sbp_', hex(40)), tokenSamples('sbp_oauth_', hex(40))),
    },
    {
      id: 'supabase-secret-key',
      message: 'Supabase secret key',
      keywords: ['sb_secret_'],
      pattern: /sb_secret_[\w-]{22}_[\w-]{8}(?![\w-])/,
      docs: 'https://supabase.com/docs/guides/api/api-keys',
      samples: () =>
        allSamples(tokenSamples(`sb_secret_${base64url(22)}_`, base64url(8)), {
          found: [],
          ignored: [`KEY=sb_publishable_${base64url(22)}_${base64url(8)}\n`],
        }),
    },
    {
      id: 'planetscale-token',
      message: 'PlanetScale password or token',
      keywords: ['pscale_pw_', 'pscale_tkn_', 'pscale_oauth_'],
      pattern: /pscale_(?:pw|tkn|oauth)_[\w=.-]{32,64}/,
      docs: 'https://planetscale.com/docs/concepts/service-tokens',
      samples: () => allSamples(...['pscale_pw_', 'pscale_tkn_', 'pscale_oauth_'].map((marker) => tokenSamples(marker, base64url(43), 32))),
    },
    {
      id: 'mongodb-atlas-secret',
      message: 'MongoDB Atlas service account secret',
      keywords: ['mdb_sa_sk_'],
      pattern: /mdb_sa_sk_[\w-]{40}(?![\w-])/,
      docs: 'https://www.mongodb.com/docs/atlas/api/service-accounts-overview/',
      samples: () => tokenSamples('mdb_sa_sk_', base64url(40)),
    },
    {
      id: 'mongodb-atlas-key',
      message: 'MongoDB Atlas private key',
      ...namedSecret({
        names: ['mongodb_atlas', 'mongodbatlas', 'mongodb-atlas', 'atlas'],
        value: UUID.source,
        credential: 'private|key|token|secret',
        isWordStart: true,
      }),
      docs: 'https://www.mongodb.com/docs/atlas/configure-api-access-org/',
      samples: () => ({
        found: ['MONGODB_ATLAS_PRIVATE_KEY', 'mongodbatlas_private_key', 'mongodb-atlas-private-key', 'ATLAS_PRIVATE_KEY'].map(
          (name) => `${name}=${uuid()}\n`,
        ),
        ignored: [`MONGODB_ATLAS_PROJECT_ID=${hex(24)}\n`, `MONGODB_ATLAS_GROUP=${uuid()}\n`],
      }),
    },
    {
      id: 'neon-key',
      message: 'Neon API key',
      keywords: ['napi_'],
      pattern: /napi_[A-Za-z\d]{59,64}/,
      docs: 'https://neon.com/docs/manage/api-keys',
      samples: () => tokenSamples('napi_', alnum(64), 59),
    },
    {
      id: 'neon-password',
      message: 'Neon database password',
      keywords: ['npg_'],
      pattern: /npg_[A-Za-z\d]{12}/,
      judge: ({ secret }) => looksRandom(secret.slice(4)),
      docs: 'https://neon.com/docs/manage/roles',
      samples: () => tokenSamples('npg_', alnum(12)),
    },
    {
      id: 'aiven-password',
      message: 'Aiven service password',
      keywords: ['AVNS_'],
      pattern: /AVNS_[\w-]{19}(?![\w-])/,
      docs: 'https://aiven.io/docs/platform/howto/reset-service-password',
      samples: () => tokenSamples('AVNS_', base64url(19)),
    },
    {
      id: 'cockroach-key',
      message: 'CockroachDB Cloud key',
      keywords: ['CCDB1_'],
      pattern: /CCDB1_[A-Za-z\d]{22}_[A-Za-z\d]{40}/,
      docs: 'https://www.cockroachlabs.com/docs/cockroachcloud/managing-access#manage-service-accounts',
      samples: () => tokenSamples(`CCDB1_${alnum(22)}_`, alnum(40)),
    },
    {
      id: 'astra-token',
      message: 'DataStax Astra token',
      keywords: ['AstraCS:'],
      pattern: /AstraCS:[A-Za-z]{24}:[\da-f]{64}/,
      docs: 'https://docs.datastax.com/en/astra-db-serverless/administration/manage-application-tokens.html',
      samples: () => tokenSamples(`AstraCS:${alnum(200).replaceAll(/\d/g, '').slice(0, 24)}:`, hex(64)),
    },
    {
      id: 'confluent-secret',
      message: 'Confluent Cloud secret',
      keywords: ['cflt'],
      pattern: /cflt[A-Za-z\d+/]{60}(?![A-Za-z\d+/=])/,
      prove: proveConfluentSecret,
      docs: 'https://docs.confluent.io/cloud/current/security/authenticate/workload-identities/service-accounts/api-keys/overview.html',
      samples: () => {
        const body = alnum(54);
        return allSamples(tokenSamples('cflt', body + confluentTail(body)), {
          found: [],
          ignored: [],
          doubtful: [`SECRET=cflt${alnum(60)}\n`],
        });
      },
    },
    {
      id: 'upstash-token',
      message: 'Upstash token',
      ...namedSecret({ names: ['upstash', 'kv_rest_api'], value: 'A[A-Za-z\\d_-]{40,100}={0,2}', credential: 'token' }),
      docs: 'https://upstash.com/docs/redis/features/restapi',
      samples: () => ({
        found: [`UPSTASH_REDIS_REST_TOKEN=A${alnum(55)}\n`, `KV_REST_API_TOKEN="A${alnum(55)}"\n`, `upstash: { token: 'A${alnum(55)}' }`],
        ignored: [
          `UPSTASH_REDIS_REST_TOKEN=A${alnum(20)}\n`,
          'UPSTASH_REDIS_REST_URL=https://north.upstash.io\n',
          `OTHER_TOKEN=A${alnum(55)}\n`,
        ],
      }),
    },
    {
      id: 'dbt-token',
      message: 'dbt Cloud token',
      severity: 'high',
      keywords: ['dbtc_', 'dbtu_'],
      pattern: /dbt[cu]_[\w-]{38,50}/,
      docs: 'https://docs.getdbt.com/docs/dbt-cloud-apis/service-tokens',
      samples: () => allSamples(...['dbtc_', 'dbtu_'].map((marker) => tokenSamples(marker, base64url(40), 38))),
    },
    {
      id: 'prefect-key',
      message: 'Prefect API key',
      severity: 'high',
      keywords: ['pnu_', 'pnb_'],
      pattern: /pn[ub]_[A-Za-z\d]{36}/,
      docs: 'https://docs.prefect.io/v3/how-to-guides/cloud/manage-users/api-keys',
      samples: () => allSamples(...['pnu_', 'pnb_'].map((marker) => tokenSamples(marker, alnum(36)))),
    },
    {
      id: 'databricks-token',
      message: 'Databricks token',
      keywords: ['dapi'],
      pattern: /dapi[\da-f]{32}(?:-\d)?(?![\w-])/,
      docs: 'https://docs.databricks.com/aws/en/dev-tools/auth/pat',
      samples: () => allSamples(tokenSamples('dapi', hex(32)), { found: [`TOKEN=dapi${hex(32)}-2\n`], ignored: [] }),
    },
    {
      id: 'clickhouse-secret',
      message: 'ClickHouse Cloud key secret',
      severity: 'high',
      keywords: ['4b1d'],
      pattern: /4b1d[A-Za-z\d]{38}/,
      minEntropy: 4,
      judge: ({ secret }) => /[g-z]/.test(secret) && /[A-Z]/.test(secret) && looksRandom(secret),
      docs: 'https://clickhouse.com/docs/cloud/manage/openapi',
      samples: () => allSamples(tokenSamples('4b1d', alnum(38)), { found: [], ignored: [`sum: 4b1d${hex(38)}\n`] }),
    },
  ],
);
