import { ruleSet } from '../../engine/rule.ts';
import { isInString } from '../reading/code-line.ts';
import { inCode, inProgram } from '../reading/in-program.ts';
import { kindAt } from '../reading/source-text.ts';

/** Names under which programs keep outside input. */
const INPUT =
  '(?:req(?:uest)?\\.(?:body|query|params|args|form|values|get|headers|cookies|data|json|getParameter\\()|params\\[|ctx\\.(?:request|query|params)' +
  '|Request\\.(?:QueryString|Form|Query)\\b|r\\.(?:URL\\.Query|FormValue|PostFormValue)\\(' +
  '|\\$_(?:GET|POST|REQUEST|COOKIE)|(?:raw_)?input\\(|sys\\.argv|process\\.argv|location\\.(?:hash|search|href)|event\\.data)';

export const riskyCode = ruleSet({ category: 'risk', severity: 'medium', confidence: 'medium' }, () => [
  {
    id: 'code-from-input',
    message: 'Input run as code',
    skipsGenerated: true,
    why: 'Anyone who can send input decides what runs.',
    advice: 'Parse the input, or look it up in a table of allowed values.',
    docs: 'https://cwe.mitre.org/data/definitions/95.html',
    keywords: [
      'eval(',
      'exec(',
      'execSync(',
      'system(',
      'Function(',
      'popen(',
      'passthru(',
      'unserialize(',
      '.loads(',
      '.load(',
      'Command(',
    ],
    pattern: new RegExp(
      `(?:eval|exec|execSync|system|Function|popen|passthru|unserialize|\\.loads?|Command)\\(\\s{0,5}(?:"(?:ba)?sh", "-c", )?(?:["'\`][^"'\`\\n]{0,80}["'\`]?\\s{0,3}[+.,$]\\s{0,3}[{]?)?\\s{0,3}${INPUT}`,
    ),
    languages: ['javascript', 'python', 'ruby', 'php', 'go', 'java'],
    // Regular expressions have their own `exec`.
    judge: inProgram((candidate, before) => {
      if (/(?:\/[dgimsuvy]{0,8}|(?:re|regexp?|pattern))\.$/i.test(before)) return false;
      // Only these loaders let the text name the objects to create.
      return candidate.match[0].startsWith('.') ? /(?:\bc?[pP]ickle|\bmarshal|\bMarshal|\bdill|\byaml)$/.test(before) : inCode(candidate);
    }),
    samples: () => ({
      found: [
        { path: 'src/a.js', text: 'const result = eval(req.query.formula);\n' },
        { path: 'src/a.js', text: "exec('ls ' + req.body.folder, done);\n" },
        { path: 'a.py', text: 'value = eval(input())\n' },
        { path: 'a.php', text: '<?php system($_GET["cmd"]);\n' },
        { path: 'a.php', text: '<?php $cart = unserialize($_COOKIE["cart"]);\n' },
        { path: 'a.py', text: 'job = pickle.loads(request.data)\n' },
        { path: 'a.go', text: '\tout, err := exec.Command("sh", "-c", r.FormValue("cmd")).Output()\n' },
        { path: 'A.java', text: '    Runtime.getRuntime().exec(request.getParameter("cmd"));\n' },
      ],
      ignored: [
        { path: 'src/a.js', text: '// eval(req.query.formula)\nconst match = pattern.exec(request.url);\n' },
        { path: 'src/a.js', text: "eval('1 + 1'); evaluate(req.query.x);\n" },
        { path: 'a.py', text: 'body = json.loads(request.data)\n' },
        { path: 'src/a.js', text: 'const match = /version=(.+)/.exec(event.data);\n' },
      ],
    }),
  },
  {
    id: 'weak-password-hash',
    message: 'Password hashed with a fast hash',
    skipsGenerated: true,
    why: 'Graphics cards can try billions of passwords per second against it.',
    advice: 'Use Argon2id, scrypt or bcrypt, with a salt for each password.',
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
    message: 'Credentials accepted from any origin (CORS)',
    skipsGenerated: true,
    why: 'Any web page can act here as the signed-in user.',
    advice: 'List the origins that you trust.',
    docs: 'https://developer.mozilla.org/docs/Web/HTTP/Guides/CORS',
    keywords: ['origin', 'AllowOrigins', 'AllowAllOrigins', 'allow_origins', 'allowedOrigins'],
    pattern:
      /origin["']?\s{0,3}[:=]\s{0,3}(?:true|["']\*["'])\s{0,3},[^}]{0,200}?credentials["']?\s{0,3}[:=]\s{0,3}true\b|(?:AllowAllOrigins:\s{0,9}true|(?:allow_origins|AllowOrigins|allowedOrigins|origins)["']?\s{0,9}[:=(]\s{0,9}(?:\[\]string\{)?\[?["']\*["']\]?[})]{0,2})[^;]{0,200}?[cC]redentials["']?\s{0,9}[:=(]\s{0,3}"?[tT]rue\b/,
    languages: ['javascript', 'python', 'go', 'java'],
    judge: inCode,
    samples: () => ({
      found: [
        { path: 'src/a.js', text: "app.use(cors({ origin: '*', credentials: true }));\n" },
        { path: 'a.py', text: 'app.add_middleware(CORSMiddleware, allow_origins=["*"], allow_credentials=True)\n' },
        { path: 'a.py', text: 'CORS(app, origins="*", supports_credentials=True)\n' },
        { path: 'a.go', text: '\tcors.Config{\n\t\tAllowOrigins:     []string{"*"},\n\t\tAllowCredentials: true,\n\t}\n' },
        { path: 'A.java', text: 'registry.addMapping("/**").allowedOrigins("*").allowCredentials(true);\n' },
      ],
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
    message: 'SQL statement built from values',
    skipsGenerated: true,
    why: 'A value with a quote in it can change what the statement does.',
    advice: 'Pass values as parameters of the database driver.',
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
    message: 'Internal address in code',
    skipsGenerated: true,
    why: 'It tells outsiders about your network, and works in one place only.',
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
  {
    id: 'debug-server',
    message: 'Server in debug mode',
    why: 'Anyone who can reach the server can run code through its debugger.',
    advice: 'Read the switch from the environment, and leave it off wherever others can reach the server.',
    docs: 'https://flask.palletsprojects.com/en/stable/debugging/',
    severity: 'low',
    keywords: ['.run('],
    pattern: /\.run\([^()\n]{0,120}\bdebug ?= ?True\b/,
    boundary: 'none',
    languages: ['python'],
    judge: inProgram(({ facts, path, match }, before) => /\b\w*app\w*$/i.test(before) && kindAt(facts, match.index, path) === 'code'),
    samples: () => ({
      found: [{ path: 'a.py', text: "app.run(host='0.0.0.0', debug=True)\n" }],
      ignored: [
        { path: 'a.py', text: "# app.run(debug=True)\napp.run(debug=DEBUG)\nloop.run(debug=True)\ntext = 'app.run(debug=True)'\n" },
      ],
    }),
  },
  {
    id: 'sql-grant-all',
    message: 'Grant of all rights on all databases',
    why: 'Anyone who gets into this account controls every database.',
    advice: 'Grant only what the program needs, on its own database, from the hosts it runs on.',
    docs: 'https://cwe.mitre.org/data/definitions/250.html',
    severity: 'low',
    keywords: ['grant all'],
    pattern: /grant all(?: privileges)? on (?:\*\.\*|all tables in schema \w{1,60}) to (?:public\b|[^;\n]{1,80}@["'`]?%)/i,
    languages: ['sql'],
    judge: inCode,
    samples: () => ({
      found: [
        { path: 'a.sql', text: "GRANT ALL PRIVILEGES ON *.* TO 'app'@'%';\n" },
        { path: 'a.sql', text: 'grant all on all tables in schema public to public;\n' },
      ],
      ignored: [{ path: 'a.sql', text: "-- GRANT ALL ON *.* TO 'app'@'%';\nGRANT ALL ON shop.* TO 'app'@'localhost';\n" }],
    }),
  },
  {
    id: 'sql-without-where',
    message: 'Change to every row of a table',
    why: 'Without a condition, every row is changed or deleted.',
    advice: 'Add a condition. To empty the whole table, use TRUNCATE.',
    docs: 'https://dev.mysql.com/doc/refman/en/mysql-tips.html#safe-updates',
    severity: 'low',
    confidence: 'medium',
    isOptIn: true,
    keywords: ['delete from', 'update '],
    pattern: /delete from [\w."`[\]]{1,80}\s{0,3};|update [\w."`[\]]{1,80}\s{1,9}set\s(?:(?!\bwhere\b|\bfrom\b|\bjoin\b)[^;]){1,400};/i,
    languages: ['sql'],
    judge: inProgram(({ facts, path, match }, before) => /^\s*$/.test(before) && kindAt(facts, match.index, path) === 'code'),
    samples: () => ({
      found: [
        { path: 'a.sql', text: 'DELETE FROM users;\n' },
        { path: 'a.sql', text: 'update users\nset active = false;\n' },
      ],
      ignored: [{ path: 'a.sql', text: '-- DELETE FROM users;\nDELETE FROM users WHERE id = 1;\nupdate users set a = 1 where id = 2;\n' }],
    }),
  },
]);
