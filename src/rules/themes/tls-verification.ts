import { ruleSet } from '../../engine/rule.ts';
import { linesAround } from '../reading/code-line.ts';
import { inCode, inProgram } from '../reading/in-program.ts';

/** A condition on an option of that name: a user who sets it wants no verification. */
const ASKS_FOR_IT =
  /(?:\b(?:if|elsif|elif|when|case|unless)\b|\?\s*$).*(?:insecure|verif|skip|no_?-?check|unsafe|self_?-?signed|allow_?-?invalid|trust_?all|validate_?cert|["'](?:none|allow|prefer|disable))|\b(?:def|func|function) \w*(?:no_?verify|unverified|insecure)/i;

/** False if the setting is compared, named, chosen by another setting, or about client certificates. */
const turnsOff = inProgram((candidate, before) => {
  const { text, match } = candidate;
  if (/(?:[!=]=|\bwhen|VERIFY_PEER\s{0,3}:)\s*[\w:]*$|client\w*['"]?\s*(?:=>|[:=])\s*[\w:]*$/i.test(before)) return false;
  const end = match.index + match[0].length;
  // A table of constants and their names.
  if (match[0] === 'VERIFY_NONE' && /\w\.\w+:\s[\w.]*$/.test(before)) return false;
  // Python code has the constant in tables, defaults and imports.
  if (match[0] === 'CERT_NONE') {
    if (!/(?:verify_mode|cert_reqs)["']?\s?[=:]\s?[\w.]*$/.test(before) || /^ if\b/.test(text.slice(end, end + 4))) return false;
  }
  if (match[0].endsWith('_NONE') && /^\s*(?:=[^=>]|:)/.test(text.slice(end, end + 8))) return false;
  if (inCode(candidate) === false) return false;
  return !linesAround(text, match.index).some((line) => ASKS_FOR_IT.test(line));
});

/** Certificates that a program does not verify. */
export const tlsVerification = ruleSet({ category: 'risk', severity: 'medium', confidence: 'medium' }, () => [
  {
    id: 'tls-verification-off',
    message: 'TLS certificate verification turned off',
    skipsGenerated: true,
    why: 'Anyone on the network path can read and change the traffic.',
    advice: 'Trust the certificate authority instead: pass its certificate to the client.',
    docs: 'https://cwe.mitre.org/data/definitions/295.html',
    keywords: (
      'rejectUnauthorized,NODE_TLS_REJECT_UNAUTHORIZED,verify=False,verify = False,verify_ssl=False,InsecureSkipVerify,' +
      '_create_unverified_context,CERT_NONE,CURLOPT_SSL_VERIFYPEER,"verify_peer,\'verify_peer,VERIFY_NONE,danger_accept_invalid_,' +
      'DangerousAcceptAnyServerCertificateValidator,ServerCertificateCustomValidationCallback,ServerCertificateValidationCallback,' +
      'NoopHostnameVerifier,TrustAllStrategy,InsecureTrustManagerFactory,ALLOW_ALL_HOSTNAME_VERIFIER'
    ).split(','),
    pattern:
      /(?:rejectUnauthorized["']?\s{0,5}[:=]\s{0,5}false\b|NODE_TLS_REJECT_UNAUTHORIZED["'\]]{0,2}\s{0,5}[:=]\s{0,5}["']?0\b|verify ?= ?False\b|verify_ssl=False\b|CERT_NONE\b|["']verify_peer["']\s{0,3}=>\s{0,3}false\b|Server\w{11,17}ValidationCallback\s{0,3}\+?=\s{0,3}(?:delegate\s{0,3}\{\s{0,3}return true|(?:\([^()\n]{0,80}\)|\w{1,20})\s{0,3}=>\s{0,3}(?:true\b|\{\s{0,9}return true))|(?:NoopHostnameVerifier|TrustAllStrategy|InsecureTrustManagerFactory)\.INSTANCE\b|ALLOW_ALL_HOSTNAME_VERIFIER\b|InsecureSkipVerify\s{0,3}[:=]{1,2}\s{0,5}true\b|_create_unverified_context\b|CURLOPT_SSL_VERIFYPEER\s{0,3}(?:,|=>)\s{0,3}(?:false|0)\b|VERIFY_NONE\b|danger_accept_invalid_(?:certs|hostnames)\(true\)|DangerousAcceptAnyServerCertificateValidator\b)/,
    languages: ['javascript', 'python', 'ruby', 'php', 'go', 'rust', 'java', 'csharp', 'shell'],
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
        { path: 'a.py', text: 'context.verify_mode = ssl.CERT_NONE\n' },
        { path: 'a.php', text: "$context = ['ssl' => ['verify_peer' => false]];\n" },
        { path: 'A.cs', text: 'handler.ServerCertificateCustomValidationCallback = (message, cert, chain, errors) => true;\n' },
        { path: 'A.java', text: '    .setSSLHostnameVerifier(NoopHostnameVerifier.INSTANCE)\n' },
        { path: 'a.js', text: 'if (secure) {\n  options.rejectUnauthorized = false;\n}\n' },
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
        { path: 'a.py', text: 'if args.insecure:\n    context.verify_mode = ssl.CERT_NONE\n' },
        {
          path: 'a.py',
          text: "from ssl import CERT_NONE\nMODES = { 'none': CERT_NONE }\nverify_mode = CERT_NONE if invalid else CERT_REQUIRED\n",
        },
        { path: 'a.py', text: 'if not request.validate_cert:\n    context.verify_mode = ssl.CERT_NONE\n' },
        { path: 'a.py', text: 'def make_unverified_context(self):\n    context.verify_mode = ssl.CERT_NONE\n' },
        { path: 'a.py', text: 'MODES = {\n    ssl.CERT_NONE: SSL.VERIFY_NONE,\n}\n' },
        { path: 'a.py', text: 'def f():\n    """\n    requests.get(url, verify=False)\n    """\n' },
        { path: 'a.go', text: '\tif t.Insecure {\n\t\tconfig.InsecureSkipVerify = true\n\t}\n' },
        { path: 'a.js', text: "switch (mode) {\n  case 'no-verify':\n    return { rejectUnauthorized: false };\n}\n" },
        { path: 'a.rb', text: 'mode = if verify\n  VERIFY_PEER\nelse\n  VERIFY_NONE\nend\n' },
        { path: 'A.java', text: 'import org.apache.http.conn.ssl.NoopHostnameVerifier;\n' },
      ],
    }),
  },
]);
