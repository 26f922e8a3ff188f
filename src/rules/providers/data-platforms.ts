import { markedToken } from '../drafting/marked-token.ts';
import { namedKey } from '../drafting/named-secret.ts';
import { isPlausiblePassword } from '../drafting/plausible-password.ts';
import { ruleSet } from '../../engine/rule.ts';
import { alnum } from '../drafting/sample.ts';
import { alnumOf, base64urlOf, base64Of, JWT, shape } from '../drafting/shapes.ts';

export const dataPlatforms = ruleSet(
  {
    severity: 'high',
    why: 'Anyone who has it can read the data; most such credentials can also change it.',
    advice: "Rotate it in the provider's console, and read the new one from a secret store.",
  },
  () => [
    {
      id: 'snowflake-token',
      message: 'Snowflake programmatic access token',
      ...namedKey({ names: ['snowflake'], value: JWT, words: ['token', 'pat\\b', 'password'] }),
      severity: 'critical',
      docs: 'https://docs.snowflake.com/en/user-guide/programmatic-access-tokens',
    },
    {
      id: 'turso-token',
      message: 'Turso token',
      ...namedKey({ names: ['turso', 'libsql'], value: JWT, words: ['token', 'auth'] }),
      docs: 'https://docs.turso.tech/api-reference/authentication',
    },
    {
      id: 'temporal-key',
      message: 'Temporal Cloud API key',
      ...namedKey({ names: ['temporal'], value: JWT, words: ['api_?key', 'token'] }),
      docs: 'https://docs.temporal.io/cloud/api-keys',
    },
    {
      id: 'aiven-token',
      message: 'Aiven API token',
      ...namedKey({ names: ['aiven'], value: base64Of(200, 400), words: ['token', 'key', 'secret'] }),
      severity: 'critical',
      docs: 'https://aiven.io/docs/platform/howto/create_authentication_token',
    },
    {
      id: 'couchbase-key',
      message: 'Couchbase Capella key',
      ...namedKey({ names: ['couchbase', 'capella'], value: base64Of(60, 120), words: ['api_?key', 'token', 'secret'] }),
      docs: 'https://docs.couchbase.com/cloud/management-api-guide/management-api-start.html',
    },
    {
      id: 'fauna-key',
      message: 'Fauna secret',
      ...namedKey({ names: ['fauna'], value: shape`fn${base64urlOf(38)}` }),
      docs: 'https://docs.faunadb.org/fauna/current/build/cli/',
    },
    {
      id: 'confluent-legacy-secret',
      message: 'Confluent Cloud secret (legacy format)',
      ...namedKey({
        names: ['confluent_', 'confluent-', 'confluent.', 'schema_registry', 'kafka_api'],
        value: base64Of(64),
        words: ['secret', 'token', 'password'],
      }),
      docs: 'https://docs.confluent.io/cloud/current/security/authenticate/workload-identities/service-accounts/api-keys/overview.html',
    },
    {
      id: 'kafka-password',
      message: 'Password in a Kafka JAAS config',
      keywords: ['PlainLoginModule', 'ScramLoginModule'],
      pattern: /(?:Plain|Scram)LoginModule\s{1,5}required\b[^;]{0,200}?password\s{0,3}=\s{0,3}\\?["'](?<secret>[^"'\\\s;]{6,200})\\?["']/,
      boundary: 'none',
      judge: ({ secret }) => isPlausiblePassword(secret),
      docs: 'https://kafka.apache.org/documentation/#security_sasl_plain_clientconfig',
      samples: () => ({
        found: ['plain.PlainLoginModule', 'scram.ScramLoginModule'].map(
          (name) => `sasl.jaas.config=org.apache.kafka.common.security.${name} required username="me" password="${alnum(20)}";\n`,
        ),
        ignored: [
          'org.apache.kafka.common.security.plain.PlainLoginModule required username="me" password="${PASSWORD}";',
          'org.apache.kafka.common.security.plain.PlainLoginModule required username="admin" password="admin-secret";',
        ],
      }),
    },
    {
      id: 'oracle-login',
      message: 'Password in an Oracle login',
      keywords: ['sqlplus ', 'jdbc:oracle:'],
      pattern: /(?:sqlplus (?:-\w{1,10} ){0,3}|jdbc:oracle:(?:thin|oci8?):)["']?\w{1,60}\/(?<secret>[^\s"'@/${}<>&]{6,100})@/,
      boundary: 'none',
      judge: ({ secret }) => isPlausiblePassword(secret),
      docs: 'https://docs.oracle.com/en/database/oracle/oracle-database/23/sqpug/starting-SQL-Plus.html',
      samples: () => ({
        found: [
          `sqlplus -s app/${alnum(14)}@//db.northsea.dev:1521/app`,
          `sqlplus "app/${alnum(14)}@prod"`,
          `jdbc:oracle:thin:app/${alnum(14)}@db.northsea.dev:1521:xe`,
        ],
        ignored: ['sqlplus scott/tiger@//localhost:1521/orcl', 'sqlplus app/$PASSWORD@prod', 'sqlplus user/password@prod'],
      }),
    },
    {
      id: 'fivetran-secret',
      message: 'Fivetran API secret',
      ...namedKey({ names: ['fivetran'], value: alnumOf(32), words: ['secret', 'key'] }),
      docs: 'https://fivetran.com/docs/rest-api/getting-started',
    },
    {
      id: 'airbyte-secret',
      message: 'Airbyte client secret',
      ...namedKey({ names: ['airbyte'], value: alnumOf(32), words: ['secret', 'api_?key', 'token'] }),
      docs: 'https://docs.airbyte.com/platform/using-airbyte/configuring-api-access',
    },
    {
      id: 'looker-secret',
      message: 'Looker client secret',
      ...namedKey({ names: ['looker'], value: alnumOf(24), words: ['secret'] }),
      docs: 'https://cloud.google.com/looker/docs/api-auth',
    },
    {
      id: 'tableau-token',
      message: 'Tableau personal access token',
      ...namedKey({ names: ['tableau'], value: shape`${base64Of(22)}==:${alnumOf(32)}` }),
      docs: 'https://help.tableau.com/current/server/en-us/security_personal_access_tokens.htm',
    },
    {
      id: 'metabase-key',
      message: 'Metabase API key',
      ...markedToken({ markers: ['mb_'], body: shape`${base64Of(43)}=` }),
      docs: 'https://www.metabase.com/docs/latest/people-and-groups/api-keys',
    },
  ],
);
