import { lowerInTests } from '../drafting/lower-in-tests.ts';
import { looksRandom } from '../drafting/named-secret.ts';
import { isPlausiblePassword } from '../drafting/plausible-password.ts';
import { ruleSet, type Sample } from '../../engine/rule.ts';
import { alnum, base64, base64url, hex, lowerAlnum } from '../drafting/sample.ts';

export const loginFiles = ruleSet(
  {
    severity: 'high',
    why: 'Anyone who can read the repository can log in with it.',
    advice: 'Change the password, and keep the file that holds it out of the repository.',
  },
  () => [
    {
      id: 'netrc-password',
      message: 'Password in a netrc file',
      confidence: 'medium',
      keywords: ['machine '],
      pattern: /machine\s{1,4}[\w.-]{3,100}\s{1,10}login\s{1,4}\S{1,100}\s{1,10}password\s{1,4}(?<secret>[^\s"'`]{5,200})/,
      boundary: 'none',
      judge: (candidate) => isPlausiblePassword(candidate.secret) && lowerInTests('medium')(candidate),
      docs: 'https://www.gnu.org/software/inetutils/manual/html_node/The-_002enetrc-file.html',
      samples: () => ({
        found: [
          `machine git.northsea.dev login me password ${alnum(16)}\n`,
          `machine git.northsea.dev\n  login me\n  password ${alnum(16)}\n`,
        ],
        ignored: [
          'machine example.com login me password <password>\n',
          'machine api.north.dev login me password $PASSWORD\n',
          'a machine login and a password that is long\n',
        ],
      }),
    },
    {
      id: 'htpasswd-hash',
      message: 'Web server password hash',
      severity: 'medium',
      keywords: ['$apr1$', '{SHA}', '$2y$', '$2b$', '$2a$'],
      paths: ['**/*htpasswd*', '**/*.passwd'],
      pattern: /(?:\$apr1\$[./\w]{1,8}\$[./\w]{22}|\{SHA\}[A-Za-z\d+/]{27}=|\$2[aby]\$\d\d\$[./\w]{53})(?![\w./])/,
      boundary: 'none',
      why: 'Anyone who has the hash can guess a weak password.',
      docs: 'https://httpd.apache.org/docs/current/misc/password_encryptions.html',
      samples: () => {
        const file = (hash: string): Sample => ({ path: 'conf/.htpasswd', text: `me:${hash}\n` });
        return {
          found: [
            file(`$apr1$${alnum(8)}$${alnum(22)}`),
            file(`{SHA}${base64(20)}`),
            ...['$2y$', '$2b$', '$2a$'].map((kind) => file(`${kind}10$${alnum(53)}`)),
          ],
          ignored: [file('$apr1$salt$hash'), file(`$2y$10$${alnum(52)}`)],
        };
      },
    },
    {
      id: 'shadow-hash',
      message: 'Unix account password hash',
      severity: 'medium',
      keywords: [':$6$', ':$5$', ':$1$', ':$y$'],
      pattern:
        /:(?<secret>\$6\$(?:rounds=\d{1,9}\$)?[./\w]{1,16}\$[./\w]{86}|\$5\$(?:rounds=\d{1,9}\$)?[./\w]{1,16}\$[./\w]{43}|\$1\$[./\w]{1,8}\$[./\w]{22}|\$y\$[./\w]{1,10}\$[./\w]{1,86}\$[./\w]{43}):\d{0,6}:/,
      boundary: 'none',
      why: 'Anyone who has the hash can guess a weak password.',
      docs: 'https://man7.org/linux/man-pages/man5/shadow.5.html',
      samples: () => ({
        found: [
          `$6$${alnum(8)}$${alnum(86)}`,
          `$5$${alnum(8)}$${alnum(43)}`,
          `$1$${alnum(8)}$${alnum(22)}`,
          `$y$j9T$${alnum(22)}$${alnum(43)}`,
        ].map((hash) => `root:${hash}:19000:0:99999:7:::\n`),
        ignored: ['root:$6$salt$hash:19000:0:99999:7:::\n', `hash: $6$${alnum(8)}$${alnum(86)}\n`, 'root:!:19000:0:99999:7:::\n'],
      }),
    },
    {
      id: 'pgpass-password',
      message: 'Password in a pgpass file',
      keywords: [':5432:', ':5433:', ':6432:', ':*:'],
      paths: ['**/.pgpass', '**/pgpass', '**/pgpass.conf', '**/*.pgpass'],
      pattern: /:(?:5432|5433|6432|\*):[^:\s]{1,63}:(?<secret>[^\s:]{1,63}:[^\s]{4,200})/,
      boundary: 'none',
      judge: ({ secret }) => isPlausiblePassword(secret.slice(secret.indexOf(':') + 1)),
      docs: 'https://www.postgresql.org/docs/current/libpq-pgpass.html',
      samples: () => ({
        found: ['5432', '5433', '6432', '*'].map((port) => ({
          path: 'home/.pgpass',
          text: `db.northsea.dev:${port}:app:me:${alnum(16)}\n`,
        })),
        ignored: [
          { path: 'home/.pgpass', text: 'db.northsea.dev:5432:app:me:password\n' },
          { path: 'home/.pgpass', text: 'db.northsea.dev:5432:app:me:$PASSWORD\n' },
        ],
      }),
    },
    {
      id: 'rclone-password',
      message: 'Password in an rclone config',
      keywords: ['pass = '],
      paths: ['**/rclone.conf', '**/rclone/*.conf'],
      pattern: /pass = (?<secret>[\w-]{22,200})(?=\s|$)/,
      boundary: 'none',
      judge: ({ secret }) => looksRandom(secret),
      why: 'Anyone can decode it: rclone obscures it with a key that is public.',
      docs: 'https://rclone.org/commands/rclone_obscure/',
      samples: () => ({
        found: [{ path: 'rclone.conf', text: `[north]\ntype = sftp\npass = ${base64url(43)}\n` }],
        ignored: [
          { path: 'rclone.conf', text: 'pass = \n' },
          { path: 'rclone.conf', text: `pass = ${base64url(20)}\n` },
        ],
      }),
    },
    {
      id: 'sshpass-password',
      message: 'Password in an sshpass command',
      confidence: 'medium',
      keywords: ['sshpass '],
      pattern: /sshpass -p\s{0,2}["']?(?<secret>[^\s"'`$<>{}]{5,100})/,
      boundary: 'none',
      judge: (candidate) => isPlausiblePassword(candidate.secret) && lowerInTests('low')(candidate),
      docs: 'https://linux.die.net/man/1/sshpass',
      samples: () => ({
        found: [`sshpass -p '${alnum(14)}' ssh me@northsea.dev`, `sshpass -p${alnum(14)} scp a me@northsea.dev:`],
        ignored: ['sshpass -p "$PASSWORD" ssh me@northsea.dev', 'sshpass -p password ssh me@northsea.dev', 'sshpass -p <password> ssh'],
      }),
    },
    {
      id: 'session-cookie',
      message: 'Session cookie',
      severity: 'medium',
      confidence: 'medium',
      keywords: ['connect.sid=s%3A', 'JSESSIONID=', 'PHPSESSID=', 'laravel_session=eyJ', '.AspNetCore.', '_gitlab_session='],
      pattern:
        /(?:connect\.sid=s%3A|JSESSIONID=|PHPSESSID=|laravel_session=|\.AspNetCore\.[\w.]{3,40}=|_gitlab_session=)(?<secret>(?<=%3A)[\w-]{20,40}\.[\w%+/-]{40,60}|(?<=JSESSIONID=)[\dA-F]{32}|(?<=PHPSESSID=)[a-z\d]{26,32}|eyJ[\w%+/=-]{150,800}|CfDJ8[\w-]{60,2000}|(?<=_gitlab_session=)[\da-z]{32})(?![\w.%])/,
      boundary: 'none',
      judge: (candidate) => looksRandom(candidate.secret) && lowerInTests('low')(candidate),
      why: 'Anyone who has it can act as the signed-in user until the session ends.',
      advice: 'Sign out, and remove the cookie from the recording.',
      docs: 'https://cheatsheetseries.owasp.org/cheatsheets/Session_Management_Cheat_Sheet.html',
      samples: () => ({
        found: [
          `Cookie: connect.sid=s%3A${base64url(32)}.${alnum(43)}\n`,
          `Cookie: JSESSIONID=${hex(32).toUpperCase()}; a=b\n`,
          `Set-Cookie: PHPSESSID=${lowerAlnum(26)}; path=/\n`,
          `laravel_session=eyJ${alnum(200)}%3D%3D`,
          `Cookie: .AspNetCore.Cookies=CfDJ8${base64url(200)}\n`,
          `Cookie: _gitlab_session=${hex(32)}\n`,
        ],
        ignored: [
          'Cookie: JSESSIONID=abc\n',
          `Cookie: PHPSESSID=${'x'.repeat(26)}\n`,
          'Cookie: connect.sid=s%3A...\n',
          '.AspNetCore.Identity = 1',
        ],
      }),
    },
  ],
);
