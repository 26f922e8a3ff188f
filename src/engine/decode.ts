/** How a blob's bytes were read as text. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/** A blob made ready for the engine. */
export interface DecodedText {
  /** The bytes to scan: the blob's own, or for UTF-16 its text in UTF-8. */
  readonly bytes: Buffer;
  readonly encoding: Encoding;
  /**
   * Do line numbers counted by LF bytes in the blob (git's way) hold for `bytes` too? False for UTF-16 text
   * with a character whose code holds the byte 0x0A.
   */
  readonly hasGitLines: boolean;
}

/** How much of a blob without a byte-order mark is looked at to tell UTF-16 from other bytes. */
const PROBE_BYTES = 4096;

/**
 * Reads UTF-16 by its byte-order mark or by its pattern of NUL bytes; everything else is scanned as it is, byte for byte
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
  // Latin text in UTF-16 has a NUL in nearly every other place and none in between.
  const half = probe.length / 2;
  if (oddNuls > half * 0.7 && evenNuls < half * 0.05) return 'utf-16le';
  if (evenNuls > half * 0.7 && oddNuls < half * 0.05) return 'utf-16be';
  return 'utf-8';
}

/** How often a byte stands in a buffer. */
export function countByte(bytes: Uint8Array, byte: number): number {
  let count = 0;
  for (let at = bytes.indexOf(byte); at !== -1; at = bytes.indexOf(byte, at + 1)) count++;
  return count;
}
