/** What people wrote and saw in a notebook, as text. */
export interface NotebookText {
  readonly bytes: Buffer;
  /** The extension of its language, with the dot. */
  readonly extension: string;
  /** Where a byte of the text stands in the file. */
  readonly originOf: (offset: number) => number;
  /** Where what stands before an offset of the text ends in the file. */
  readonly endOf: (offset: number) => number;
  /** Is what stands at an offset of the file text of a cell or an output? */
  readonly isText: (origin: number) => boolean;
}

/** Keys of cells and outputs whose values are text. Images, widgets and pages are none. */
const TEXT_KEYS = new Set(['source', 'input', 'text', 'text/plain', 'text/markdown', 'traceback']);
const MOST_TEXT = 4 * 1024 * 1024;

/** Colours of a terminal are left out. */
const ESCAPE = /\\u001b\[[\d;]*m|\\u[\da-f]{4}|\\./isy;
const CHARACTERS: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: ' ', f: ' ' };

/**
 * Undoes the strings of JSON that cells and outputs are kept in: all of a cell in one, or one a line. What stands between two of them is
 * gone, and each begins on a line of its own.
 *
 * @returns null where there are none
 */
export function readNotebook(file: Buffer): NotebookText | null {
  const json = file.toString('latin1');
  // Pieces of text, by where they begin in it and in the file.
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

/** The quote that ends a string; -1: none does. */
function closingQuote(json: string, from: number): number {
  for (let quote = json.indexOf('"', from); quote !== -1; quote = json.indexOf('"', quote + 1)) {
    let slashes = 0;
    while (quote - slashes > from && json[quote - slashes - 1] === '\\') slashes++;
    if (slashes % 2 === 0) return quote;
  }
  return -1;
}

/** What is not ASCII stays as it is written. */
function characterOf(escape: string): string {
  if (escape.length > 6) return '';
  if (escape.length < 6) return CHARACTERS[escape[1]!] ?? escape[1]!;
  const code = Number.parseInt(escape.slice(2), 16);
  return code < 0x80 ? String.fromCharCode(code) : escape;
}

/** Index of the last of some ascending numbers that is not above a limit; the first is not. */
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
