import { encodeBech32, proveBech32 } from '../../engine/proofs/bech32.ts';
import { readBareKey, readPrivateKey } from '../../engine/proofs/private-key.ts';
import { isTestPath } from '../../engine/test-path.ts';
import { ruleSet, type Candidate, type Judgement } from '../../engine/rule.ts';
import { base64, bytes } from '../drafting/sample.ts';

/** The words between `-----BEGIN ` and `-----`. */
const LABEL = String.raw`(?:[A-Z\d]{2,12}(?: |%20|\+)){0,3}PRIVATE(?: |%20|\+)KEY(?:(?: |%20|\+)BLOCK)?`;
/** Everything up to the next line of armour. */
const BODY = String.raw`(?:[^-]|-(?!----)){0,30000}`;
/** A truncated key: one line of its body, and the lines that follow. */
const CUT_BODY = String.raw`(?:\s|\\{1,2}[rn]){1,4}[A-Za-z\d+/]{60,76}(?:(?:\s|\\{1,2}[rn]){1,4}[A-Za-z\d+/]{1,76}={0,2}){0,500}`;
/** Base64 on one line or on several. */
const BASE64_LINES = String.raw`[A-Za-z\d+/]{30,20000}(?:(?:\s|\\[rn]){1,20}[A-Za-z\d+/]{4,80}){0,200}`;
const PUTTY = String.raw`PuTTY-User-Key-File-[23]: [\w-]{3,40}\s{1,2}Encryption: (?<cipher>[\w-]{3,20})[^\0]{1,4000}?Private-Lines: \d{1,3}(?<lines>(?:\s{1,2}[A-Za-z\d+/]{1,64}={0,2}){1,200})`;

function judge({ match }: Candidate): Judgement {
  const { label, body, cut, cipher, lines } = match.groups!;
  if (lines !== undefined) return lines.replaceAll(/\s/g, '').length >= 40 && severityOf(cipher !== 'none');
  const facts = readPrivateKey(label!, body ?? cut!);
  if (facts === null) return false;
  if (!facts.isWellFormed) return { confidence: 'medium', evidence: 'truncated or damaged body' };
  return severityOf(facts.isEncrypted);
}

function severityOf(isEncrypted: boolean): Judgement {
  if (!isEncrypted) return { evidence: 'valid structure' };
  return { severity: 'info', message: 'Private key encrypted with a passphrase', evidence: 'protected by its passphrase' };
}

/** Base64 of a key with or without armour. */
function judgeBase64({ text, secret, path, start }: Candidate): Judgement {
  // The body of an armoured key.
  if (/-----(?:\s|\\[rn]){0,8}$/.test(text.slice(Math.max(0, start - 16), start))) return false;
  const bytes = Buffer.from(secret.replace(/\\[rn]/g, ''), 'base64');
  const [, label, body] =
    /^-----BEGIN ([A-Z\d ]{0,40}PRIVATE KEY(?: BLOCK)?)-----((?:[^-]|-(?!----))+)/.exec(bytes.toString('latin1')) ?? [];
  if (label !== undefined && body !== undefined) {
    const facts = readPrivateKey(label, body);
    return facts !== null && (facts.isWellFormed ? severityOf(facts.isEncrypted) : { confidence: 'medium' });
  }
  const kind = readBareKey(bytes);
  if (kind === null) return false;
  if (kind === 'key store') {
    return {
      severity: isTestPath(path) ? 'low' : 'medium',
      message: 'Keystore in base64',
      evidence: 'protected by its password',
    };
  }
  return severityOf(kind === 'encrypted key');
}

function armour(label: string, body: string, newline = '\n'): string {
  return [`-----BEGIN ${label}-----`, ...(body.match(/.{1,64}/g) ?? []), `-----END ${label}-----`].join(newline);
}

/** A DER sequence of random-looking bytes. */
function der(length: number): string {
  return Buffer.concat([Buffer.of(0x30, 0x82, length >> 8, length & 255), bytes(length)]).toString('base64');
}

/** Length-prefixed names and options, then one key. */
function openSsh(cipher: string): string {
  const field = (content: Buffer | string): Buffer => Buffer.concat([Buffer.of(0, 0, 0, content.length), Buffer.from(content)]);
  const kdf = cipher === 'none' ? [field('none'), field('')] : [field('bcrypt'), field(bytes(24))];
  const publicKey = field(Buffer.concat([field('ssh-ed25519'), field(bytes(32))]));
  return Buffer.concat([
    Buffer.from('openssh-key-v1\0'),
    field(cipher),
    ...kdf,
    Buffer.of(0, 0, 0, 1),
    publicKey,
    field(bytes(144)),
  ]).toString('base64');
}

const KEY = ['PRIVATE', 'KEY'].join(' ');

export const privateKeys = ruleSet(
  {
    why: 'Anyone who has it can log in, sign or decrypt as its owner.',
    advice: 'Create a new key pair, replace the old public key wherever it is trusted, and keep the private key out of the repository.',
    docs: 'https://cheatsheetseries.owasp.org/cheatsheets/Key_Management_Cheat_Sheet.html',
  },
  () => [
    {
      id: 'private-key',
      message: 'Private key',
      keywords: ['-----BEGIN', 'PuTTY-User-Key-File-'],
      pattern: new RegExp(
        String.raw`-----BEGIN(?: |%20|\+)(?<label>${LABEL})-----(?:(?<body>${BODY})[+-]?-----END(?: |%20|\+)\k<label>-----|(?<cut>${CUT_BODY}))|${PUTTY}`,
      ),
      boundary: 'none',
      judge,
      samples: () => {
        const rsa = armour(`RSA ${KEY}`, der(1190));
        const literals = rsa
          .split('\n')
          .map((line) => `  "${line}\\n"`)
          .join(' +\n');
        const putty = (cipher: string): string =>
          `PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: ${cipher}\nComment: me\nPublic-Lines: 2\n${base64(48)}\n${base64(12)}\nPrivate-Lines: 1\n${base64(36)}\nPrivate-MAC: 0a\n`;
        return {
          found: [
            rsa,
            rsa.replaceAll('\n', '\r\n'),
            armour(KEY, der(1216)),
            armour(KEY, Buffer.concat([Buffer.of(0x30, 46), bytes(46)]).toString('base64')),
            armour(`EC ${KEY}`, der(280)),
            armour(`DSA ${KEY}`, der(440)),
            armour(`OPENSSH ${KEY}`, openSsh('none')),
            armour(`OPENSSH ${KEY}`, openSsh('aes256-ctr')),
            armour(`ENCRYPTED ${KEY}`, der(1300)),
            rsa.replace('-----\n', '-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,0A1B2C3D\n\n'),
            armour(`PGP ${KEY} BLOCK`, Buffer.concat([Buffer.of(0x95), bytes(600)]).toString('base64')).replace(
              '-----\n',
              '-----\nVersion: GnuPG v2\n\n',
            ),
            `{"key": "${armour(KEY, der(1216), '\\n')}\\n"}`,
            `const key =\n${literals};`,
            rsa
              .split('\n')
              .map((line) => `# ${line}`)
              .join('\n'),
            rsa
              .split('\n')
              .map((line) => `            ${line}`)
              .join('\n'),
            // Truncated, so that its length is wrong.
            rsa.split('\n').slice(0, 10).join('\n'),
            putty('none'),
            putty('aes256-cbc'),
          ],
          ignored: [
            `-----BEGIN ${KEY}-----`,
            `-----BEGIN ${KEY}-----\n...\n-----END ${KEY}-----`,
            `-----BEGIN RSA ${KEY}-----\n<your key here>\n-----END RSA ${KEY}-----`,
            `-----BEGIN RSA ${KEY}-----\\n\${process.env.KEY}\\n-----END RSA ${KEY}-----`,
            `if (text.includes('-----BEGIN ${KEY}-----') && text.includes('-----END ${KEY}-----'))`,
            armour(KEY, 'A'.repeat(400)),
            armour(KEY, base64(20)),
            armour('PUBLIC KEY', der(290)),
            armour('CERTIFICATE', der(900)),
            'PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\n',
          ],
        };
      },
    },
    {
      id: 'private-key-base64',
      message: 'Private key in base64',
      // `-----BEGIN `; the first bytes of keys in DER; the magic numbers of Java keystores.
      keywords: ['LS0tLS1CRUdJTi', 'MII', 'MHcCAQEE', 'MIGHAgEA', 'MIGTAgEA', 'MC4CAQAwBQ', '/u3+7Q', 'zs7OzgAA'],
      pattern: new RegExp(String.raw`(?:LS0tLS1CRUdJTi|MII|MHcCAQEE|MIGHAgEA|MIGTAgEA|MC4CAQAwBQ|\/u3\+7Q|zs7OzgAA)${BASE64_LINES}={0,2}`),
      judge: judgeBase64,
      samples: () => {
        const encode = (text: string): string => Buffer.from(text).toString('base64');
        /** DER that begins with these bytes and has the length that it declares. */
        const bare = (head: string, length: number): string =>
          Buffer.concat([Buffer.from(head, 'hex'), bytes(length - head.length / 2)]).toString('base64');
        return {
          found: [
            `client-key-data: ${encode(armour(`RSA ${KEY}`, der(1190)))}\n`,
            `KEY="${encode(armour(`OPENSSH ${KEY}`, openSsh('none')))}"`,
            `KEY: |\n  ${encode(armour(KEY, der(1216)))
              .match(/.{1,76}/g)!
              .join('\n  ')}\n`,
            // PKCS#1, PKCS#8 (P-256, P-384, Ed25519), SEC 1, with a passphrase; PKCS#12, JKS, JCEKS.
            `KEY=${bare('308204a40201000282010100', 1192)}\n`,
            `KEY=${bare('308187020100301306', 138)}\n`,
            `KEY=${bare('308193020100301006', 150)}\n`,
            `KEY=${bare('302e020100300506', 48)}\n`,
            `KEY=${bare('30770201010420', 121)}\n`,
            `KEY=${bare('3082052e305806092a864886f70d01050d', 1330)}\n`,
            `KEYSTORE=${bare('30820900020103308208', 2308)}\n`,
            `KEYSTORE=${bare('feedfeed00000002', 600)}\n`,
            `KEYSTORE=${bare('cececece00000002', 600)}\n`,
          ],
          ignored: [
            `client-certificate-data: ${encode(armour('CERTIFICATE', der(900)))}\n`,
            `KEY=${encode(armour(KEY, 'A'.repeat(400)))}\n`,
            `PUBLIC=${bare('30820122300d06092a864886f70d010101', 294)}\n`,
            `KEY=${bare('308204a40201000282010100', 1100)}\n`,
          ],
        };
      },
    },
    {
      id: 'age-secret-key',
      message: 'age secret key',
      keywords: ['AGE-SECRET-KEY-1'],
      pattern: /AGE-SECRET-KEY-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}/,
      prove: proveBech32,
      docs: 'https://age-encryption.org',
      samples: () => {
        // 52 digits of five bits hold the 256 bits of the key.
        const data = Array.from(bytes(52), (byte) => byte & 31);
        const key = encodeBech32('age-secret-key-', data).toUpperCase();
        const wrong = key.slice(0, -1) + (key.endsWith('Q') ? 'P' : 'Q');
        return {
          found: [`${key}\n`, `AGE_KEY=${key}\n`],
          ignored: [`${key.slice(0, -1)}\n`, `${key.toLowerCase()}\n`, `${key}Q\n`],
          doubtful: [`${wrong}\n`],
        };
      },
    },
  ],
);
