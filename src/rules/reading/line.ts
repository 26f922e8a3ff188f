/**
 * The part of a line before an offset, at most `limit` characters.
 * Bounded, because a blob may be one long line full of keywords.
 */
export function lineBefore(text: string, offset: number, limit = 200): string {
  const before = text.slice(Math.max(0, offset - limit), offset);
  return before.slice(before.lastIndexOf('\n') + 1);
}
