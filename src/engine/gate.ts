import { type Keywords, SCATTER } from './keywords.ts';

/**
 * The keyword gate: finds every occurrence of every keyword in one pass over the bytes.
 *
 * It keeps a rolling hash of the last four bytes (case-folded); a 64 Ki table says which hashes end a window of some keyword.
 * Each byte costs one step without a multiplication and one lookup, and 450 keywords cost as much as one. A hit in the table is
 * then compared letter by letter.
 */
export interface Gate {
  /** Calls `onHit(owner, start)` for each occurrence of each keyword, in the order of the ends of their windows. */
  readonly scan: (bytes: Uint8Array, onHit: (owner: number, start: number) => void) => void;
}

const TABLE_SIZE = 1 << 16;
const MASK = TABLE_SIZE - 1;

export function createGate({ literals, ignoreCase, ends, owners, hashes, places }: Keywords): Gate {
  const List = hashes.length < 1 << 16 ? Uint16Array : Uint32Array;
  /** For each hash: its first entry in `hashes`, counted from one; 0 if there is no entry. */
  const table = new List(TABLE_SIZE);
  /** For each entry: the next one with the same hash. */
  const next = new List(hashes.length + 1);
  for (let entry = hashes.length; entry > 0; entry--) {
    const hash = hashes[entry - 1]!;
    next[entry] = table[hash]!;
    table[hash] = entry;
  }

  return {
    scan(bytes, onHit) {
      const scatter = SCATTER;
      const length = bytes.length;
      let hash = 0;
      for (let at = 0; at < length; at++) {
        // The same as rollHash, inlined because this loop handles every byte.
        hash = ((hash << 4) ^ scatter[bytes[at]!]!) & MASK;
        for (let entry = table[hash]!; entry !== 0; entry = next[entry]!) {
          const place = places[entry - 1]!;
          const start = at - ends[place]!;
          if (standsAt(bytes, start, literals[place]!, ignoreCase[place]!)) onHit(owners[place]!, start);
        }
      }
    },
  };
}

function standsAt(bytes: Uint8Array, start: number, literal: string, ignoreCase: number): boolean {
  if (start < 0 || start + literal.length > bytes.length) return false;
  for (let i = 0; i < literal.length; i++) {
    let byte = bytes[start + i]!;
    if (ignoreCase === 1 && byte >= 0x41 && byte <= 0x5a) byte += 32;
    if (byte !== literal.charCodeAt(i)) return false;
  }
  return true;
}
