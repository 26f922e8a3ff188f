import { decodePercent, harmlessReason, isCommonPassword, isUuid } from '../../engine/plausibility.ts';
import { surpriseOf } from '../../engine/surprise.ts';
import { isTestPath } from '../../engine/test-path.ts';
import { isExamplePlace } from '../reading/example-place.ts';
import { isJoseHeader } from '../reading/jose-header.ts';
import { lineBefore } from '../reading/line.ts';
import { ruleSet, type Candidate, type Judgement, type Severity } from '../../engine/rule.ts';
import { alnum, hex } from '../drafting/sample.ts';

/** Schemes of databases, caches, brokers and directories: `connection-string` reports these, `basic-auth-url` the rest. */
const DATA_SCHEMES = (
  'jdbc odbc postgres pg pgx mysql my maria mongo redis valkey amqp nats mssql sqlserver ms oracle or cassandra ca clickhouse cockroach db2 ' +
  'ldap couch neo4j bolt kafka mqtt stomp vertica snowflake firebird influx presto trino hive redshift memcache sybase hdb sap exasol ' +
  'teradata voltdb ignite avatica ql ramsql spanner vitess tidb h2 derby sqlite'
).split(' ');
const DATA_SCHEME = new RegExp(`^(?:${DATA_SCHEMES.join('|')})`, 'i');
const EXAMPLE_HOST = new RegExp(
  '(?:^|[.@])(?:example\\d*|domain|mysite|yoursite|acme|foo|bar|contoso)\\.' +
    '|^(?:host(?:name)?|server|<|\\{|\\[|\\]|\\$|%(?!s)|your|my-?host|db-?host|x+$)',
  'i',
);
const LOCAL_HOST = /^(?:localhost|127\.|0\.0\.0\.0|\[?::1|host\.docker\.internal|%[sdv])/i;
const PLACEHOLDER_USER =
  /^(?:\[?(?:(?:my|your|some|db|api|test|the)_?)?(?:user|usr|login|name)(?:_?(?:name|id))?\d?(?:@.*|%.{0,2})?|\w*example\w*|your\w*|my[a-z]{0,12}|foo|bar|scott|u|<.*|\{.*)$/i;
/** Words that documents write in place of a password. */
const PLACEHOLDER_PASSWORD =
  /^(?:pass(?:wor[dt])?|passwd|pwd?|p|secret|(?:my|your|some|the|db|api|wrong|bad|old|new|other|fake|uri)[_-]?\w*|\*+|x+|change.?me|(?:(?:my-)?access|auth)?[_-]?token|key|api.?key)\d?$/i;
const HOST_AS_USER = /^(?:[\w-]+\.)+(?:com|org|net|io|dev)$/i;
/** What code hosts expect as the password if the token is the user name. */
const NO_PASSWORD = /^x-(?:oauth-basic|oauth-token|token-auth)$/;
/** Comments of code only: in settings, a commented-out line may hold a password that was in use. */
const COMMENT = /^\s*(?:\/\/|\*)/;
const DOCUMENT = /\.(?:md|mdx|rst|adoc|html?)$|readme/i;

/** `scheme://user:password@host`, from the colon on; the scheme is found by looking back. */
const USER = String.raw`:\/\/(?<user>[^\s"'${'`'}<>/:?#\\,;|()]{0,100})`;
const PASSWORD_AT_HOST = String.raw`[^\s"'${'`'}<>/?#\\]{3,200}(?=@(?<host>[^\s"'${'`'}<>/?#\\,;:|)]{1,200}))`;

function judgeUrl(candidate: Candidate, isData: boolean): Judgement {
  const { text, path, secret, match } = candidate;
  const scheme = /[A-Za-z][\w.+-]{0,30}$/.exec(text.slice(Math.max(0, match.index - 32), match.index))?.[0] ?? '';
  if (scheme === '' || DATA_SCHEME.test(scheme) !== isData) return false;
  const { user = '', host = '' } = match.groups!;
  if (EXAMPLE_HOST.test(host) || secret.length < 4 || NO_PASSWORD.test(secret) || /%2f/i.test(user)) return false;
  // A port after a host, or a value with fewer than two letters or digits.
  if ((user.includes('.') && /^\d{2,5}$/.test(secret)) || !/[^\W\d_][^]*[^\W_]|\d[^]*\d/.test(decodePercent(secret))) return false;
  const isLocal = LOCAL_HOST.test(host);
  const { bits, perChar } = surpriseOf(decodePercent(secret));
  if (!isPlausible(secret) || bits < 22 || perChar < 2.9) {
    return !COMMENT.test(lineBefore(text, match.index)) && judgeWeak(path, { user, secret, host, isLocal, isData });
  }
  if (PLACEHOLDER_USER.test(decodePercent(user)) && bits < 30) return false;
  return { severity: severityOf(candidate, isLocal), evidence: `password for ${isLocal ? 'a local host' : 'a host'}` };
}

/** An easily guessed password is still a password, unless it is part of an explanation. */
function judgeWeak(
  path: string,
  { user, secret, host, isLocal, isData }: Readonly<Record<'user' | 'secret' | 'host', string> & Record<'isLocal' | 'isData', boolean>>,
): Judgement {
  const word = decodePercent(secret);
  const isAnybodys = PLACEHOLDER_USER.test(decodePercent(user)) && !(isData && /\d/.test(word) && !PLACEHOLDER_PASSWORD.test(word));
  const isExplained =
    DOCUMENT.test(path) ||
    (!isData && path.endsWith('.txt')) ||
    isAnybodys ||
    HOST_AS_USER.test(user) ||
    user === '' ||
    host.startsWith('%');
  if (isExplained || !/^\w[\w!@#.*+-]+$/.test(word) || /^[A-Z_]+$/.test(word)) return false;
  // In tests and samples, `user:password` only shows where a password goes.
  if (isTestPath(path) && PLACEHOLDER_PASSWORD.test(word) && !isLocal) return false;
  return { severity: 'low', confidence: 'low', evidence: `common word as the password for ${isLocal ? 'a local host' : 'a host'}` };
}

function isPlausible(password: string): boolean {
  return harmlessReason(password) === null && !isCommonPassword(decodePercent(password));
}

function severityOf(candidate: Candidate, isLocal: boolean): Severity {
  if (isLocal) return 'low';
  return isExamplePlace(candidate) ? 'medium' : 'high';
}

/** Another connection setting on the same line. */
const SETTINGS_BEFORE = new RegExp(
  '(?:server|data source|host|address|addr|dsn|driver|uid|user(?: ?id)?|username|database|initial catalog)\\s{0,3}=' +
    '[^;"\'\\n]{1,150};[^"\'\\n]{0,200}$',
  'i',
);

/** `Server=…;Password=…;` (ADO, ODBC) and `jdbc:…?password=…`. */
function judgeSettings(candidate: Candidate): Judgement {
  const { text, secret, start, end, match } = candidate;
  const before = lineBefore(text, match.index, 300);
  const isSettings = SETTINGS_BEFORE.test(before);
  const isQuery = /(?:jdbc:|:\/\/)[^\s"'<>]{3,250}[?&;]$/i.test(before);
  if (!isSettings && !isQuery) return false;
  if (/[({[$]/.test(text[end] ?? '') || !isPlausible(secret)) return false;
  const { bits, perChar } = surpriseOf(secret);
  if (bits < 22 || perChar < 2.9) return false;
  const whole = before + text.slice(start, end + 100);
  return { severity: severityOf(candidate, /localhost|127\.0\.0\.1|\(local|localdb|\.\\sqlexpress|=\.;/i.test(whole)) };
}

/** `Authorization: Basic …` decodes to `user:password`; any other value is judged by how random it is. */
function judgeHeader(candidate: Candidate): Judgement {
  const { secret, match } = candidate;
  const isBasic = /basic["'`]?[ ,]\s?["'`]?$/i.test(match[0].slice(0, match[0].length - secret.length));
  const password = isBasic ? passwordOf(secret) : null;
  const value = password ?? secret;
  // Some tokens contain these separators, but so does much else.
  if (/[:|]/.test(secret) && !/(?:bearer|token|key) $/i.test(match[0].slice(0, -secret.length))) return false;
  // The rule `jwt` reports these.
  if (isJoseHeader(value)) return false;
  if (harmlessReason(value) !== null || isCommonPassword(value)) return false;
  const { bits, perChar } = surpriseOf(value);
  const isReal =
    password === null
      ? bits >= 60 && (perChar >= 3.3 || (isUuid(value) && perChar >= 3)) && (!isBasic || secret.length >= 16) && /[\d=+/]/.test(value)
      : bits >= 22 && perChar >= 2.9;
  return (
    isReal && {
      severity: isExamplePlace(candidate) ? 'medium' : 'high',
      ...(isBasic && password === null ? { severity: 'medium', confidence: 'low' } : {}),
    }
  );
}

/** The password in the base64 form of `user:password`; '' if the text has another form, null if it is not text. */
function passwordOf(base64: string): string | null {
  const text = Buffer.from(base64, 'base64').toString('utf8').trimEnd();
  if (/[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ufffd]/.test(text)) return null;
  return /^[^:]{0,100}:(.{3,200})$/s.exec(text)?.[1] ?? '';
}

export const urls = ruleSet(
  {
    severity: 'high',
    confidence: 'medium',
    why: 'Anyone who has it can log in to the account.',
    advice: 'Change the password, and read it from an environment variable or a secret store.',
    docs: 'https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html',
  },
  () => [
    {
      id: 'basic-auth-url',
      message: 'Password in a URL',
      keywords: ['://'],
      pattern: new RegExp(`${USER}:(?<secret>${PASSWORD_AT_HOST})`),
      boundary: 'none',
      isGeneric: true,
      judge: (candidate) => judgeUrl(candidate, false),
      samples: () => ({
        found: [
          { path: 'a.ts', text: `fetch('https://deploy:${alnum(16)}@git.northsea.dev/a.git')` },
          { path: '.gitmodules', text: `url = https://me:${alnum(20)}@git.northsea.dev/a.git\n` },
        ],
        ignored: [
          'https://user:password@example.com/x https://user:pass@host/x http://me@northsea.dev:80/a@b',
          'https://${USER}:${TOKEN}@northsea.dev https://me:$TOKEN@northsea.dev',
          'https://x:{{token}}@northsea.dev https://<user>:<password>@northsea.dev',
          'https://user:pass%20pass@northsea.dev/path',
          'https://northsea.dev:8443/@scope/name http://localhost:3000/a:b@c',
          `postgres://app:${alnum(16)}@db.northsea.dev/app`,
        ],
      }),
    },
    {
      id: 'connection-string',
      message: 'Password in a connection string',
      keywords: ['://', 'password', 'pwd'],
      pattern: new RegExp(
        `(?:${USER}:|(?:password|pwd)\\s{0,3}=\\s{0,3})(?<secret>(?<=:)${PASSWORD_AT_HOST}|(?<=[=\\s])[^\\s;"'\`<>&\\\\]{4,128})`,
        'i',
      ),
      boundary: 'none',
      judge: (candidate) => (candidate.match[0].startsWith(':') ? judgeUrl(candidate, true) : judgeSettings(candidate)),
      samples: () => ({
        found: [
          { path: 'a.env', text: `DATABASE_URL=postgres://app:${alnum(16)}@db.northsea.dev:5432/app\n` },
          { path: 'a.js', text: `connect('mongodb+srv://app:${alnum(12)}@c0.northsea.mongodb.net/app?retryWrites=true')` },
          { path: 'a.yml', text: `redis: redis://:${alnum(20)}@cache.northsea.dev:6379/0` },
          { path: 'a.py', text: `amqp = "amqps://svc:${alnum(14)}@mq.northsea.dev/vhost"` },
          { path: 'a.cs', text: `"Server=db.northsea.dev;Database=app;User Id=sa;Password=${alnum(14)};Encrypt=true"` },
          { path: 'a.xml', text: `<url>jdbc:mysql://db.northsea.dev/app?user=app&password=${alnum(14)}</url>` },
        ],
        ignored: [
          { path: 'a.md', text: 'postgres://user:password@localhost:5432/db mysql://root:root@localhost/app redis://localhost:6379' },
          'postgres://${DB_USER}:${DB_PASSWORD}@db/app mongodb://<user>:<password>@host/db',
          'Server=.;Database=app;User Id=sa;Password={0};',
          'Server=x;Uid=sa;Pwd=yourStrong(!)Password;',
          `jdbc:postgresql://db.northsea.dev/app?ssl=true&password=$\{password}`,
        ],
      }),
    },
    {
      id: 'mysql-connection-string',
      message: 'Password in a data source name',
      keywords: ['@tcp(', '@unix('],
      pattern: /(?<=[\w.-]{1,40}:(?<secret>[^\s"'`@:/{}$%<>]{4,64}))@(?:tcp|unix)\((?<host>[^\s()"'`]{0,100})\)\//,
      boundary: 'none',
      judge: (candidate) => {
        const { secret, match } = candidate;
        const { bits, perChar } = surpriseOf(secret);
        return (
          isPlausible(secret) &&
          bits >= 22 &&
          perChar >= 2.9 && { severity: severityOf(candidate, LOCAL_HOST.test(match.groups!['host']!)) }
        );
      },
      samples: () => ({
        found: [
          { path: 'a.go', text: `sql.Open("mysql", "root:${alnum(12)}@tcp(db.northsea.dev:3306)/app")` },
          { path: '.env', text: `DSN=app:${alnum(12)}@unix(/run/mysqld.sock)/app\n` },
        ],
        ignored: [
          { path: 'a.go', text: 'sql.Open("mysql", "root:password@tcp(localhost)/app"); fmt.Sprintf("%s:%s@tcp(%s)/%s", user)' },
          { path: 'a.go', text: '"root@tcp(localhost)/app"; "${USER}:${PASSWORD}@tcp(db)/app"' },
        ],
      }),
    },
    {
      id: 'authorization-header',
      message: 'Credentials in an authorization header',
      keywords: ['authorization', 'basic ', 'bearer ', 'basic"', "basic'", 'bearer"', "bearer'"],
      pattern:
        /(?:authorization["'`\]\\]{0,4}\s{0,3}[:=,]\s{0,3}["'`]?(?:[A-Za-z][\w-]{0,20} )?|(?:basic|bearer)(?: |["']\s{0,2},\s{0,3}["']))(?<secret>[A-Za-z0-9+/._~-][A-Za-z0-9+/._~:|-]{7,999}={0,2})/i,
      isGeneric: true,
      decodes: true,
      judge: judgeHeader,
      samples: () => ({
        found: [
          { path: 'a.http', text: `Authorization: Bearer ${alnum(40)}\n` },
          { path: 'a.js', text: `headers: { authorization: 'Basic ${Buffer.from(`api:${alnum(20)}`).toString('base64')}' }` },
          { path: 'a.sh', text: `curl -H "Authorization: Token ${hex(40)}" https://northsea.dev` },
        ],
        ignored: [
          'Authorization: Bearer $TOKEN\nAuthorization: Bearer ${token}\nAuthorization: Bearer <token>\n',
          "headers.set('Authorization', 'Bearer ' + token); const scheme = 'Basic realm';",
          `Authorization: Basic ${Buffer.from('user:password').toString('base64')}`,
          'basic authentication, bearer authentication-required-for-everybody',
        ],
      }),
    },
  ],
);
