import { hashesOf, type KeywordWindow, SCATTER } from './keyword-window.ts';

/**
 * The keyword gate: finds every place where one of the keywords stands, in one pass over the bytes.
 *
 * A hash of the last four bytes (case folded) rolls along; a 64 Ki table says which hashes end a window of some keyword.
 * Each byte costs one step without a multiplication and one look-up, and 450 keywords cost as much as one. A hit in the table is
 * then compared letter by letter.
 */
export interface Gate {
  /** Calls `onHit(owner, start)` in order of the windows' ends, for each occurrence of each keyword. */
  readonly scan: (bytes: Uint8Array, onHit: (owner: number, start: number) => void) => void;
}

interface Entry {
  readonly window: KeywordWindow;
  readonly owner: number;
}

const TABLE_SIZE = 1 << 16;
const MASK = TABLE_SIZE - 1;

/** @param owners windows of each owner's keywords; hits name the owner by its place in the list */
export function createGate(owners: readonly (readonly KeywordWindow[])[]): Gate {
  const table = new Uint16Array(TABLE_SIZE);
  const buckets: Entry[][] = [[]];
  for (let owner = 0; owner < owners.length; owner++) {
    for (const window of owners[owner]!) {
      const entry = { window, owner };
      for (const hash of hashesOf(window)) {
        const known = table[hash]!;
        if (known === 0) table[hash] = buckets.push([entry]) - 1;
        else buckets[known]!.push(entry);
      }
    }
  }

  return {
    scan(bytes, onHit) {
      const scatter = SCATTER;
      const length = bytes.length;
      let hash = 0;
      for (let at = 0; at < length; at++) {
        // As rollHash has it; written out, for this is the loop that every byte goes through.
        hash = ((hash << 4) ^ scatter[bytes[at]!]!) & MASK;
        const bucket = table[hash]!;
        if (bucket === 0) continue;
        for (const { window, owner } of buckets[bucket]!) {
          const start = at - window.end;
          if (standsAt(bytes, start, window)) onHit(owner, start);
        }
      }
    },
  };
}

function standsAt(bytes: Uint8Array, start: number, { literal, ignoreCase }: KeywordWindow): boolean {
  if (start < 0 || start + literal.length > bytes.length) return false;
  for (let i = 0; i < literal.length; i++) {
    let byte = bytes[start + i]!;
    if (ignoreCase && byte >= 0x41 && byte <= 0x5a) byte += 32;
    if (byte !== literal.charCodeAt(i)) return false;
  }
  return true;
}
