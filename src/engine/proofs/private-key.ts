/** What the text between two armour lines turned out to be. */
export interface PrivateKeyFacts {
  readonly isEncrypted: boolean;
  /** Does the body hold what its label says (DER, OpenSSH's or PGP's own form)? False also for a cut or damaged key. */
  readonly isWellFormed: boolean;
}

/** `Proc-Type: 4,ENCRYPTED`, `Version: GnuPG v2`. */
const HEADER = /^[ \t]*[A-Za-z][\w-]{1,30}: [^\n]{0,200}$/gm;
/** Ed25519 in PKCS#8, the smallest that is in use, has 48 bytes. */
const LEAST_BYTES = 40;
const OPENSSH_MAGIC = Buffer.from('openssh-key-v1\0', 'latin1');

/**
 * Reads the body of an armoured private key (RFC 7468, OpenSSH, OpenPGP). It may stand in a string literal with `\n`, in several joined
 * literals, in a comment, or quoted.
 *
 * @param label the words of the armour: `RSA PRIVATE KEY`
 * @returns null where there is no key: no body, `...`, a template
 */
export function readPrivateKey(label: string, body: string): PrivateKeyFacts | null {
  const plain = body
    .replace(/\\{1,4}[rn]/g, '\n')
    // From one literal's end to the next one's beginning.
    .replace(/["'`][\s+.,&\\()_]{0,200}["'`]/g, '\n')
    .replace(/["'`\\]/g, '\n')
    .replace(/^[ \t]*(?:\/\/|[#*>|])[ \t]+/gm, '');
  const headers = plain.match(HEADER) ?? [];
  const base64 = plain.replace(HEADER, '').replace(/[\s,;]+/g, '');
  // OpenPGP puts a checksum of four characters behind an `=`.
  const text = /^([A-Za-z\d+/]+={0,2}?)(?:=[A-Za-z\d+/]{4})?$/.exec(base64)?.[1];
  if (text === undefined || new Set(text).size < 20) return null;
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length < LEAST_BYTES) return null;
  const isOldEncryption = headers.some((header) => header.includes('ENCRYPTED'));
  const isEncrypted = isOldEncryption || label.includes('ENCRYPTED');

  if (label.includes('OPENSSH')) return readOpenSsh(bytes);
  if (label.includes('PGP')) return { isEncrypted, isWellFormed: isSecretKeyPacket(bytes[0]!) };
  // A key encrypted the old way (`Proc-Type`) has no structure to see.
  return { isEncrypted, isWellFormed: isOldEncryption || isDerSequence(bytes) };
}

/** Magic, then length-prefixed names of cipher and key derivation; `none` where there is no passphrase. */
function readOpenSsh(bytes: Buffer): PrivateKeyFacts {
  const start = OPENSSH_MAGIC.length;
  if (!bytes.subarray(0, start).equals(OPENSSH_MAGIC)) return { isEncrypted: false, isWellFormed: false };
  const cipher = bytes.toString('latin1', start + 4, start + 4 + bytes.readUInt32BE(start));
  return { isEncrypted: cipher !== 'none', isWellFormed: true };
}

/** Tag 5 (secret key) or 7 (secret subkey), in the old or the new form of a packet's header. */
function isSecretKeyPacket(head: number): boolean {
  if ((head & 0x80) === 0) return false;
  const tag = (head & 0x40) === 0 ? (head >> 2) & 15 : head & 63;
  return tag === 5 || tag === 7;
}

/** One SEQUENCE whose length is that of the rest. */
function isDerSequence(bytes: Buffer): boolean {
  if (bytes[0] !== 0x30) return false;
  const first = bytes[1]!;
  if (first < 0x80) return bytes.length === 2 + first;
  const size = first & 0x7f;
  return size >= 1 && size <= 4 && bytes.length === 2 + size + bytes.readUIntBE(2, size);
}
