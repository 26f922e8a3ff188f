/** A stretch of a text that is scanned by itself. What begins from `from` on and before `to` is its own; the rest of it is there to be seen around that. */
export interface Piece {
  readonly start: number;
  readonly end: number;
  readonly from: number;
  readonly to: number;
}

const LF = 0x0a;

/** Bytes that a piece shares with its neighbours, on either side of a cut. A value that is longer and lies across one is seen in part. */
const MARGIN = 32 * 1024;

/**
 * Cuts a text within its overlong lines, and nowhere else. Short lines cost one look a `maxLineLength`.
 *
 * @param maxLineLength bytes
 */
export function planPieces(bytes: Buffer, maxLineLength: number): Piece[] {
  const cuts = [0];
  for (let line = 0; bytes.length - line > maxLineLength;) {
    const end = bytes.lastIndexOf(LF, line + maxLineLength);
    if (end >= line) {
      line = end + 1;
    } else {
      line += maxLineLength;
      cuts.push(line);
    }
  }
  const margin = Math.min(MARGIN, Math.ceil(maxLineLength / 2));
  return cuts.map((from, i) => {
    const to = cuts[i + 1] ?? bytes.length;
    return { start: Math.max(0, from - margin), end: Math.min(bytes.length, to + margin), from, to };
  });
}
