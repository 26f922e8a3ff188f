/** How the bytes of a blob were decoded. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'utf-32le' | 'utf-32be';

/** A blob prepared for the engine. */
export interface DecodedText {
  /** The bytes to scan: those of the blob, or its text in UTF-8 if it is UTF-16 or UTF-32. */
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

/** A way to read a blob. */
export interface View extends DecodedText {
  /** Scan it for secrets alone: another view shows the text as people see it. */
  readonly isExtra: boolean;
}

/**
 * All ways to read a blob. Decoding adds a view and never replaces the bytes: a byte-order mark before ASCII, or one program's UTF-16 behind
 * another one's ASCII, must hide nothing.
 */
export function viewsOf(blob: Buffer): readonly View[] {
  const text = decodeText(blob);
  const views: View[] = [{ ...text, isExtra: false }];
  if (text.bytes !== blob) views.push({ bytes: blob, encoding: 'utf-8', hasGitLines: true, isExtra: true });
  const narrow = narrowed(blob);
  if (narrow !== null) views.push({ bytes: narrow, encoding: 'utf-8', hasGitLines: true, isExtra: true });
  return views;
}

/** Printable ASCII in UTF-16 or UTF-32, in either byte order, at any offset. Shorter runs occur in binary data by chance. */
const WIDE = new RegExp(
  ['%\\0\\0\\0', '\\0\\0\\0%', '%\\0', '\\0%'].map((wide) => `(?:${wide.replace('%', '[\\t\\n\\r -~]')}){8,}`).join('|'),
  'g',
);

/** The blob with its wide ASCII in one byte a character. All LF bytes stay, so lines are git's. Null if there is none. */
function narrowed(blob: Buffer): Buffer | null {
  if (!blob.includes(0)) return null;
  const text = blob.toString('latin1');
  const narrow = text.replaceAll(WIDE, (wide) => wide.replaceAll('\0', ''));
  return narrow === text ? null : Buffer.from(narrow, 'latin1');
}

/**
 * Detects UTF-32 by its byte-order mark, and UTF-16 by its byte-order mark or by its pattern of NUL bytes; everything else is scanned byte for byte
 * (UTF-8, Latin-1, text with NUL bytes and binary data alike).
 */
export function decodeText(blob: Buffer): DecodedText {
  const encoding = detectEncoding(blob);
  if (encoding === 'utf-8') return { bytes: blob, encoding, hasGitLines: true };

  if (encoding === 'utf-32le' || encoding === 'utf-32be') return decodeUtf32(blob, encoding);
  const even = blob.subarray(0, blob.length - (blob.length % 2));
  const littleEndian = encoding === 'utf-16le' ? even : Buffer.from(even).swap16();
  const bytes = Buffer.from(littleEndian.toString('utf16le'), 'utf8');
  return { bytes, encoding, hasGitLines: countByte(blob, 0x0a) === countByte(bytes, 0x0a) };
}

function decodeUtf32(blob: Buffer, encoding: 'utf-32le' | 'utf-32be'): DecodedText {
  let text = '';
  for (let at = 0; at + 4 <= blob.length; at += 4) {
    const code = encoding === 'utf-32le' ? blob.readUInt32LE(at) : blob.readUInt32BE(at);
    text += code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
  }
  const bytes = Buffer.from(text);
  return { bytes, encoding, hasGitLines: countByte(blob, 0x0a) === countByte(bytes, 0x0a) };
}

function detectEncoding(blob: Buffer): Encoding {
  if (blob.length < 2) return 'utf-8';
  if (blob.length >= 4 && blob.readUInt32LE(0) === 0xfeff) return 'utf-32le';
  if (blob.length >= 4 && blob.readUInt32BE(0) === 0xfeff) return 'utf-32be';
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
