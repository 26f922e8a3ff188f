import { isTestPath } from '../engine/test-path.ts';
import { isInString, isCommented } from './code-line.ts';
import { lineBefore } from './line.ts';
import { type Candidate, type Judgement, ruleSet } from './rule.ts';

/** Names under which programs keep what came from outside. */
const INPUT =
  '(?:req(?:uest)?\\.(?:body|query|params|args|form|values|get|headers|cookies|data|json)|params\\[|ctx\\.(?:request|query|params)' +
  '|\\$_(?:GET|POST|REQUEST|COOKIE)|(?:raw_)?input\\(|sys\\.argv|process\\.argv|location\\.(?:hash|search|href)|event\\.data)';

/** Tests switch things off by right, and a comment runs nothing. */
function inProgram(judge: (candidate: Candidate, before: string) => Judgement = () => true): (candidate: Candidate) => Judgement {
  return (candidate) => {
    const before = lineBefore(candidate.text, candidate.match.index);
    if (isTestPath(candidate.path) || isCommented(before)) return false;
    return judge(candidate, before);
  };
}

/** The same for what is no text in quotes, and no part of a longer name. */
const inCode = inProgram((_, before) => !isInString(before) && !/\w$/.test(before));

/** Not where the setting is looked at, named, chosen by another one, or about the certificates of clients. */
const turnsOff = inProgram((candidate, before) => {
  const { text, match } = candidate;
  if (/(?:[!=]=|\bwhen|VERIFY_PEER\s{0,3}:)\s*[\w:]*$|client\w*['"]?\s*(?:=>|[:=])\s*[\w:]*$/i.test(before)) return false;
  const end = match.index + match[0].length;
  return inCode(candidate) !== false && !(match[0] === 'VERIFY_NONE' && /^\s*=[^=>]/.test(text.slice(end, end + 8)));
});

export const riskyCode = ruleSet({ category: 'risk', severity: 'medium', confidence: 'medium' }, () => [
  {
    id: 'tls-verification-off',
    message: 'TLS certificates are not verified',
    skipsGenerated: true,
    why: 'Anybody on the way can read and change what is sent.',
    advice: "Trust the certificate's authority instead: give its file to the client.",
    docs: 'https://cwe.mitre.org/data/definitions/295.html',
    keywords: (
      'rejectUnauthorized,NODE_TLS_REJECT_UNAUTHORIZED,verify=False,verify = False,InsecureSkipVerify,_create_unverified_context,' +
      'CURLOPT_SSL_VERIFYPEER,VERIFY_NONE,danger_accept_invalid_certs,DangerousAcceptAnyServerCertificateValidator'
    ).split(','),
    pattern:
      /(?:rejectUnauthorized["']?\s{0,5}[:=]\s{0,5}false\b|NODE_TLS_REJECT_UNAUTHORIZED["'\]]{0,2}\s{0,5}[:=]\s{0,5}["']?0\b|verify ?= ?False\b|InsecureSkipVerify\s{0,3}[:=]{1,2}\s{0,5}true\b|_create_unverified_context\b|CURLOPT_SSL_VERIFYPEER\s{0,3}(?:,|=>)\s{0,3}(?:false|0)\b|VERIFY_NONE\b|danger_accept_invalid_certs\(true\)|DangerousAcceptAnyServerCertificateValidator\b)/,
    languages: ['javascript', 'python', 'ruby', 'php', 'go', 'rust', 'csharp', 'shell'],
    judge: turnsOff,
    samples: () => ({
      found: [
        { path: 'src/a.js', text: 'const agent = new https.Agent({ rejectUnauthorized: false });\n' },
        { path: 'src/a.js', text: 'process.env.NODE_TLS_REJECT_UNAUTHORIZED = "0";\n' },
        { path: 'a.py', text: 'requests.get(url, verify=False)\n' },
        { path: 'a.go', text: '\tTLSClientConfig: &tls.Config{InsecureSkipVerify: true},\n' },
        { path: 'a.php', text: 'curl_setopt($ch, CURLOPT_SSL_VERIFYPEER, false);\n' },
        { path: 'a.rb', text: 'http.verify_mode = OpenSSL::SSL::VERIFY_NONE\n' },
        { path: 'a.rs', text: 'Client::builder().danger_accept_invalid_certs(true)\n' },
      ],
      ignored: [
        { path: 'src/a.js', text: '// rejectUnauthorized: false\nconst o = { rejectUnauthorized: true };\n' },
        { path: 'src/a.js', text: "const text = 'rejectUnauthorized: false';\n" },
        { path: 'test/a.js', text: 'const o = { rejectUnauthorized: false };\n' },
        { path: 'a.go', text: 'InsecureSkipVerify: cfg.Insecure\n' },
        { path: 'a.py', text: 'failed_verify = False\n' },
        { path: 'a.rb', text: 'if context.verify_mode != OpenSSL::SSL::VERIFY_NONE\n' },
        { path: 'a.rb', text: 'mode = verify? ? OpenSSL::SSL::VERIFY_PEER : OpenSSL::SSL::VERIFY_NONE\n' },
        { path: 'a.rb', text: 'VERIFY_NONE = 0\nSSLVerifyClient => VERIFY_NONE\n' },
      ],
    }),
  },
  {
    id: 'code-from-input',
    message: 'Input is run as code',
    skipsGenerated: true,
    why: 'Whoever sends the input decides what runs.',
    advice: 'Parse the input, or look it up in a table of what is allowed.',
    docs: 'https://cwe.mitre.org/data/definitions/95.html',
    keywords: ['eval(', 'exec(', 'execSync(', 'system(', 'Function('],
    pattern: new RegExp(
      `(?:eval|exec|execSync|system|Function)\\(\\s{0,5}(?:["'\`][^"'\`\\n]{0,80}["'\`]?\\s{0,3}[+.,$]\\s{0,3}[{]?)?\\s{0,3}${INPUT}`,
    ),
    languages: ['javascript', 'python', 'ruby', 'php'],
    // Regular expressions have an `exec` of their own.
    judge: inProgram((candidate, before) => !/(?:\/[dgimsuvy]{0,8}|(?:re|regexp?|pattern))\.$/i.test(before) && inCode(candidate)),
    samples: () => ({
      found: [
        { path: 'src/a.js', text: 'const result = eval(req.query.formula);\n' },
        { path: 'src/a.js', text: "exec('ls ' + req.body.folder, done);\n" },
        { path: 'a.py', text: 'value = eval(input())\n' },
        { path: 'a.php', text: '<?php system($_GET["cmd"]);\n' },
      ],
      ignored: [
        { path: 'src/a.js', text: '// eval(req.query.formula)\nconst match = pattern.exec(request.url);\n' },
        { path: 'src/a.js', text: "eval('1 + 1'); evaluate(req.query.x);\n" },
        { path: 'src/a.js', text: 'const match = /version=(.+)/.exec(event.data);\n' },
      ],
    }),
  },
  {
    id: 'weak-password-hash',
    message: 'Password hashed by a fast hash',
    skipsGenerated: true,
    why: 'Graphics cards try billions of passwords a second against it.',
    advice: 'Use argon2id, scrypt or bcrypt, with their own salt.',
    docs: 'https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html',
    keywords: ['md5', 'sha1', 'MD5', 'SHA1'],
    pattern:
      /(?:md5|sha1)(?:["'`)]{0,3}\.update|\.Sum|\.new|\.digest|\.hexdigest|::hexdigest|\.HashData)?\(\s{0,5}(?:\[\]byte\()?\$?(?:\w{1,30}\.)?(?:password|passwd|passphrase|pwd)\b/i,
    languages: ['javascript', 'python', 'ruby', 'php', 'go', 'java', 'csharp'],
    judge: inProgram(),
    samples: () => ({
      found: [
        { path: 'a.py', text: 'digest = hashlib.md5(password.encode()).hexdigest()\n' },
        { path: 'a.php', text: '<?php $hash = md5($password);\n' },
        { path: 'a.js', text: "const hash = crypto.createHash('sha1').update(user.password).digest('hex');\n" },
        { path: 'a.go', text: '\th := md5.Sum([]byte(password))\n' },
      ],
      ignored: [
        { path: 'a.py', text: 'etag = hashlib.md5(body).hexdigest()\n# hashlib.md5(password)\n' },
        { path: 'a.js', text: 'const checksum = md5(passwordFile.content);\n' },
      ],
    }),
  },
  {
    id: 'cors-any-origin',
    message: 'Any origin may send credentials',
    skipsGenerated: true,
    why: 'Every web page can act here in the name of whoever is signed in.',
    advice: 'Name the origins that are trusted.',
    docs: 'https://developer.mozilla.org/docs/Web/HTTP/Guides/CORS',
    keywords: ['origin'],
    pattern: /origin["']?\s{0,3}[:=]\s{0,3}(?:true|["']\*["'])\s{0,3},[^}]{0,200}?credentials["']?\s{0,3}[:=]\s{0,3}true\b/,
    languages: ['javascript'],
    judge: inCode,
    samples: () => ({
      found: [{ path: 'src/a.js', text: "app.use(cors({ origin: '*', credentials: true }));\n" }],
      ignored: [
        {
          path: 'src/a.js',
          text: "app.use(cors({ origin: '*' }));\napp.use(cors({ origin: ['https://a.example'], credentials: true }));\n",
        },
      ],
    }),
  },
  {
    id: 'sql-concatenation',
    message: 'SQL put together from values',
    skipsGenerated: true,
    why: 'A value with a quote in it changes what the statement does.',
    advice: 'Use parameters of the driver.',
    docs: 'https://cwe.mitre.org/data/definitions/89.html',
    isOptIn: true,
    keywords: ['execute(', 'query(', 'raw('],
    pattern:
      /(?:execute|query|raw)\(\s{0,10}(?:f["'][^"'\n]{0,200}\{|["'`](?:select|insert|update|delete)\b[^"'`\n]{0,200}(?:["']\s{0,3}(?:\+|\.|%|\|\|)\s{0,3}[$\w]|\$\{))/i,
    languages: ['javascript', 'python', 'ruby', 'php', 'java', 'csharp', 'go'],
    judge: inProgram(),
    samples: () => ({
      found: [
        { path: 'a.py', text: 'cursor.execute(f"SELECT * FROM users WHERE name = {name}")\n' },
        { path: 'a.js', text: "db.query('select * from users where id = ' + id);\n" },
        { path: 'a.js', text: 'db.query(`delete from users where id = ${id}`);\n' },
      ],
      ignored: [
        { path: 'a.py', text: 'cursor.execute("SELECT * FROM users WHERE name = %s", (name,))\n' },
        { path: 'a.js', text: "db.query('select 1');\n" },
      ],
    }),
  },
  {
    id: 'hard-coded-address',
    message: 'Address of an internal machine',
    skipsGenerated: true,
    why: 'It tells outsiders about the network, and it works in one place only.',
    advice: 'Read it from the environment or a config file.',
    docs: 'https://cwe.mitre.org/data/definitions/1051.html',
    severity: 'low',
    isOptIn: true,
    keywords: ['10.', '192.168.', '172.', '.internal', '.corp', '.local'],
    pattern: /(?:10\.\d{1,3}|192\.168|172\.(?:1[6-9]|2\d|3[01]))\.\d{1,3}\.\d{1,3}(?=[:"'`/\s])|(?:\.internal|\.corp|\.local)(?=[:"'`/])/,
    boundary: 'none',
    languages: ['javascript', 'python', 'ruby', 'php', 'go', 'rust', 'java', 'csharp', 'swift'],
    judge: inProgram(({ text, match }, before) => {
      const [found] = match;
      if (/[\w.]$/.test(before) && !found.startsWith('.')) return false;
      return isInString(before) && !/[/]\d{1,2}["'`]/.test(text.slice(match.index, match.index + found.length + 4));
    }),
    samples: () => ({
      found: [
        { path: 'src/a.js', text: "const host = '10.1.2.3';\n" },
        { path: 'src/a.py', text: "url = 'https://billing.internal/api'\n" },
      ],
      ignored: [
        { path: 'src/a.js', text: "const version = 'v1.10.1.2.3'; const n = 10.5;\n" },
        { path: 'src/a.js', text: "// '10.1.2.3'\nconst net = '10.0.0.0/8';\n" },
      ],
    }),
  },
]);
