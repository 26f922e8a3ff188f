import { lowerInTests } from '../drafting/lower-in-tests.ts';
import { markedToken } from '../drafting/marked-token.ts';
import { looksRandom, namedSecret, TO_VALUE } from '../drafting/named-secret.ts';
import { ruleSet } from '../../engine/rule.ts';
import { base64, hex, pick } from '../drafting/sample.ts';
import { type Shape } from '../drafting/shapes.ts';

const DJANGO_KEY: Shape = {
  source: '[a-z\\d!@#$%^&*(_=+)-]{50}',
  sample: (seed) => pick('abcdefghijklmnopqrstuvwxyz0123456789@%^&_=+', 50, seed),
  isFixed: true,
};

/** In tests and documents such a value is rarely in use. */
const judgeByPath = lowerInTests('low');

export const frameworks = ruleSet(
  {
    severity: 'high',
    why: 'Anyone who has it can forge sessions and signed values of the application.',
    advice: 'Create a new one for each environment, and read it from an environment variable.',
  },
  () => [
    {
      id: 'rails-secret-key-base',
      message: 'Rails secret key base',
      keywords: ['secret_key_base', 'secret_token'],
      pattern: new RegExp(`secret_(?:key_base|token)${TO_VALUE}(?<secret>[\\da-f]{128})(?!\\w)`, 'i'),
      boundary: 'none',
      judge: judgeByPath,
      docs: 'https://guides.rubyonrails.org/security.html#session-storage',
      samples: () => ({
        found: [`secret_key_base: ${hex(128)}\n`, `SECRET_KEY_BASE=${hex(128)}\n`, `config.secret_token = '${hex(128)}'`],
        ignored: ['secret_key_base: <%= ENV["SECRET_KEY_BASE"] %>\n', `secret_key_base: ${hex(127)}\n`, `other_key_base: ${hex(128)}\n`],
      }),
    },
    {
      id: 'django-secret-key',
      message: 'Django secret key',
      keywords: ['SECRET_KEY'],
      pattern: /SECRET_KEY["'\]]{0,2}(?:\s?,|\s{0,3}=)\s{0,3}["'](?<secret>[a-z\d!@#$%^&*(\-_=+)]{50})["']/,
      boundary: 'none',
      judge: (candidate) => /[!@#$%^&*(=+)]/.test(candidate.secret) && looksRandom(candidate.secret) && judgeByPath(candidate),
      docs: 'https://docs.djangoproject.com/en/stable/ref/settings/#secret-key',
      samples: () => {
        const key = pick('abcdefghijklmnopqrstuvwxyz0123456789!@#$%^&*(-_=+)', 50);
        return {
          found: [
            { path: 'settings.py', text: `SECRET_KEY = '${key}'\n` },
            { path: 'settings.py', text: `os.environ.setdefault("SECRET_KEY", "${key}")\n` },
          ],
          ignored: [`SECRET_KEY = '${key.slice(1)}'`, "SECRET_KEY = os.environ['SECRET_KEY']", `OTHER_KEY = '${key}'`],
        };
      },
    },
    {
      id: 'django-insecure-key',
      message: 'Django secret key for development',
      severity: 'low',
      ...markedToken({ markers: ['django-insecure-'], body: DJANGO_KEY }),
      docs: 'https://docs.djangoproject.com/en/stable/ref/settings/#secret-key',
    },
    {
      id: 'laravel-app-key',
      message: 'Laravel application key',
      keywords: ['APP_KEY', "'key'"],
      pattern:
        /(?:APP_KEY["']?\s{0,3}[:=]\s{0,3}["']?|'key' => (?:env\('APP_KEY', )?')base64:(?<secret>[A-Za-z\d+/]{43}=|[A-Za-z\d+/]{22}==)(?![A-Za-z\d+/=])/,
      boundary: 'none',
      judge: (candidate) => looksRandom(candidate.secret) && judgeByPath(candidate),
      advice: 'Run `php artisan key:generate`, and keep .env out of the repository.',
      docs: 'https://laravel.com/docs/encryption#gracefully-rotating-encryption-keys',
      samples: () => ({
        found: [`APP_KEY=base64:${base64(32)}\n`, `APP_KEY: "base64:${base64(16)}"\n`, `'key' => env('APP_KEY', 'base64:${base64(32)}'),`],
        ignored: ['APP_KEY=\n', `APP_KEY=base64:${base64(33)}\n`, `APP_KEY=base64:${'A'.repeat(43)}=\n`],
      }),
    },
    {
      id: 'symfony-app-secret',
      message: 'Symfony application secret',
      severity: 'medium',
      confidence: 'medium',
      keywords: ['APP_SECRET'],
      pattern: /APP_SECRET["']?\s{0,3}[:=]\s{0,3}["']?(?<secret>[\da-f]{32})(?!\w)/,
      // Apps of Meta and others have a secret of the same length, after their own name.
      judge: (candidate) => looksRandom(candidate.secret) && judgeByPath(candidate),
      docs: 'https://symfony.com/doc/current/reference/configuration/framework.html#secret',
      samples: () => ({
        found: [`APP_SECRET=${hex(32)}\n`, `APP_SECRET: '${hex(32)}'\n`],
        ignored: ['APP_SECRET=$ecretf0rt3st\n', `APP_SECRET=${hex(31)}\n`, `OTHER_APP_SECRET=${hex(32)}\n`],
      }),
    },
    {
      id: 'auth-js-secret',
      message: 'Auth.js (NextAuth) secret',
      keywords: ['NEXTAUTH_SECRET', 'AUTH_SECRET'],
      pattern: /(?:NEXT)?AUTH_SECRET["']?\s{0,3}[:=]\s{0,3}["']?(?<secret>[A-Za-z\d+/]{43}=|[\da-f]{64}|[A-Za-z\d]{32})(?![\w+/=])/,
      judge: (candidate) => looksRandom(candidate.secret) && judgeByPath(candidate),
      docs: 'https://authjs.dev/getting-started/deployment#environment-variables',
      samples: () => ({
        found: [`NEXTAUTH_SECRET=${base64(32)}\n`, `AUTH_SECRET="${base64(32)}"\n`, `AUTH_SECRET=${hex(64)}\n`],
        ignored: ['NEXTAUTH_SECRET=your-secret\n', `AUTH_SECRET=${base64(20)}\n`, `OTHER_AUTH_SECRET=${base64(32)}\n`],
      }),
    },
    {
      id: 'jwt-signing-secret',
      message: 'JSON Web Token signing secret',
      ...namedSecret({
        names: ['jwt'],
        value: '[A-Za-z\\d+/]{42,88}={0,2}|[\\da-f]{64}|[\\da-f]{96}|[\\da-f]{128}',
        credential: 'secret|sign\\w{0,4}_?key',
      }),
      docs: 'https://cheatsheetseries.owasp.org/cheatsheets/JSON_Web_Token_for_Java_Cheat_Sheet.html',
      samples: () => ({
        found: [`JWT_SECRET=${hex(64)}\n`, `jwt: { signingKey: '${base64(32)}' }`, `jwt.secret=${base64(64)}\n`],
        ignored: ['JWT_SECRET=secret\n', `JWT_SECRET=${hex(30)}\n`, `JWT_PUBLIC=${hex(64)}\n`, `SECRET=${hex(64)}\n`],
      }),
    },
    {
      id: 'aspnet-machine-key',
      message: 'ASP.NET machine key',
      severity: 'critical',
      keywords: ['<machineKey'],
      pattern: /<machineKey\s[^>]{0,400}?(?:validation|decryption)Key\s{0,3}=\s{0,3}["'](?<secret>[\dA-Fa-f]{32,128})(?:,IsolateApps)?["']/,
      boundary: 'none',
      judge: ({ secret }) => looksRandom(secret),
      why: 'Anyone who has it can run code in the application through its view state.',
      docs: 'https://learn.microsoft.com/iis/get-started/whats-new-in-iis-7/whats-new-for-iis-7-5-and-iis-7-extensions',
      samples: () => ({
        found: [
          `<machineKey validationKey="${hex(128).toUpperCase()}" decryptionKey="${hex(64).toUpperCase()}" validation="SHA1" />`,
          `<machineKey decryption="AES" decryptionKey="${hex(48).toUpperCase()}" />`,
        ],
        ignored: [
          '<machineKey validationKey="AutoGenerate,IsolateApps" decryptionKey="AutoGenerate,IsolateApps" />',
          `<machineKey validationKey="${hex(20)}" />`,
        ],
      }),
    },
    {
      id: 'wordpress-salt',
      message: 'WordPress authentication key or salt',
      severity: 'medium',
      keywords: ['AUTH_KEY', 'LOGGED_IN_KEY', 'NONCE_KEY', 'AUTH_SALT', 'LOGGED_IN_SALT', 'NONCE_SALT'],
      pattern: /(?:(?:SECURE_)?AUTH|LOGGED_IN|NONCE)_(?:KEY|SALT)["']\s{0,3},\s{0,9}["'](?<secret>[^"'\n\\]{64})["']/,
      boundary: 'none',
      judge: ({ secret }) => /\d/.test(secret) && /[^\w\s]/.test(secret),
      advice: 'Get new ones from api.wordpress.org/secret-key; this signs everyone out.',
      docs: 'https://developer.wordpress.org/advanced-administration/security/logging-in/#security-keys',
      samples: () => {
        const salt = pick('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!@#$%^&*()-_ []{}<>~+=,.;:/?|', 64);
        return {
          found: ['AUTH_KEY', 'SECURE_AUTH_KEY', 'LOGGED_IN_KEY', 'NONCE_KEY', 'AUTH_SALT', 'LOGGED_IN_SALT', 'NONCE_SALT'].map(
            (name) => `define('${name}', '${salt}');`,
          ),
          ignored: [
            "define('AUTH_KEY', 'put your unique phrase here');",
            `define('OTHER', '${salt}');`,
            `define('AUTH_KEY', '${salt.slice(1)}');`,
          ],
        };
      },
    },
  ],
);
