/** Unescaped text, and the origin of each of its characters. */
export interface Unescaped {
  readonly text: string;
  /** Offset in the original text of each character, and of the end. */
  readonly offsets: readonly number[];
}

const ESCAPE =
  /[%\\&](?:(?<=%)[\dA-Fa-f]{2}|(?<=\\)(?:u[\dA-Fa-f]{4}|x[\dA-Fa-f]{2}|\/)|(?<=&)(?:#\d{1,3}|#x[\dA-Fa-f]{1,2}|amp|lt|gt|quot);)/;
const NAMED: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"' };

/** Does a text contain a character that begins an escape? Much faster than {@link hasEscapes}. */
export function mayHaveEscapes(text: string): boolean {
  return text.includes('\\') || text.includes('%') || text.includes('&');
}

/** Does a text contain an escape? */
export function hasEscapes(text: string): boolean {
  return ESCAPE.test(text);
}

/** Is an offset inside an escape, for example in the digits of `\u00D7`? */
export function isInEscape(text: string, at: number): boolean {
  return /(?:\\(?:u[\dA-Fa-f]{0,3}|x[\dA-Fa-f]?)|%[\dA-Fa-f]?)$/.test(text.slice(Math.max(0, at - 5), at));
}

/**
 * Decodes the escapes of URLs, of strings in code and JSON, and of markup. Escapes of non-ASCII characters stay as they
 * are.
 *
 * @param start where the text to decode begins
 * @returns null if it contains no escape
 */
export function unescape(original: string, start: number, end: number): Unescaped | null {
  const part = original.slice(start, end);
  if (!ESCAPE.test(part)) return null;
  let text = '';
  const offsets: number[] = [];
  let at = 0;
  const copyTo = (end: number): void => {
    text += part.slice(at, end);
    for (; at < end; at++) offsets.push(start + at);
  };
  for (const found of part.matchAll(new RegExp(ESCAPE, 'g'))) {
    const char = characterOf(found[0]);
    if (char === null) continue;
    copyTo(found.index);
    text += char;
    offsets.push(start + at);
    at += found[0].length;
  }
  copyTo(part.length);
  offsets.push(start + at);
  return { text, offsets };
}

/** Null if the character is not ASCII. */
function characterOf(escape: string): string | null {
  if (escape === '\\/') return '/';
  const named = NAMED[escape];
  if (named !== undefined) return named;
  const isDecimal = /^&#\d/.test(escape);
  const code = Number.parseInt(escape.replace(/[^\dA-Fa-f]/g, ''), isDecimal ? 10 : 16);
  return code < 0x80 ? String.fromCharCode(code) : null;
}
