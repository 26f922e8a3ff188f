/**
 * Keywords prepared for the gate, as parallel lists, so that the built-in ones fit into one literal. For each keyword, the gate searches
 * for a window of four bytes, the rarest ones in ordinary source, by the hash at its end.
 */
export interface Keywords {
  /** ASCII; in lower case if case is ignored. */
  readonly literals: readonly string[];
  /** 1 or 0. */
  readonly ignoreCase: Numbers;
  /** Offset of the window's last byte in the keyword. */
  readonly ends: Numbers;
  /** Owner of the keyword: the index of its rule. */
  readonly owners: Numbers;
  /** Every hash that a window may have. */
  readonly hashes: Numbers;
  /** Index of the keyword in the lists above, for each hash. */
  readonly places: Numbers;
}

type Numbers = readonly number[] | Uint16Array;

/** Bytes that the rolling hash covers. */
const WINDOW = 4;
const MASK = 0xffff;

/** A 16-bit number for each byte, the same for both cases of a letter. Any fixed scatter works. */
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
function rollHash(hash: number, byte: number): number {
  return ((hash << WINDOW) ^ SCATTER[byte]!) & MASK;
}

/**
 * Keywords of each owner → the gate's lists.
 *
 * @throws RangeError for a keyword that the gate could never find
 */
export function keywordsOf(owners: readonly { readonly keywords: readonly string[]; readonly ignoreCase: boolean }[]): Keywords {
  const lists = {
    literals: [] as string[],
    ignoreCase: [] as number[],
    ends: [] as number[],
    owners: [] as number[],
    hashes: [] as number[],
    places: [] as number[],
  };
  for (const [owner, { keywords, ignoreCase }] of owners.entries()) {
    for (const keyword of keywords) {
      const literal = ignoreCase ? keyword.toLowerCase() : keyword;
      const bytes = bytesOf(literal);
      const end = rarestWindowEnd(bytes);
      const place = lists.literals.push(literal) - 1;
      lists.ignoreCase.push(ignoreCase ? 1 : 0);
      lists.ends.push(end);
      lists.owners.push(owner);
      for (const hash of hashesOf(bytes, end)) {
        lists.hashes.push(hash);
        lists.places.push(place);
      }
    }
  }
  return lists;
}

/** Two lists of owners as one: those of the second follow those of the first. */
export function joinKeywords(first: Keywords, ownersOfFirst: number, second: Keywords): Keywords {
  const before = first.literals.length;
  return {
    literals: [...first.literals, ...second.literals],
    ignoreCase: [...first.ignoreCase, ...second.ignoreCase],
    ends: [...first.ends, ...second.ends],
    owners: [...first.owners, ...Array.from(second.owners, (owner) => owner + ownersOfFirst)],
    hashes: [...first.hashes, ...second.hashes],
    places: [...first.places, ...Array.from(second.places, (place) => place + before)],
  };
}

/**
 * Every hash that a window may have. A byte leaves the hash after four steps, and only four bits of the fourth-last byte remain: a keyword
 * of three bytes has sixteen hashes.
 */
function hashesOf(bytes: Uint8Array, end: number): readonly number[] {
  const hash = hashOf(bytes, end);
  return bytes.length >= WINDOW ? [hash] : Array.from({ length: 16 }, (_, nibble) => hash ^ (nibble << 12));
}

function hashOf(bytes: Uint8Array, end: number): number {
  let hash = 0;
  for (let i = Math.max(0, end - WINDOW + 1); i <= end; i++) hash = rollHash(hash, bytes[i]!);
  return hash;
}

/** @throws RangeError for a keyword that the gate could never find */
function bytesOf(literal: string): Uint8Array {
  const bytes = Buffer.from(literal, 'utf8');
  if (bytes.length < 3 || bytes.length !== literal.length) {
    throw new RangeError(`keyword ${JSON.stringify(literal)}: needs at least three ASCII characters`);
  }
  return bytes;
}

let commonness: Uint8Array | undefined;

/** The end of the window that is rarest in ordinary source, judged by how common its letters and its hash are. */
function rarestWindowEnd(bytes: Uint8Array): number {
  commonness ??= buildCommonness();
  commonHashes ??= buildCommonHashes();
  let best = Math.min(bytes.length, WINDOW) - 1;
  let score = 0;
  let bestScore = Infinity;
  for (let end = 0; end < bytes.length; end++) {
    score += commonness[bytes[end]!]! - (end < WINDOW ? 0 : commonness[bytes[end - WINDOW]!]!);
    if (end < WINDOW - 1) continue;
    const weighed = score + (commonHashes.has(hashOf(bytes, end)) ? COMMON_HASH : 0);
    if (weighed < bestScore) [best, bestScore] = [end, weighed];
  }
  return best;
}

/** Penalty for a window whose hash occurs in everyday text, even by accident: more than rare letters can outweigh. */
const COMMON_HASH = 1000;
/** Text that every other line of source contains. */
const EVERYDAY = `
        return this.value === undefined ? null : options.name;
    const { data, index } = require('../path/file.js');  import type { Config } from "./module";
  export default function create(node, message = '') { if (!result) throw new Error('expected ' + string.length); }
\t"version": "1.0.0",  "dependencies": {  "description": "The list of items",  </span></div><p class="content">
// ---------------- /** @param {string} [options] Whether the object should be used in the constructor. */
def __init__(self, *args, **kwargs):  self.assertEqual(response.status_code, 200)  for key in range(len(items)):  elif isinstance(
public static void main(String[] args) {  private final int number = 0;  interface Context extends Component<Properties> {
var prototype = Object.prototype.hasOwnProperty.call(e, t) && Array.isArray(n) || void 0; async await true, false, from 'react';
`;

let commonHashes: ReadonlySet<number> | undefined;

function buildCommonHashes(): ReadonlySet<number> {
  const bytes = Buffer.from(EVERYDAY);
  return new Set(Array.from(bytes.subarray(WINDOW - 1), (_, i) => hashOf(bytes, i + WINDOW - 1)));
}

/** How common each byte is in ordinary source: its rank among the letters, rarest first, the same for both cases. */
function buildCommonness(): Uint8Array {
  const fromRarest = 'qjzxkvw_ybgpfhmcdulosinrate ';
  const commonness = new Uint8Array(256);
  for (let i = 0; i < fromRarest.length; i++) {
    commonness[fromRarest.charCodeAt(i)] = i;
    commonness[fromRarest[i]!.toUpperCase().charCodeAt(0)] = i;
  }
  return commonness;
}
