/**
 * A keyword made ready for the gate: four of its bytes, the rarest in ordinary source, and the hash that they end with.
 */
export interface KeywordWindow {
  /** ASCII; in lower case where case is ignored. */
  readonly literal: string;
  readonly ignoreCase: boolean;
  /** Offset of the window's last byte in the keyword. */
  readonly end: number;
  /** The hash after reading the window. */
  readonly hash: number;
}

/** Bytes that the rolling hash remembers. */
const WINDOW = 4;
const MASK = 0xffff;

/** A 16-bit number for each byte, the same for both cases of a letter. Any fixed scatter does. */
export const SCATTER = buildScatter();

function buildScatter(): Uint16Array {
  const scatter = new Uint16Array(256);
  let state = 0x2545f491;
  for (let byte = 0; byte < 256; byte++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    scatter[byte] = state & MASK;
  }
  for (let upper = 0x41; upper <= 0x5a; upper++) scatter[upper] = scatter[upper + 32]!;
  return scatter;
}

/** The hash after one more byte. */
export function rollHash(hash: number, byte: number): number {
  return ((hash << WINDOW) ^ SCATTER[byte]!) & MASK;
}

/**
 * Windows of a rule's keywords.
 *
 * @throws RangeError for a keyword that the gate could never find
 */
export function windowsOf({ keywords, pattern }: { readonly keywords: readonly string[]; readonly pattern: RegExp }): KeywordWindow[] {
  return keywords.map((literal) => windowOf(literal, pattern.ignoreCase));
}

export function windowOf(keyword: string, ignoreCase: boolean): KeywordWindow {
  const literal = ignoreCase ? keyword.toLowerCase() : keyword;
  const bytes = bytesOf(literal);
  const end = rarestWindowEnd(bytes);
  return { literal, ignoreCase, end, hash: hashOf(bytes, end) };
}

function hashOf(bytes: Uint8Array, end: number): number {
  let hash = 0;
  for (let i = Math.max(0, end - WINDOW + 1); i <= end; i++) hash = rollHash(hash, bytes[i]!);
  return hash;
}

/**
 * Every hash that a window may be met with. A byte leaves the hash after four steps, and of the fourth from the end only four bits are left: a
 * keyword of three bytes is met under sixteen.
 */
export function hashesOf({ literal, hash }: KeywordWindow): readonly number[] {
  if (literal.length >= WINDOW) return [hash];
  return Array.from({ length: 16 }, (_, nibble) => hash ^ (nibble << 12));
}

/** @throws RangeError for what the gate could never find */
function bytesOf(literal: string): Uint8Array {
  const bytes = Buffer.from(literal, 'utf8');
  if (bytes.length < 3 || bytes.length !== literal.length) {
    throw new RangeError(`keyword ${JSON.stringify(literal)}: at least three ASCII characters are needed`);
  }
  return bytes;
}

/** Ends the window that ordinary source holds least often, judged by how common its letters are. */
function rarestWindowEnd(bytes: Uint8Array): number {
  let best = Math.min(bytes.length, WINDOW) - 1;
  let score = 0;
  let bestScore = Infinity;
  for (let end = 0; end < bytes.length; end++) {
    score += COMMONNESS[bytes[end]!]! - (end < WINDOW ? 0 : COMMONNESS[bytes[end - WINDOW]!]!);
    if (end >= WINDOW - 1 && score < bestScore) [best, bestScore] = [end, score];
  }
  return best;
}

/** How common each byte is in ordinary source: its place among the letters from the rarest to the commonest, both cases alike. */
const COMMONNESS = buildCommonness('qjzxkvw_ybgpfhmcdulosinrate ');

function buildCommonness(fromRarest: string): Uint8Array {
  const commonness = new Uint8Array(256);
  for (let i = 0; i < fromRarest.length; i++) {
    commonness[fromRarest.charCodeAt(i)] = i;
    commonness[fromRarest[i]!.toUpperCase().charCodeAt(0)] = i;
  }
  return commonness;
}
