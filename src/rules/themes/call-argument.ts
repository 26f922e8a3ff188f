import { characterClasses, harmlessReason, isCommonPassword } from '../../engine/plausibility.ts';
import { surpriseOf } from '../../engine/surprise.ts';
import { isTestPath } from '../../engine/test-path.ts';
import { ruleSet, type Candidate, type Judgement } from '../../engine/rule.ts';
import { alnum } from '../drafting/sample.ts';

/** Functions that take a password, by the number of arguments before it. The first argument is the user. */
const LOGINS: readonly (readonly [before: number, names: readonly string[]])[] = [
  [
    1,
    (
      'BasicAuth(|basic_auth(|basic_auth |HTTPDigestAuth(|HttpBasicAuth(|.auth(|auth=(|auth = (|.login(|.authenticate(|NetworkCredential(|' +
      'PasswordToken(|PasswordAuthentication(|PasswordAuthenticator(|PasswordCredentials(|UserCredentials(|AWSCredentials(|WiFi.begin(|' +
      'WiFi.softAP(|auth_password(|set_password(|ftp_login('
    ).split('|'),
  ],
  [2, 'getConnection(|mysqli_connect(|mysql_connect(|oci_connect(|new mysqli(|new PDO(|create_user(|create_superuser('.split('|')],
];
/** Functions that sign, encrypt or verify with a key as their second argument. */
const CRYPTO =
  'jwt.sign(|jwt.verify(|jwt.encode(|jwt.decode(|JWT.encode(|JWT.decode(|JWT::encode(|JWT::decode(|createHmac(|createCipheriv(|hash_hmac('.split(
    '|',
  );

const STRING = String.raw`[bru@$]?(?:"[^"\r\n]{0,100}"|'[^'\r\n]{0,100}')`;
const ARGUMENT = String.raw`(?:${STRING}|[\w.$>:\[\]-]{1,60}(?:\([^()\r\n]{0,40}\))?|\{[^{}\r\n]{0,200}\})`;
const SECRET = String.raw`(?:[\w.]{0,30}\()?[bru@]?(?<quote>["'${'`'}])(?<secret>(?:(?!\k<quote>)[^\r\n]){4,200})\k<quote>`;

function callPattern(): RegExp {
  const calls = [...LOGINS, [1, CRYPTO] as const].map(
    ([before, names]) => String.raw`(?:${names.map(escape).join('|')})(?:\s{0,20}${ARGUMENT}\s{0,3},){${before}}`,
  );
  return new RegExp(String.raw`(?:${calls.join('|')})\s{0,20}${SECRET}`);
}

function escape(name: string): string {
  return name.replaceAll(/[.()]/g, '\\$&');
}

function judge({ text, path, secret, end, match }: Candidate): Judgement {
  if (harmlessReason(secret) !== null || isCommonPassword(secret)) return false;
  // The string is a part of a longer expression.
  if (/^["'`]\s*[+.%]/.test(text.slice(end, end + 5)) && !/^["'`]\s*\.(?:to|get|as|into|encode)/i.test(text.slice(end, end + 10)))
    return false;
  const { bits, perChar } = surpriseOf(secret);
  const isKey = CRYPTO.some((name) => match[0].startsWith(name));
  if (bits < (isKey ? 40 : 26) || perChar < 3 || !/\d/.test(secret)) return false;
  const isStrong = bits >= 60 && characterClasses(secret) >= 3;
  return {
    severity: isTestPath(path) ? 'low' : 'medium',
    confidence: isStrong ? 'medium' : 'low',
    evidence: `looks random (${Math.round(bits)} bits)`,
  };
}

export const callArguments = ruleSet(
  {
    severity: 'medium',
    confidence: 'medium',
    docs: 'https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html',
  },
  () => [
    {
      id: 'call-credential',
      message: 'Password or key as an argument',
      keywords: [...LOGINS.flatMap(([, names]) => names), ...CRYPTO],
      pattern: callPattern(),
      boundary: 'none',
      isGeneric: true,
      skipsGenerated: true,
      judge,
      samples: () => ({
        found: [
          { path: 'a.py', text: `requests.get(url, auth=('deploy', '${alnum(12)}'))` },
          { path: 'a.py', text: `auth = HTTPBasicAuth("deploy", "${alnum(12)}")` },
          { path: 'a.py', text: `server.login("me@northsea.dev", "${alnum(12)}")` },
          { path: 'a.py', text: `User.objects.create_user('ada', 'ada@northsea.dev', '${alnum(12)}')` },
          { path: 'a.py', text: `jwt.encode({'sub': 1}, '${alnum(32)}', algorithm='HS256')` },
          { path: 'a.js', text: `jwt.sign({ id: user.id }, '${alnum(32)}', { expiresIn: '1h' })` },
          { path: 'a.js', text: `const hmac = crypto.createHmac('sha256', '${alnum(32)}');` },
          { path: 'a.js', text: `request(app).get('/').auth('deploy', '${alnum(12)}')` },
          { path: 'A.java', text: `DriverManager.getConnection(url, "root", "${alnum(12)}")` },
          { path: 'A.java', text: `new PasswordAuthentication("deploy", "${alnum(12)}".toCharArray())` },
          { path: 'A.java', text: `new BasicAWSCredentials(id, "${alnum(40)}")` },
          { path: 'a.go', text: `req.SetBasicAuth("deploy", "${alnum(12)}")` },
          { path: 'a.py', text: `transport.auth_password("deploy", "${alnum(12)}")` },
          { path: 'a.rs', text: `.basic_auth("deploy", Some("${alnum(12)}"))` },
          { path: 'a.rb', text: `basic_auth "deploy", "${alnum(12)}"` },
          { path: 'a.php', text: `mysqli_connect('localhost', 'root', '${alnum(12)}', 'app');` },
          { path: 'a.cs', text: `new NetworkCredential("deploy", "${alnum(12)}", domain)` },
          { path: 'a.ino', text: `WiFi.begin("northsea", "${alnum(12)}");` },
        ],
        ignored: [
          { path: 'a.py', text: `auth=('user', 'password'); auth=(user, password); server.login("me", os.environ["PASSWORD"])` },
          { path: 'a.js', text: `jwt.sign(payload, process.env.JWT_SECRET); jwt.verify(token, 'secret'); createHmac('sha256', key)` },
          { path: 'a.js', text: `app.login('deploy', '${alnum(6)}' + suffix)` },
          { path: 'a.go', text: 'req.SetBasicAuth("deploy", password)' },
          { path: 'a.py', text: `create_user("ada", "${alnum(12)}")` },
        ],
      }),
    },
  ],
);
