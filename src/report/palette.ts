type Paint = (text: string) => string;

interface Paints {
  readonly red: Paint;
  readonly yellow: Paint;
  readonly green: Paint;
  readonly cyan: Paint;
  readonly bold: Paint;
  readonly dim: Paint;
}

/** Colours and signs of one output: what it shows depends on the terminal, what it says does not. */
export interface Palette extends Paints {
  /** Are ANSI codes written? */
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
  /** Is the output a terminal? */
  readonly isTerminal: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** `--color` or `--no-color`, where one was typed. */
  readonly color?: boolean;
}

/**
 * The palette for an output. Who asks last decides: the flag, then `NO_COLOR`, then `FORCE_COLOR`, then whether it is a terminal that
 * can show colours. Variables that are empty count as not set.
 */
export async function createPalette({ isTerminal, env, color }: PaletteSource): Promise<Palette> {
  const isColored = color ?? wantsColor(env, isTerminal);
  const isUnicode = canShowUnicode(env);
  return { ...(isColored ? await loadPaints() : UNPAINTED), isColored, isUnicode, signs: isUnicode ? UNICODE : ASCII };
}

/** picocolors opens standard output when it is loaded, which costs two milliseconds. */
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

/** By the first locale variable that is set, as the C library reads them. None set says nothing: most terminals can. */
function canShowUnicode({ TERM, LC_ALL = '', LC_CTYPE = '', LANG = '' }: PaletteSource['env']): boolean {
  const locale = LC_ALL || LC_CTYPE || LANG;
  return TERM !== 'dumb' && (locale === '' || /utf-?8/i.test(locale));
}

/** Typographic characters of our texts and of redacted values, for outputs without Unicode. */
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

/** Text as a palette's output can show it. Letters of other scripts stay as they are: they are not ours to change. */
export function plainly(text: string, { isUnicode }: Palette): string {
  return isUnicode ? text : text.replace(/[…·–—→›‘’“”×\ufffd]/g, (char) => PLAIN[char] ?? char);
}
