/**
 * The keyword gate: finds every place where one of the keywords stands, in one pass over the bytes.
 *
 * A hash of the last four bytes (case folded) rolls along; a 64 Ki table says which hashes end a window of some keyword.
 * Each byte costs one multiplication-free step and one look-up, no keyword costs start-up time, and 450 keywords
 * cost as much as one. A hit in the table is then compared byte by byte.
 */

/** A keyword and what its owner wants to know it by. */
export interface Keyword {
  /** ASCII, at least three characters. */
  readonly literal: string;
  readonly ignoreCase: boolean;
  /** Handed to `onHit`. */
  readonly owner: number;
}

export interface Gate {
  /** Calls `onHit(owner, start)` in order of the window's end, for each occurrence of each keyword. */
  readonly scan: (bytes: Uint8Array, onHit: (owner: number, start: number) => void) => void;
}

interface Entry {
  /** Bytes as written, or in lower case where case is ignored. */
  readonly bytes: Uint8Array;
  readonly ignoreCase: boolean;
  readonly owner: number;
  /** Offset of the window's last byte in the keyword. */
  readonly windowEnd: number;
}

const WINDOW = 4;
const TABLE_SIZE = 1 << 16;
const MASK = TABLE_SIZE - 1;

/** A 16-bit number for each byte, the same for both cases of a letter. Any fixed scatter does. */
const SCATTER = buildScatter();

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

/**
 * @throws RangeError for a keyword shorter than three characters or not ASCII
 */
export function createGate(keywords: readonly Keyword[]): Gate {
  const table = new Uint16Array(TABLE_SIZE);
  const buckets: Entry[][] = [[]];

  const register = (hash: number, entry: Entry): void => {
    const known = table[hash]!;
    if (known !== 0) {
      buckets[known]!.push(entry);
      return;
    }
    table[hash] = buckets.length;
    buckets.push([entry]);
  };

  for (const { literal, ignoreCase, owner } of keywords) {
    const bytes = bytesOf(ignoreCase ? literal.toLowerCase() : literal);
    const windowEnd = rarestWindowEnd(bytes);
    const entry: Entry = { bytes, ignoreCase, owner, windowEnd };
    for (const hash of windowHashes(bytes, windowEnd)) register(hash, entry);
  }

  return {
    scan(bytes, onHit) {
      const scatter = SCATTER;
      const length = bytes.length;
      let hash = 0;
      for (let at = 0; at < length; at++) {
        hash = ((hash << 4) ^ scatter[bytes[at]!]!) & MASK;
        const bucket = table[hash]!;
        if (bucket === 0) continue;
        for (const entry of buckets[bucket]!) {
          const start = at - entry.windowEnd;
          if (standsAt(bytes, start, entry)) onHit(entry.owner, start);
        }
      }
    },
  };
}

function standsAt(bytes: Uint8Array, start: number, { bytes: wanted, ignoreCase }: Entry): boolean {
  if (start < 0 || start + wanted.length > bytes.length) return false;
  for (let i = 0; i < wanted.length; i++) {
    let byte = bytes[start + i]!;
    if (ignoreCase && byte >= 0x41 && byte <= 0x5a) byte += 32;
    if (byte !== wanted[i]) return false;
  }
  return true;
}

/**
 * The hash after reading a window. A byte leaves the hash after four steps, and of the fourth from the end only four bits
 * are left: a keyword of three bytes is registered under all sixteen.
 */
function windowHashes(bytes: Uint8Array, windowEnd: number): number[] {
  const first = Math.max(0, windowEnd - WINDOW + 1);
  let hash = 0;
  for (let i = first; i <= windowEnd; i++) hash = ((hash << 4) ^ SCATTER[bytes[i]!]!) & MASK;
  if (windowEnd - first + 1 === WINDOW) return [hash];
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
