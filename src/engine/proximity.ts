/** Maximum number of characters on each side. */
const REACH = 4000;

/**
 * The lines around a range.
 *
 * @param lines how many lines before and after
 * @returns offsets of the window, at most 4000 characters on each side
 */
export function linesAround(text: string, start: number, end: number, lines: number): [start: number, end: number] {
  const before = text
    .slice(Math.max(0, start - REACH), start)
    .split('\n')
    .slice(-lines - 1);
  const after = text.slice(end, end + REACH).split('\n', lines + 1);
  return [start - before.join('\n').length, end + after.join('\n').length];
}
