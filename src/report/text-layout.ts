/**
 * Columns that a text takes in a terminal: two for East Asian wide characters and emoji, zero for combining marks. Close to wcwidth, without
 * its tables.
 */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const char of text) columns += columnsOfCharacter(char);
  return columns;
}

function columnsOfCharacter(char: string): number {
  const code = char.codePointAt(0)!;
  if (code < 0x300) return 1;
  if (char === '\u200d' || /^[\p{Mn}\p{Me}]$/u.test(char)) return 0;
  return isWide(code) || /^\p{Emoji_Presentation}$/u.test(char) ? 2 : 1;
}

/** The blocks with East_Asian_Width W or F in Unicode. */
function isWide(code: number): boolean {
  return (
    (code >= 0x1100 && code <= 0x115f) ||
    (code >= 0x2e80 && code <= 0x303e) ||
    (code >= 0x3041 && code <= 0xa4cf) ||
    (code >= 0xa960 && code <= 0xa97f) ||
    (code >= 0xac00 && code <= 0xd7a3) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0xfe30 && code <= 0xfe6f) ||
    (code >= 0xff00 && code <= 0xff60) ||
    (code >= 0xffe0 && code <= 0xffe6) ||
    (code >= 0x1f300 && code <= 0x1f64f) ||
    (code >= 0x1f900 && code <= 0x1f9ff) ||
    (code >= 0x20000 && code <= 0x3fffd)
  );
}

/**
 * Wraps words into lines of at most `width` columns. Code in backquotes stays on one line if it fits, and a longer word (a URL, a path) gets
 * a line of its own and stays whole, so that both can be copied.
 */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of wordsOf(text, width)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && columnsOf(longer) > width) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  return line === '' ? lines : [...lines, line];
}

function wordsOf(text: string, width: number): string[] {
  const words = text.match(/(?:`[^`\s][^`]*`|\S)+/g) ?? [];
  return words.flatMap((word) => (columnsOf(word) > width ? word.split(/\s+/) : [word]));
}

/** Cuts the end of a text so that `width` columns remain. */
export function clipEnd(text: string, width: number, ellipsis: string): string {
  if (columnsOf(text) <= width) return text;
  return width < columnsOf(ellipsis) ? '' : `${take(Array.from(text), width - columnsOf(ellipsis))}${ellipsis}`;
}

/** Cuts the start of a text so that `width` columns remain. */
export function clipStart(text: string, width: number, ellipsis: string): string {
  if (columnsOf(text) <= width) return text;
  if (width < columnsOf(ellipsis)) return '';
  const reversed = take(Array.from(text).reverse(), width - columnsOf(ellipsis));
  return `${ellipsis}${Array.from(reversed).reverse().join('')}`;
}

function take(characters: readonly string[], width: number): string {
  let text = '';
  let columns = 0;
  for (const char of characters) {
    columns += columnsOfCharacter(char);
    if (columns > width) break;
    text += char;
  }
  return text;
}

/** `1 file`, `2 files`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}

/** `31 ms`, `1.4 s`. */
export function duration(milliseconds: number): string {
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}

/** Capitalizes the first word, unless it is code (`console.log`) or a name. */
export function sentence(text: string): string {
  return text.replace(/^[a-z]+(?=\s|$)/, (word) => word.charAt(0).toUpperCase() + word.slice(1));
}
