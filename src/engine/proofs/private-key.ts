/** What the text between two lines of armour contains. */
export interface PrivateKeyFacts {
  readonly isEncrypted: boolean;
  /** Does the body match its label (DER, OpenSSH or PGP format)? False also for a truncated or damaged key. */
  readonly isWellFormed: boolean;
}

/** `Proc-Type: 4,ENCRYPTED`, `Version: GnuPG v2`. */
const HEADER = /^[ \t]*[A-Za-z][\w-]{1,30}: [^\n]{0,200}$/gm;
/** The smallest key in use, Ed25519 in PKCS#8, has 48 bytes. */
const LEAST_BYTES = 40;
const OPENSSH_MAGIC = Buffer.from('openssh-key-v1\0', 'latin1');

/**
 * Reads the body of a private key with armour (RFC 7468, OpenSSH, OpenPGP). It may be in a string literal with `\n`, in several joined
 * literals, in a comment, or quoted.
 *
 * @param label the words of the armour: `RSA PRIVATE KEY`
 * @returns null if there is no key: no body, `...`, a template
 */
export function readPrivateKey(label: string, body: string): PrivateKeyFacts | null {
  const plain = withoutWrapping(body);
  const headers = plain.match(HEADER) ?? [];
  const base64 = plain.replace(HEADER, '').replace(/[\s,;]+/g, '');
  // OpenPGP adds a checksum of four characters after an `=`.
  const text = /^([A-Za-z\d+/]+={0,2}?)(?:=[A-Za-z\d+/]{4})?$/.exec(base64)?.[1];
  if (text === undefined || new Set(text).size < 20) return null;
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length < LEAST_BYTES) return null;
  const isOldEncryption = headers.some((header) => header.includes('ENCRYPTED'));
  const isEncrypted = isOldEncryption || label.includes('ENCRYPTED');

  if (label.includes('OPENSSH')) return readOpenSsh(bytes);
  if (label.includes('PGP')) return { isEncrypted: isEncrypted || hasPassphrase(bytes), isWellFormed: isSecretKeyPacket(bytes[0]!) };
  // The structure of a key in the old encryption format (`Proc-Type`) is not visible.
  return { isEncrypted, isWellFormed: isOldEncryption || isDerSequence(bytes) };
}

/** Line ends in code, markup, JSON and URLs; the joints of literals; the prefix of each line in a comment, a quotation or a diff. */
function withoutWrapping(body: string): string {
  const isInUrl = /%0[AaDd]/.test(body);
  const plain = (isInUrl ? body.replace(/%([\dA-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))) : body)
    .replace(/\\{1,4}(?:[rn]|u000[aAdD])|&#(?:10|13|x[AaDd]);|<br ?\/?>/g, '\n')
    .replace(/^[ \t]*(?:echo|printf)[ \t]+(?=["'])|(?<=["'])[ \t]*>{1,2}[ \t]*\S+[ \t]*$/gm, '')
    // From the end of one literal to the beginning of the next.
    .replace(/["'`][\s+.,&\\()_]{0,200}["'`]/g, '\n')
    .replace(/["'`\\]/g, '\n')
    .replace(/^[ \t]*(?:\/\/|[#*>|])[ \t]+/gm, '');
  const lines = plain.split('\n').filter((line) => line.trim() !== '');
  const mark = lines[0]?.[0];
  // Base64 may begin with a plus, but not on every line.
  const isDiff = (mark === '+' || mark === '-') && lines.length > 2 && lines.every((line) => line.startsWith(mark));
  return isDiff ? lines.map((line) => line.slice(1)).join('\n') : plain;
}

/** Magic, then the length-prefixed names of cipher and key derivation; `none` without a passphrase. */
function readOpenSsh(bytes: Buffer): PrivateKeyFacts {
  const start = OPENSSH_MAGIC.length;
  if (!bytes.subarray(0, start).equals(OPENSSH_MAGIC)) return { isEncrypted: false, isWellFormed: false };
  const cipher = bytes.toString('latin1', start + 4, start + 4 + bytes.readUInt32BE(start));
  return { isEncrypted: cipher !== 'none', isWellFormed: true };
}

/** Tag 5 (secret key) or 7 (secret subkey), in the old or new packet header format. */
function isSecretKeyPacket(head: number): boolean {
  if ((head & 0x80) === 0) return false;
  const tag = (head & 0x40) === 0 ? (head >> 2) & 15 : head & 63;
  return tag === 5 || tag === 7;
}

/** Numbers of public key parts by algorithm (RFC 4880, 9.1): RSA, Elgamal, DSA. */
const PUBLIC_NUMBERS: Readonly<Record<number, number>> = { 1: 2, 2: 2, 3: 2, 16: 3, 17: 4 };
/** ECDH, ECDSA, EdDSA: the name of a curve, then one number. */
const CURVES = new Set([18, 19, 22]);
const ECDH = 18;

/** Does a passphrase protect a secret key packet of version 4? Without one, the octet after the public part is 0. */
function hasPassphrase(bytes: Buffer): boolean {
  const head = bytes[0]!;
  const isOld = (head & 0x40) === 0;
  const first = bytes[1] ?? 0;
  const size = isOld ? 1 << (head & 3) : first < 192 ? 1 : first < 224 ? 2 : 5;
  let at = 1 + size;
  if (bytes[at] !== 4) return false;
  const algorithm = bytes[at + 5] ?? 0;
  at += 6;
  let numbers = PUBLIC_NUMBERS[algorithm] ?? 0;
  if (CURVES.has(algorithm)) {
    at += 1 + (bytes[at] ?? 0);
    numbers = 1;
  }
  if (numbers === 0) return false;
  for (; numbers > 0 && at + 1 < bytes.length; numbers--) at += 2 + Math.ceil(bytes.readUInt16BE(at) / 8);
  if (algorithm === ECDH) at += 1 + (bytes[at] ?? 0);
  return at < bytes.length && bytes[at] !== 0;
}

/** What a base64 text without armour contains: a private key, a key with a passphrase, or a keystore. */
export type BareKey = 'key' | 'encrypted key' | 'key store';

const OID_PBES2 = Buffer.from('06092a864886f70d01050d', 'hex');

/**
 * Reads a private key in DER (PKCS#1, PKCS#8, SEC 1) or a keystore (PKCS#12, JKS).
 *
 * @returns null if the bytes are something else: a public key, a certificate
 */
export function readBareKey(bytes: Buffer): BareKey | null {
  if (bytes.length < LEAST_BYTES) return null;
  if (bytes.readUInt32BE(0) === 0xfeedfeed || bytes.readUInt32BE(0) === 0xcececece) return 'key store';
  if (!isDerSequence(bytes)) return null;
  const content = bytes.subarray(bytes[1]! < 0x80 ? 2 : 2 + (bytes[1]! & 0x7f));
  // A version, then a number (PKCS#1), a sequence (PKCS#8) or an octet string (SEC 1).
  if (content[0] === 0x02 && content[1] === 1) {
    const [version, next] = [content[2]!, content[3]!];
    if (version === 3 && next === 0x30) return 'key store';
    const isKey =
      version === 0 ? next === 0x30 || (next === 0x02 && content.length > 100) : version === 1 && (next === 0x04 || next === 0x30);
    return isKey ? 'key' : null;
  }
  return content[0] === 0x30 && content.subarray(0, 24).includes(OID_PBES2) ? 'encrypted key' : null;
}

/** One SEQUENCE that extends exactly to the end. */
function isDerSequence(bytes: Buffer): boolean {
  if (bytes[0] !== 0x30) return false;
  const first = bytes[1]!;
  if (first < 0x80) return bytes.length === 2 + first;
  const size = first & 0x7f;
  return size >= 1 && size <= 4 && bytes.length === 2 + size + bytes.readUIntBE(2, size);
}
