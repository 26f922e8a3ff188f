import { LineCounter, parseDocument, visit, type YAMLError } from 'yaml';

/** Why a text is not YAML, and where: line and column from 1, columns in UTF-16 code units. */
export class YamlMistake extends Error {
  readonly line: number;
  readonly column: number;
  readonly reason: string;

  constructor({ code, message }: Pick<YAMLError, 'code' | 'message'>, { line, col }: { readonly line: number; readonly col: number }) {
    const reason = code === 'TAG_RESOLVE_FAILED' ? 'unknown tag' : withoutText(message);
    super(`${line}:${col}: ${reason}`);
    this.line = Math.max(line, 1);
    this.column = Math.max(col, 1);
    this.reason = reason;
  }
}

/**
 * The value of a text in YAML (or JSON, which is YAML), read by the parser that finds positions in it, so that both agree.
 *
 * @throws YamlMistake
 */
export function parseYaml(text: string): unknown {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, merge: true, prettyErrors: false, logLevel: 'error' });
  // A warning is a tag that the parser does not know: it would take the value for a text.
  const [mistake] = [...document.errors, ...document.warnings];
  if (mistake !== undefined) throw new YamlMistake(mistake, lineCounter.linePos(mistake.pos[0]));
  visit(document, {
    Alias(_, alias) {
      if (alias.resolve(document) !== undefined) return;
      throw new YamlMistake({ code: 'BAD_ALIAS', message: 'alias without an anchor before it' }, lineCounter.linePos(alias.range![0]));
    },
  });
  try {
    return document.toJS();
  } catch (thrown) {
    // So many aliases of aliases that the value would be very large.
    throw new YamlMistake({ code: 'BAD_ALIAS', message: (thrown as Error).message }, { line: 1, col: 1 });
  }
}

/** The parser repeats the text behind a colon or a percent sign. It may be a secret. */
function withoutText(message: string): string {
  const [first = ''] = message.split(/: | %|\n/);
  return first.charAt(0).toLowerCase() + first.slice(1);
}
