/**
 * A line up to an offset, or as much of it as stands within `limit` characters before.
 * The look back is bounded: a blob may be one line, and full of keywords.
 */
export function lineBefore(text: string, offset: number, limit = 200): string {
  const before = text.slice(Math.max(0, offset - limit), offset);
  return before.slice(before.lastIndexOf('\n') + 1);
}
