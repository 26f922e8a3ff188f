import { characterClasses, decodePercent, harmlessReason, isCommonPassword, isTranslation, isUuid } from '../../engine/plausibility.ts';
import { isWord, surpriseOf } from '../../engine/surprise.ts';
import { assignmentPattern, separatorOf } from '../reading/assignment-pattern.ts';
import { type Assignment, isOwnLiteral, readAssignment } from '../reading/assignment.ts';
import { admitsUuid } from '../reading/credential-name.ts';
import { isExamplePlace } from '../reading/example-place.ts';
import { isJoseHeader } from '../reading/jose-header.ts';
import { type Candidate, type Judgement, ruleSet } from '../../engine/rule.ts';
import { alnum, base64, hex, jwt } from '../drafting/sample.ts';

// The thresholds, in bits of `surpriseOf`, were tuned on labelled files and on the source of published packages.

/** A password as `crypt`, Django and the like store it. */
const PASSWORD_HASH =
  /^(?:\$(?:2[abxy]|argon2(?:i|d|id)|[156y]|7|apr1|pbkdf2[\w-]*|scrypt)\$|(?:pbkdf2|bcrypt|argon2|scrypt)_?\w*\$)[^\s$]+\$[^\s]{8,}$/;

function judgePassword(candidate: Candidate): Judgement {
  const found = readAssignment(candidate);
  if (found === null || found.kind !== 'password') return false;
  const { value, mayBeExpression } = found;
  if (PASSWORD_HASH.test(value) || isHashed(candidate))
    return { severity: 'info', message: 'Password hash', evidence: 'a hash can be guessed, not decrypted' };
  if (value.length < 5 || value.length > 100 || !/[A-Za-z\d]/.test(decodePercent(value)) || !isPlausible(value, candidate.path))
    return false;
  const { bits, perChar } = surpriseOf(value);
  if (bits < 20 ? bits < 17 || perChar < 3.7 : perChar < 3) return false;
  // The name of a variable is rarely random.
  if (mayBeExpression && (bits < 30 || perChar < 4.5 || isCamelCase(value))) return false;
  return isOwnLiteral(candidate, found.name) && report(candidate, bits >= 45 && characterClasses(value) >= 3, bits);
}

/** A value next to a salt is a hash. */
function isHashed({ text, secret, start, end }: Candidate): boolean {
  if (!/^(?:[A-Za-z\d+/]{27,}={0,2}|[\da-fA-F]{32,})$/.test(secret)) return false;
  return /\bsalt["']?\s{0,3}[:=]/i.test(text.slice(Math.max(0, start - 200), start) + text.slice(end, end + 200));
}

function judgeSecret(candidate: Candidate): Judgement {
  const found = readAssignment(candidate);
  if (found === null || found.kind === 'password' || isNoSecret(found, candidate) || !isPlausible(found.value, candidate.path))
    return false;
  const { bits, perChar } = surpriseOf(found.value);
  const isReal = found.kind === 'key' ? isKeyMaterial(found, bits, perChar) : isSecret(found, bits, perChar, candidate);
  return (
    isReal && isOwnLiteral(candidate, found.name) && report(candidate, found.kind === 'secret' && bits >= 70 && !isUuid(found.value), bits)
  );
}

/** Values that have their own rule, and words of a grammar. */
function isNoSecret({ value }: Assignment, { match }: Candidate): boolean {
  if (decodePercent(value).length < 6 || isJoseHeader(value) || /^(?:Basic|Bearer|Digest|Negotiate) /i.test(value)) return true;
  if (/^[A-Z]{3,10}\d?$/.test(value)) return true;
  const separator = separatorOf(match);
  // A phone number after the word `token`.
  if (separator === 'argument' && /^\+?\d{8,13}$/.test(value)) return true;
  return separator === 'call' ? /^[A-Za-z]{1,20}$/.test(value) : separator === 'argument' && /^[a-z]{1,11}\d{0,3}$/.test(value);
}

function isSecret({ name, value, mayBeExpression }: Assignment, bits: number, perChar: number, candidate: Candidate): boolean {
  if ((bits < 28 ? bits < 22 || perChar < 3.8 : perChar < 3) || (isUuid(value) && !admitsUuid(name, isExamplePlace(candidate))))
    return false;
  // An OpenPGP key ID or fingerprint.
  if (/private_?key$/i.test(name) && /^(?:[\dA-F]{16}|[\dA-F]{40})$/.test(value)) return false;
  const digits = value.replace(/\D/g, '').length;
  if (digits < 2 && (bits < 40 || perChar < 4.5)) return false;
  // A variable name of several words, one of which is known.
  const isVariable = /^[A-Za-z_]\w*_\w+$/.test(value) && value.split('_').some((part) => part.length >= 4 && isWord(part.toLowerCase()));
  return !mayBeExpression || (digits > 0 && bits >= 60 && !isVariable);
}

/** A `key` may be the key of a map, so its value has to look like key material. */
function isKeyMaterial({ value, mayBeExpression }: Assignment, bits: number, perChar: number): boolean {
  if (mayBeExpression || value.length < 16 || bits < 75 || perChar < 3.6 || isUuid(value)) return false;
  // A dotted configuration key: `net.if.in[eth0]`.
  if (/^[a-z][\w-]*(?:\.[\w-]+){2,}/.test(value)) return false;
  // A cache key; RSA ciphertext.
  if (/^(?:[A-Za-z_-]{2,}:){2}/.test(value) || /^[A-Za-z\d+/]{342}==$/.test(value)) return false;
  // Identifiers with a prefix for their kind.
  if (/\W_[\dA-F]{32}$/.test(value)) return false;
  if (/^[\da-f]+$/i.test(value)) return /^(?:.{32}|.{48}|.{64}|.{96,})$/.test(value);
  return /\d\D*\d/.test(value) && (characterClasses(value) >= 3 || perChar >= 4);
}

function isPlausible(value: string, path: string): boolean {
  if (isTranslation(path) && !/^\S*\d\S*\d\S*$/.test(value)) return false;
  return harmlessReason(value) === null && !isCommonPassword(value) && !(value.length < 8 && /(.)\1\1/.test(value));
}

function isCamelCase(value: string): boolean {
  return /^[A-Z][a-z]|^[A-Za-z]*[a-z][A-Z]/.test(value);
}

function report(candidate: Candidate, isStrong: boolean, bits: number): Judgement {
  const isTest = isExamplePlace(candidate);
  return {
    severity: isStrong && !isTest ? 'high' : isStrong || (!isTest && bits >= 28) ? 'medium' : 'low',
    confidence: isStrong ? 'medium' : 'low',
    evidence: `looks random (${Math.round(bits)} bits)`,
  };
}

/** A password as a program generates it. */
function password(): string {
  return `${alnum(10)}-4f`;
}

function bytesInARow(): string {
  return Buffer.from(Array.from({ length: 32 }, (_, i) => 200 + i)).toString('hex');
}

function uuid(): string {
  return [8, 4, 4, 4, 12].map((length) => hex(length)).join('-');
}

/** Portuguese, Spanish, Dutch, French; words of other languages contain `pass`. */
const FOREIGN = ['senha', 'contrasena', 'wachtwoord', 'mot_de_passe', 'motdepasse'];
const PASSWORD_WORDS = ['securestring', 'identified', 'password', 'passwd', 'passphrase', 'passcode', 'pwd', 'pass', 'psk', ...FOREIGN];
/** SQL, optionally with the authentication plugin of MySQL. */
const IDENTIFIED_BY = String.raw`identified(?: with \w{1,40})? by`;
/** `pw` alone is too short for the gate, so the next character is a part of the keyword. */
const PW_WORDS = ['pw ', 'pw=', 'pw:', 'pw"', "pw'"];
const SECRET_WORDS = ['secret', 'token', 'credential', 'creds', 'auth', 'key', 'jwt', 'totp', 'hotp'];

export const genericSecrets = ruleSet(
  {
    severity: 'high',
    confidence: 'medium',
    docs: 'https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html',
  },
  () => [
    {
      id: 'generic-secret',
      message: 'Secret in an assignment',
      keywords: SECRET_WORDS,
      pattern: assignmentPattern(SECRET_WORDS),
      boundary: 'none',
      isGeneric: true,
      skipsGenerated: true,
      decodes: true,
      judge: judgeSecret,
      samples: () => ({
        found: [
          { path: 'src/app.ts', text: `const apiKey = '${alnum(32)}';` },
          { path: 'app/settings.py', text: `SECRET_KEY = "${alnum(40)}"` },
          { path: 'config.yml', text: `auth:\n  client_secret: ${alnum(28)}\n` },
          { path: 'config.json', text: `{ "accessToken": "${hex(40)}" }` },
          { path: '.env.production', text: `STRIPE_TOKEN=${alnum(24)}\nPORT=1\n` },
          { path: 'Main.java', text: `properties.setProperty("service.api.key", "${alnum(32)}");` },
          { path: 'main.go', text: `var token string = "${hex(32)}"` },
          { path: 'a.cs', text: `options.ClientSecret = @"${alnum(30)}";` },
          { path: 'web.xml', text: `<signingKey>${alnum(32)}</signingKey>` },
          { path: 'a.rb', text: `config.secret_key_base = ENV['SECRET_KEY_BASE'] || '${hex(64)}'` },
          { path: 'notes.md', text: `https://api.acme.dev/v1/items?access_token=${alnum(30)}&page=2` },
          { path: 'a.ts', text: `if (token === '${alnum(32)}') {` },
          { path: 'a.rs', text: `let secret = Some("${alnum(32)}".to_string());` },
          { path: 'deploy.sh', text: `acme login --token ${alnum(32)} --quiet` },
          { path: 'a.php', text: `'auth_key' => '${alnum(32)}',` },
          { path: '.npmrc', text: `//registry.acme.dev/:_authToken=${alnum(36)}\n` },
          { path: 'k8s.yml', text: `- name: API_KEY\n  value: "${alnum(32)}"\n` },
        ],
        ignored: [
          {
            path: 'a.ts',
            text: 'const apiKey = process.env.API_KEY;\nconst token = await getToken(id);\ninterface A { secret: string; token?: Token }',
          },
          {
            path: 'a.yml',
            text: 'api_key: ${{ secrets.API_KEY }}\ntoken: $CI_JOB_TOKEN\nsecret: {{ vault_secret }}\nkey: build-cache-v2\n',
          },
          { path: 'a.py', text: 'token = os.environ["TOKEN"]\nsecret_key = config.get("secret_key")\nAPI_KEY_HEADER = "X-Acme-Api-Key"\n' },
          { path: 'a.ts', text: `const apiKey = 'your-api-key-here'; const secret = '<secret>'; const token = 'xxxxxxxxxxxxxxxx';` },
          { path: 'a.ts', text: `const cacheKey = '${hex(40)}'; const publicKey = '${alnum(44)}'; const csrfToken = '${alnum(32)}';` },
          { path: 'a.json', text: '{ "nextToken": "TokenForTheNextPage", "tokenType": "bearer", "keyVaultName": "kv-weu-prod-01" }' },
          { path: 'en.json', text: '{ "secret": "Enter the secret of your account", "invalidToken": "This link has expired" }' },
          { path: 'a.go', text: `const opPutSecretKey = "PutKMSSecretKey"; token := parser.next(); key := "request-id"` },
          { path: 'a.ts', text: `const clientToken = '${uuid()}';` },
          { path: 'package-lock.json', text: `"token": "${alnum(32)}"` },
          { path: 'a.c', text: `token = "${jwt({ sub: 'north|42' }).split('.')[0]}."; credentials = "Basic ${base64(24)}";` },
          { path: 'a.yml', text: `KMS_MASTER_KEY: key-1:${Buffer.from('change this password to a secret').toString('hex')}\n` },
          { path: 'a.ts', text: `setAuthToken('${hex(16) + hex(16)}'); const key = '${bytesInARow()}';` },
          { path: 'a.vdproj', text: `"MsmKey" = "8:_${hex(32).toUpperCase()}"` },
          { path: 'README.md', text: `[![cov](https://cov.acme.dev/gh/a/b/badge.svg?token=${alnum(10)})](https://x)` },
        ],
      }),
    },
    {
      id: 'generic-password',
      message: 'Password in an assignment',
      keywords: [...PASSWORD_WORDS, ...PW_WORDS],
      pattern: assignmentPattern([...PASSWORD_WORDS.map((word) => (word === 'identified' ? IDENTIFIED_BY : word)), 'pw']),
      boundary: 'none',
      isGeneric: true,
      skipsGenerated: true,
      decodes: true,
      judge: judgePassword,
      samples: () => ({
        found: [
          { path: 'src/app.ts', text: `const password = '${password()}';` },
          { path: 'application.properties', text: `spring.datasource.password=${password()}\n` },
          { path: 'docker-compose.yml', text: `    POSTGRES_PASSWORD: ${password()}\n` },
          { path: 'docker-compose.yml', text: `    - MYSQL_ROOT_PASSWORD=${password()}\n` },
          { path: 'setup.sql', text: `CREATE USER app WITH PASSWORD '${password()}';` },
          { path: 'setup.sql', text: `CREATE USER app IDENTIFIED BY '${password()}';` },
          { path: 'Main.java', text: `dataSource.setPassword("${password()}");` },
          { path: 'a.ps1', text: `$p = ConvertTo-SecureString '${password()}' -AsPlainText -Force` },
          { path: 'a.sh', text: `mysqldump --user=root --password=${password()} app` },
          { path: 'a.xml', text: `<password>${password()}</password>` },
          { path: 'a.json', text: `{ "smtp": { "user": "me", "pass": "${password()}" } }` },
          { path: '.netrc', text: `machine acme.dev login me password ${password()}\n` },
          { path: 'Dockerfile', text: `ENV DB_PASSWORD ${password()}\n` },
          { path: 'a.py', text: `pw = "${password()}"` },
          { path: 'fixtures.json', text: `{ "password": "pbkdf2_sha256$260000$${alnum(12)}$${base64(32)}" }` },
        ],
        ignored: [
          { path: 'a.ts', text: `const password = 'password'; login({ password: 'correct horse' }); input.type = 'password';` },
          { path: 'a.ts', text: 'const { password } = req.body; user.password = hash(password); interface U { password: string }' },
          { path: 'a.yml', text: 'password: ${DB_PASSWORD}\npassword: "{{ db_password }}"\npassword: changeme\npassword: null\n' },
          {
            path: 'en.json',
            text: '{ "password": "Passwort", "passwordHint": "At least eight characters", "forgot_password": "Forgot it?" }',
          },
          { path: 'a.py', text: 'password = getpass.getpass("Password: ")\npasswd = settings.DB_PASSWD\nif password == "(null)":\n' },
          { path: 'a.go', text: 'cfg.Password = os.Getenv("DB_PASSWORD")\nflag.StringVar(&pass, "pass", "", "the password")\n' },
          { path: 'a.sql', text: `INSERT INTO users (name, password) VALUES ('a', '$2y$10$${alnum(53)}');` },
          { path: 'a.txt', text: 'The password: it has to be changed every month.\npasswordless login\n' },
          { path: 'a.php', text: "echo trans('passwords.reset'); Hash::check($password, $user->password);" },
          { path: 'a.py', text: `client.auth_password("${password()}", "second")` },
          { path: 'a.png', text: `\0\x01PW:${password()}\x02` },
          { path: 'a.c', text: `static char pop3_password[] = "+ ${Buffer.from('Password:').toString('base64')}" CRLF;` },
          { path: 'a.c', text: `{ "password": "{CRAM-MD5}${hex(64)}" }` },
          { path: 'nginx.conf', text: 'proxy_pass http://backend_upstream_v2;\n' },
        ],
      }),
    },
  ],
);
