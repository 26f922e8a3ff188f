import { decodeValue } from '../../engine/encoded.ts';
import { harmlessReason, isCommonPassword } from '../../engine/plausibility.ts';
import { surpriseOf } from '../../engine/surprise.ts';
import { isTestPath } from '../../engine/test-path.ts';
import { ruleSet, type Candidate, type Judgement } from '../../engine/rule.ts';
import { alnum, base64 } from '../drafting/sample.ts';

/** How JSON, PEM armour (also encoded twice), manifests, URLs and well-known tokens begin in base64. */
const HEADS = (
  'eyJ ewog ewoJ ew0K LS0t YXBpVmVyc2lvbj aHR0cHM6Ly cG9zdGdyZX bW9uZ29kYi bXlzcWw6 cmVkaXM6Ly Z2hwX Z2l0aHViX3BhdF Z2xwYXQt QUtJQ eG94Y eG94c ' +
  'TFMwdExT WlhsS Ci0tLS0t c2tfbGl2ZV c2stYW50 c2stcHJvai QUl6Y bnBtX'
).split(' ');
/** Calls and commands that decode, up to the value. */
const DECODERS = [
  String.raw`base64[\w.]{0,30}(?:\s{1,3}(?:-d|-D|--decode)\s{0,3}(?:<<<\s{0,3})?)?["'${'`'}(\s,:]{1,5}`,
  String.raw`(?:atob|b64decode|decode64)\(\s{0,10}["'${'`'}]`,
  String.raw`Buffer\.from\(\s{0,10}["'${'`'}]`,
  String.raw`echo (?:-[en] )?["']?(?=[A-Za-z\d+/]{20,4000}={0,2}["']?\s{0,3}\|\s{0,3}base64)`,
];

/** Other rules scan the decoded text for secrets; this one judges the decoded text as a whole. */
function judge({ path, secret, match }: Candidate): Judgement {
  // A JSON member named `base64`: databases write binary data this way.
  if (/^base64["']\s*:/.test(match[0])) return false;
  const decoded = match[0] === secret ? null : decodeValue(secret);
  const [, password, token] = /^(?:[^\s:]{1,64}:(\S{5,100})|([\w.+/=-]{16,200}))\s*$/.exec(decoded?.toString('latin1') ?? '') ?? [];
  const value = password ?? token ?? '';
  const { bits, perChar } = surpriseOf(value);
  if (bits < (password === undefined ? 70 : 22) || perChar < 3 || !/\d/.test(value)) return false;
  if (harmlessReason(value) !== null || isCommonPassword(value)) return false;
  return { severity: isTestPath(path) ? 'low' : 'medium', evidence: 'base64 is not encryption' };
}

export const encodedSecrets = ruleSet(
  {
    severity: 'medium',
    confidence: 'low',
    why: 'Base64 is not encryption: anyone who reads the value can decode it.',
    docs: 'https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html',
  },
  () => [
    {
      id: 'encoded-secret',
      message: 'Secret in base64',
      keywords: ['base64', 'atob(', 'b64decode(', 'decode64(', 'Buffer.from(', 'echo ', ...HEADS],
      pattern: new RegExp(
        String.raw`(?:${DECODERS.join('|')}|(?<![\w+/.-])(?=${HEADS.join('|')}))(?<secret>[A-Za-z\d+/_-]{20,90000}={0,2})`,
      ),
      boundary: 'none',
      isGeneric: true,
      skipsGenerated: true,
      decodes: true,
      judge,
      samples: () => {
        const login = Buffer.from(`deploy:${alnum(14)}`).toString('base64');
        const token = Buffer.from(alnum(32)).toString('base64');
        return {
          found: [
            `echo "${login}" | base64 -d`,
            `echo ${token} | base64 --decode > key`,
            `base64 -d <<< "${login}"`,
            { path: 'a.py', text: `b64decode("${token}")` },
            { path: 'a.js', text: `atob('${login}')` },
            { path: 'a.js', text: `Buffer.from('${token}', 'base64')` },
            { path: 'a.php', text: `base64_decode('${login}')` },
            { path: 'a.rb', text: `Base64.decode64("${token}")` },
          ],
          ignored: [
            `VALUE=${login}`,
            `echo "${Buffer.from('user:password').toString('base64')}" | base64 -d`,
            `echo "${Buffer.from('a message for the whole world').toString('base64')}" | base64 -d`,
            `{ "$binary": { "base64": "${token}" } }`,
            `url(data:image/png;base64,${base64(200)})`,
            { path: 'a.js', text: `Buffer.from('${base64(48)}', 'base64')` },
            { path: 'a.js', text: `atob(value); Buffer.from(text, 'base64')` },
          ],
        };
      },
    },
  ],
);
