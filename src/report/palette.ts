type Paint = (text: string) => string;

interface Paints {
  readonly red: Paint;
  readonly yellow: Paint;
  readonly green: Paint;
  readonly cyan: Paint;
  readonly bold: Paint;
  readonly dim: Paint;
}

/** Colors and signs of one output. They depend on the terminal; the words do not. */
export interface Palette extends Paints {
  /** Whether ANSI codes are written. */
  readonly isColored: boolean;
  /** False: only ASCII of our own. */
  readonly isUnicode: boolean;
  readonly signs: Signs;
}

interface Signs {
  readonly block: string;
  readonly warn: string;
  readonly note: string;
  readonly pass: string;
  /** Between the line number and the line. */
  readonly gutter: string;
  /** Between the parts of one line. */
  readonly dot: string;
  readonly ellipsis: string;
}

const UNICODE: Signs = { block: '✖', warn: '⚠', note: 'ℹ', pass: '✓', gutter: '│', dot: '·', ellipsis: '…' };
const ASCII: Signs = { block: 'x', warn: '!', note: 'i', pass: 'ok', gutter: '|', dot: '-', ellipsis: '...' };

export interface PaletteSource {
  /** Whether the output is a terminal. */
  readonly isTerminal: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** `--color` or `--no-color`, if one was typed. */
  readonly color?: boolean;
}

/**
 * The palette for an output. The first of these decides: the flag, `NO_COLOR`, `FORCE_COLOR`, whether it is a terminal with colors. Empty
 * variables count as unset.
 */
export async function createPalette({ isTerminal, env, color }: PaletteSource): Promise<Palette> {
  const isColored = color ?? wantsColor(env, isTerminal);
  const isUnicode = canShowUnicode(env);
  return { ...(isColored ? await loadPaints() : UNPAINTED), isColored, isUnicode, signs: isUnicode ? UNICODE : ASCII };
}

/** Loaded on use: picocolors opens standard output when it loads, which costs 1.1 ms. */
async function loadPaints(): Promise<Paints> {
  const { createColors } = (await import('picocolors')).default;
  const { red, yellow, green, cyan, bold, dim } = createColors(true);
  return { red, yellow, green, cyan, bold, dim };
}

const asIs: Paint = (text) => text;
const UNPAINTED: Paints = { red: asIs, yellow: asIs, green: asIs, cyan: asIs, bold: asIs, dim: asIs };

function wantsColor(env: PaletteSource['env'], isTerminal: boolean): boolean {
  const { NO_COLOR = '', FORCE_COLOR = '', TERM } = env;
  if (NO_COLOR !== '') return false;
  if (FORCE_COLOR !== '') return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  return isTerminal && TERM !== 'dumb';
}

/** Reads the first locale variable that is set, as the C library does. If none is set, assume Unicode: most terminals have it. */
function canShowUnicode({ TERM, LC_ALL = '', LC_CTYPE = '', LANG = '' }: PaletteSource['env']): boolean {
  const locale = LC_ALL || LC_CTYPE || LANG;
  return TERM !== 'dumb' && (locale === '' || /utf-?8/i.test(locale));
}

/** ASCII for the typographic characters in our texts and in redacted values. */
const PLAIN: Readonly<Record<string, string>> = {
  '…': '...',
  '·': '-',
  '–': '-',
  '—': '-',
  '→': '->',
  '›': '>',
  '‘': "'",
  '’': "'",
  '“': '"',
  '”': '"',
  '×': 'x',
  '\ufffd': '?',
};

/** Replaces typographic characters if the output has no Unicode. Letters of other scripts stay: they belong to the user's text. */
export function plainly(text: string, { isUnicode }: Palette): string {
  return isUnicode ? text : text.replace(/[…·–—→›‘’“”×\ufffd]/g, (char) => PLAIN[char] ?? char);
}
