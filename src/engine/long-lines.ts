/** A part of a text that is scanned separately. Matches that begin in `[from, to)` belong to it; the rest is context. */
export interface Piece {
  readonly start: number;
  readonly end: number;
  readonly from: number;
  readonly to: number;
}

const LF = 0x0a;

/** Bytes that a piece shares with its neighbours, on each side of a cut. A longer value across a cut is only scanned in part. */
const MARGIN = 32 * 1024;

/**
 * Cuts a text inside its overlong lines only. Short lines cost one search per `maxLineLength` bytes.
 *
 * @param maxLineLength in bytes
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
