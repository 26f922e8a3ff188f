import { type Language, LANGUAGES, extensionOf } from '../../engine/languages.ts';
import type { TextFacts } from '../../engine/text-facts.ts';

/** What an offset in source text belongs to. */
export type Kind = 'code' | 'comment' | 'string';

/** The comments and strings of a text, in order, as far as they were read. */
interface Tokens {
  readonly starts: number[];
  readonly ends: number[];
  readonly areComments: boolean[];
  /** Returns the next one; null at the end. */
  readonly next: () => RegExpExecArray | null;
}

const SLASHES = '\\/\\/[^\\n]*|\\/\\*[^]*?(?:\\*\\/|$)';
const HASH = '#[^\\n]*';
/** Strings that end with their line at the latest, so that an apostrophe in prose does no harm. */
const SHORT = '"(?:[^"\\\\\\n]|\\\\[^])*"?|\'(?:[^\'\\\\\\n]|\\\\[^])*\'?';
const DOUBLE = '"(?:[^"\\\\\\n]|\\\\[^])*"?';
const CHARACTER = "'(?:\\\\[^']{1,8}|\\\\'|[^'\\\\\\n])'";
const TRIPLE = '"""[^]*?(?:"""|$)';
/** A slash begins a regular expression if no value can precede it. */
const REGEXP =
  '(?<=(?:[(,=:[!&|?{};+>]|\\breturn|\\bcase|^)\\s{0,3})\\/(?![*\\/])(?:[^\\/\\\\\\n[]|\\\\.|\\[(?:[^\\]\\\\\\n]|\\\\.)*\\])+\\/';
const HEREDOC = '<<[~-](["\'`]?)(?<name>[A-Za-z_]\\w*)\\1[^]*?(?:\\n[ \\t]*\\k<name>\\b|$)';

/** The syntax of comments and strings. Longer openings come before shorter ones, comments before strings that could contain them. */
const SYNTAX: Readonly<Record<Exclude<Language, 'shell'>, string>> = {
  javascript: `${SLASHES}|<!--[^]*?(?:-->|$)|\`(?:[^\`\\\\]|\\\\[^])*\`?|${SHORT}|${REGEXP}`,
  python: `${HASH}|${TRIPLE}|'''[^]*?(?:'''|$)|${SHORT}`,
  ruby: `${HASH}|(?:^|(?<=\\n))=begin\\b[^]*?(?:\\n=end\\b|$)|${HEREDOC}|${SHORT}`,
  php: `${SLASHES}|#(?!\\[)[^\\n]*|<<<(["']?)(?<name>[A-Za-z_]\\w*)\\1\\n[^]*?(?:\\n[ \\t]*\\k<name>\\b|$)|${SHORT}`,
  go: `${SLASHES}|\`[^\`]*\`?|${DOUBLE}|${CHARACTER}`,
  rust: `${SLASHES}|\\br(?<hashes>#{0,5})"[^]*?(?:"\\k<hashes>|$)|"(?:[^"\\\\]|\\\\[^])*"?|${CHARACTER}`,
  java: `${SLASHES}|${TRIPLE}|${DOUBLE}|${CHARACTER}`,
  csharp: `${SLASHES}|${TRIPLE}|[$]?@[$]?"(?:[^"]|"")*"?|${DOUBLE}|${CHARACTER}`,
  swift: `${SLASHES}|${TRIPLE}|${DOUBLE}`,
  sql: "--[^\\n]*|\\/\\*[^]*?(?:\\*\\/|$)|'(?:[^']|'')*'?",
  c: `${SLASHES}|${DOUBLE}|${CHARACTER}`,
  elixir: `${HASH}|${TRIPLE}|${SHORT}`,
  dart: `${SLASHES}|${TRIPLE}|'''[^]*?(?:'''|$)|${SHORT}`,
};

const COMMENT = /^(?:\/\/|\/\*|#|<!--|--|=begin)/;

/** Readers of tokens by file extension. */
const READERS = new Map<string, (text: string) => Tokens>(
  Object.entries(SYNTAX).flatMap(([language, source]) => {
    const read = (text: string): Tokens => beginTokens(text, new RegExp(source, 'g'));
    return LANGUAGES[language as Language].map((extension) => [extension, read] as const);
  }),
);

function beginTokens(text: string, pattern: RegExp): Tokens {
  return { starts: [], ends: [], areComments: [], next: () => pattern.exec(text) };
}

/** Reads on until a token begins at or after an offset. */
function readUpTo(offset: number, { starts, ends, areComments, next }: Tokens): void {
  while ((starts.at(-1) ?? -1) < offset) {
    const token = next();
    starts.push(token?.index ?? Infinity);
    ends.push(token === null ? Infinity : token.index + token[0].length);
    areComments.push(token !== null && COMMENT.test(token[0]));
  }
}

/**
 * Is an offset in code, a comment or a string? The opening of a comment or string still counts as code. In a language without a known
 * syntax, everything is code.
 */
export function kindAt(facts: TextFacts, offset: number, path: string): Kind {
  const read = READERS.get(extensionOf(path));
  if (read === undefined) return 'code';
  const tokens = facts.of(read);
  readUpTo(offset, tokens);
  let low = 0;
  let high = tokens.starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (tokens.starts[middle]! < offset) low = middle + 1;
    else high = middle;
  }
  if (low === 0 || tokens.ends[low - 1]! <= offset) return 'code';
  return tokens.areComments[low - 1] === true ? 'comment' : 'string';
}
