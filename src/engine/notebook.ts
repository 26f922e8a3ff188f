/** The cells and outputs of a notebook as text. */
export interface NotebookText {
  readonly bytes: Buffer;
  /** The extension of its language, with the dot. */
  readonly extension: string;
  /** Offset in the file of a byte of the text. */
  readonly originOf: (offset: number) => number;
  /** Offset in the file where the text before an offset ends. */
  readonly endOf: (offset: number) => number;
  /** Does an offset of the file belong to the text of a cell or an output? */
  readonly isText: (origin: number) => boolean;
}

/** Keys of cells and outputs whose values are text. Images, widgets and pages are not. */
const TEXT_KEYS = new Set(['source', 'input', 'text', 'text/plain', 'text/markdown', 'traceback']);
const MOST_TEXT = 4 * 1024 * 1024;

/** Terminal colours are dropped. */
const ESCAPE = /\\u001b\[[\d;]*m|\\u[\da-f]{4}|\\./isy;
const CHARACTERS: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: ' ', f: ' ' };

/**
 * Decodes the JSON strings of cells and outputs: one string for a whole cell, or one per line. Everything between two strings is dropped,
 * and each string begins on a new line.
 *
 * @returns null if there are no such strings
 */
export function readNotebook(file: Buffer): NotebookText | null {
  const json = file.toString('latin1');
  // Pieces of text, by their offsets in the text and in the file.
  const starts: number[] = [];
  const origins: number[] = [];
  let text = '';
  const add = (piece: string, origin: number): void => {
    if (piece === '') return;
    starts.push(text.length);
    origins.push(origin);
    text += piece;
  };

  let key = '';
  let slash = json.indexOf('\\');
  for (let open = json.indexOf('"'); open !== -1 && text.length < MOST_TEXT;) {
    const close = closingQuote(json, open + 1);
    if (close === -1) break;
    if (/^\s*:/.test(json.slice(close + 1, close + 10))) {
      key = json.slice(open + 1, Math.min(close, open + 20));
    } else if (TEXT_KEYS.has(key)) {
      for (let at = open + 1; at < close;) {
        if (slash !== -1 && slash < at) slash = json.indexOf('\\', at);
        const end = slash === -1 || slash > close ? close : slash;
        add(json.slice(at, end), at);
        if (end === close) break;
        ESCAPE.lastIndex = end;
        const [escape] = ESCAPE.exec(json)!;
        add(characterOf(escape), end);
        at = end + escape.length;
      }
      if (!text.endsWith('\n')) add('\n', close);
    }
    open = json.indexOf('"', close + 1);
  }
  if (text === '') return null;
  const originOf = (offset: number): number => {
    const i = lastAtMost(starts, offset);
    return origins[i]! + offset - starts[i]!;
  };
  return {
    bytes: Buffer.from(text, 'latin1'),
    extension: /"file_extension"\s*:\s*"(\.\w{1,10})"/.exec(json)?.[1] ?? '.py',
    originOf,
    endOf(offset) {
      const last = originOf(offset - 1);
      return json[last] === '\\' ? originOf(offset) : last + 1;
    },
    isText(origin) {
      const i = lastAtMost(origins, origin);
      const past = origin - origins[i]!;
      return past >= 0 && past < (starts[i + 1] ?? text.length) - starts[i]!;
    },
  };
}

/** The quote that ends a string; -1 if it does not end. */
function closingQuote(json: string, from: number): number {
  for (let quote = json.indexOf('"', from); quote !== -1; quote = json.indexOf('"', quote + 1)) {
    let slashes = 0;
    while (quote - slashes > from && json[quote - slashes - 1] === '\\') slashes++;
    if (slashes % 2 === 0) return quote;
  }
  return -1;
}

/** Escapes of non-ASCII characters stay as they are. */
function characterOf(escape: string): string {
  if (escape.length > 6) return '';
  if (escape.length < 6) return CHARACTERS[escape[1]!] ?? escape[1]!;
  const code = Number.parseInt(escape.slice(2), 16);
  return code < 0x80 ? String.fromCharCode(code) : escape;
}

/** Index of the last of some ascending numbers that is at most the limit; the first number always is. */
function lastAtMost(numbers: readonly number[], limit: number): number {
  let low = 0;
  let high = numbers.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (numbers[middle]! <= limit) low = middle;
    else high = middle;
  }
  return low;
}
