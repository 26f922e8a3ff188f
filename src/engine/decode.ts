/** How the bytes of a blob were decoded. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/** A blob prepared for the engine. */
export interface DecodedText {
  /** The bytes to scan: those of the blob, or its text in UTF-8 if it is UTF-16. */
  readonly bytes: Buffer;
  readonly encoding: Encoding;
  /**
   * Are line numbers in `bytes` the same as in git, which counts LF bytes in the blob? False for UTF-16 text
   * with a character whose code contains the byte 0x0A.
   */
  readonly hasGitLines: boolean;
}

/** How many bytes of a blob without a byte-order mark decide whether it is UTF-16. */
const PROBE_BYTES = 4096;

/**
 * Detects UTF-16 by its byte-order mark or by its pattern of NUL bytes; everything else is scanned byte for byte
 * (UTF-8, Latin-1, text with NUL bytes and binary data alike).
 */
export function decodeText(blob: Buffer): DecodedText {
  const encoding = detectEncoding(blob);
  if (encoding === 'utf-8') return { bytes: blob, encoding, hasGitLines: true };

  const even = blob.subarray(0, blob.length - (blob.length % 2));
  const littleEndian = encoding === 'utf-16le' ? even : Buffer.from(even).swap16();
  const bytes = Buffer.from(littleEndian.toString('utf16le'), 'utf8');
  return { bytes, encoding, hasGitLines: countByte(blob, 0x0a) === countByte(bytes, 0x0a) };
}

function detectEncoding(blob: Buffer): Encoding {
  if (blob.length < 2) return 'utf-8';
  if (blob[0] === 0xff && blob[1] === 0xfe) return 'utf-16le';
  if (blob[0] === 0xfe && blob[1] === 0xff) return 'utf-16be';

  const probe = blob.subarray(0, PROBE_BYTES);
  if (!probe.includes(0)) return 'utf-8';
  let evenNuls = 0;
  let oddNuls = 0;
  for (let i = 0; i < probe.length; i++) {
    if (probe[i] !== 0) continue;
    if (i % 2 === 0) evenNuls++;
    else oddNuls++;
  }
  // Latin text in UTF-16 has a NUL as nearly every other byte, and no NUL in between.
  const half = probe.length / 2;
  if (oddNuls > half * 0.7 && evenNuls < half * 0.05) return 'utf-16le';
  if (evenNuls > half * 0.7 && oddNuls < half * 0.05) return 'utf-16be';
  return 'utf-8';
}

/** How often a byte occurs in a buffer. */
export function countByte(bytes: Uint8Array, byte: number): number {
  let count = 0;
  for (let at = bytes.indexOf(byte); at !== -1; at = bytes.indexOf(byte, at + 1)) count++;
  return count;
}
