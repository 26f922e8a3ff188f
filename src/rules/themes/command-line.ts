import { harmlessReason, isCommonPassword } from '../../engine/plausibility.ts';
import { surpriseOf } from '../../engine/surprise.ts';
import { isTestPath } from '../../engine/test-path.ts';
import { ruleSet, type Candidate, type Judgement } from '../../engine/rule.ts';
import { alnum } from '../drafting/sample.ts';

/** Commands and their password option, with its space; '' if the password is the next argument. */
const COMMANDS: readonly (readonly [keywords: readonly string[], option: string])[] = [
  // After a space comes the database.
  [['mysql', 'mariadb'], '-p'],
  [['docker login', 'podman login', 'skopeo login', 'registry login', 'oc login', 'az login', 'az acr login'], '-p '],
  [['vault login', 'snyk auth'], ''],
  [['redis-cli'], '-a '],
  [['mongosh', 'mongo -', 'mongodump', 'mongorestore', 'mongoimport', 'mongoexport'], '-p ?'],
  [['ldapsearch', 'ldapmodify', 'ldapadd', 'ldapwhoami', 'ldappasswd'], '-w '],
  [['openssl'], String.raw`-(?:[kK] |pass(?:in|out)? ["']?pass:)`],
  [['sqlcmd', 'osql'], '-P ?'],
  [['psexec', 'winexe'], '-p '],
  [['xfreerdp', 'cmdkey'], '/p(?:ass)?:'],
  [['smbclient', 'rpcclient', 'mount.cifs'], String.raw`-(?:[uU]|-user) ?["']?[^\s%"']{1,60}%`],
  [['lftp'], String.raw`-u ["']?[^\s,"']{1,60},`],
  [['net user', 'net use '], String.raw`\S{1,60}\s`],
];

/** More arguments of the call, also on continued lines. */
const ARGUMENTS = String.raw`(?:[^\r\n|;&]|\\\r?\n|${'`'}\r?\n){0,300}?\s`;
/** `echo user:password | chpasswd`. */
const PIPED = String.raw`echo (?:-[en] )?["']?(?:[\w.-]{1,32}:)?(?=[^|\r\n]{4,110}\|\s{0,3}(?:sudo )?(?:chpasswd|passwd --stdin|sudo -S|\w[^\r\n|]{0,80}--password-stdin))`;

function commandPattern(): RegExp {
  const calls = COMMANDS.map(([keywords, option]) => `(?:${keywords.join('|').replaceAll('.', '\\.')})[\\w-]{0,10}${ARGUMENTS}${option}`);
  return new RegExp(String.raw`(?<!\s-)(?:${[...calls, PIPED].join('|')})["']?(?<secret>[^\s"'${'`'}<>$\\|;&,)\]]{4,100})`);
}

function judge({ secret, path }: Candidate): Judgement {
  // Another option, a file, a share.
  if (/^(?:[-/+.]|\w:)/.test(secret) || harmlessReason(secret) !== null || isCommonPassword(secret)) return false;
  const { bits, perChar } = surpriseOf(secret);
  return bits >= 22 && perChar >= 2.9 && { severity: isTestPath(path) ? 'low' : 'medium' };
}

function isKey(user: string): boolean {
  return user.length >= 16 && /\d/.test(user) && surpriseOf(user).perChar >= 3.4;
}

/** `curl -u user:password`, also over several lines. */
function judgeCurl(candidate: Candidate): Judgement {
  const before = candidate.text.slice(Math.max(0, candidate.match.index - 400), candidate.match.index);
  if (!/\b(?:curl|wget|https?|httpie)\b(?:[^\n]|\\\r?\n|`\r?\n)*$/.test(before)) return false;
  // A key as the user, without a password.
  const isUser = !candidate.match[0].slice(0, -candidate.secret.length).includes(':');
  if (isUser && !(/^:["']?(?:\s|$)/.test(candidate.text.slice(candidate.end, candidate.end + 3)) && isKey(candidate.secret))) return false;
  return judge(candidate);
}

export const commandLine = ruleSet(
  {
    severity: 'medium',
    confidence: 'medium',
    why: 'Anyone can read it in the script, in the shell history or in the process list.',
    advice: 'Change the password, and pass it in an environment variable, a file or from a secret store.',
    docs: 'https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html',
  },
  () => [
    {
      id: 'curl-credentials',
      message: 'Password on a command line',
      keywords: [' -u', '\n-u', '--user ', '--user='],
      pattern: /(?:[ \n]-u {0,2}|--user[ =] {0,2})["']?(?:[\w.@+-]{0,64}:(?=[^\s"'`@:$<{\\]))?(?<secret>[^\s"'`@:$<{\\]{3,200})/,
      boundary: 'none',
      isGeneric: true,
      judge: judgeCurl,
      samples: () => ({
        found: [
          { path: 'a.sh', text: `curl -s -u deploy:${alnum(14)} https://northsea.dev/api` },
          { path: 'a.sh', text: `curl -udeploy:${alnum(14)} https://northsea.dev/api` },
          { path: 'a.sh', text: `curl -u ":${alnum(14)}" https://northsea.dev/api` },
          { path: 'a.sh', text: `curl https://northsea.dev/api -u ${alnum(32)}: -d a=b` },
          { path: 'a.sh', text: `curl \\\n  --user "deploy:${alnum(14)}" \\\n  https://northsea.dev/api` },
        ],
        ignored: [
          { path: 'a.sh', text: 'curl -u user:password https://northsea.dev; curl -u "$USER:$PASS" https://northsea.dev' },
          { path: 'a.sh', text: `docker run -u app:${alnum(14)} image` },
        ],
      }),
    },
    {
      id: 'command-password',
      message: 'Password on a command line',
      keywords: [...COMMANDS.flatMap(([keywords]) => keywords), 'echo '],
      pattern: commandPattern(),
      isGeneric: true,
      judge,
      samples: () => ({
        found: [
          `mysql -h db -u root -p${alnum(12)} app < dump.sql`,
          `mysqldump --user=root -p"${alnum(12)}" app`,
          `docker login -u me -p ${alnum(12)} registry.northsea.dev`,
          `redis-cli -h cache -a ${alnum(16)} ping`,
          `mongosh --host db -u admin -p ${alnum(12)}`,
          `ldapsearch -x -D "cn=admin,dc=northsea" \\\n  -w ${alnum(12)}`,
          `openssl enc -aes-256-cbc -pass pass:${alnum(12)} -in a`,
          `openssl enc -d -k ${alnum(12)}`,
          `az login --service-principal -u ${alnum(8)} -p ${alnum(32)}`,
          `vault login ${alnum(24)}`,
          `echo "root:${alnum(12)}" | chpasswd`,
          `echo ${alnum(12)} | docker login -u me --password-stdin`,
          `net user backup ${alnum(12)} /add`,
          `smbclient //files/share -U backup%${alnum(12)}`,
        ],
        ignored: [
          `mysql -P 3306 -u root -p app; mysql -u root -p"$PASSWORD"; mysql -h db-${alnum(8)}.northsea.dev`,
          'docker login -u me -p "${DOCKER_PASSWORD}"; docker login --password-stdin < file',
          'echo "$PASSWORD" | docker login --password-stdin; echo done | tee log',
          'vault login -method=github; openssl rsa -in key.pem -passin file:/run/secrets/pass',
          'The net use of memory is lower than in mysql -p of version 2.',
          `net use Z: \\\\files\\share /persistent:no`,
        ],
      }),
    },
  ],
);
