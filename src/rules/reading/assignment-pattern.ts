/** A quote, possibly tripled or escaped. */
const QUOTE = String.raw`"""|'''|\\{0,3}["'${'`'}]|&(?:quot|apos|#3[49]);`;
/** `: string`, `As String`, `[]byte`, `[32]`, between a name and its operator. */
const TYPE =
  String.raw`(?::\s{0,3}[A-Za-z&*][\w<>\[\]?|.' ]{0,30}?\s{0,5}|\s{0,3}\bas\s{1,3}[\w.]{1,20}\s{0,3}` +
  String.raw`|(?:string|\[\]byte)\s{1,3}|\[\w{0,10}\]\s{0,3})?`;
const OPERATOR = String.raw`(?::{0,3}=|:-|=>|={2,3}|!={1,2}|[?.+]=|->|<-|\|\||\?\?|\bor\b)`;
/** Another member of the same object, or attribute of the same element. */
const MEMBER = String.raw`["']?[\w:]{1,20}["']?\s{0,3}[:=]\s{0,3}(?:"[^"\r\n]{0,60}"|'[^'\r\n]{0,60}'|[\w./-]{0,40})`;
const MATCHER = '(?:toBe|toEqual|toStrictEqual|equals?|eql?|is(?:Equal(?:To)?)?|type|fill|send_?keys|setValue|val|clearAndType)';

/** What may be between a name and its value; the first match counts. `readAssignment` checks most of them further. */
const SEPARATORS = {
  /** `name: X, value: …`, on one line or two; `name="X" value="…"`. */
  pair: String.raw`[\s,;]{1,20}(?:${MEMBER}[\s,;]{1,20}){0,2}?["']?(?:\w{1,20}:)?(?:use)?value["']?\s{0,3}[:=]\s{0,30}`,
  /** The content of an element with that name, or with an attribute of that name. */
  content: String.raw`(?:\s{1,3}[\w:]{1,30}=["'][^"'<>\r\n]{0,60}["']){0,3}\s{0,3}>\s{0,40}(?:<value>|<!\[CDATA\[)?|<\/key>\s{0,40}<(?:string|data)>`,
  /** An assignment or comparison; also YAML's tags and blocks, JSX's braces, `s:8:"…"` of PHP. */
  operator:
    String.raw`\s{0,30}${TYPE}${OPERATOR}\s{0,30}(?:\{\s{0,5}(?=["'${'`'}])|N(?=')|[|>][+-]?\r?\n\s{1,30})?` +
    String.raw`|\*{0,2}\s{0,30}:\*{0,2}\s{0,30}(?:!!\w{1,12}\s{1,3}|&\w{1,20}\s{1,3}|[|>][+-]?\r?\n\s{1,30})?|;s:\d{1,5}:`,
  /** `let(:token) { '…' }`, `password{"…"}`. */
  brace: String.raw`\)?\s{0,3}\{\s{0,5}(?=["'${'`'}])`,
  /** The next argument of a call, or one with a name. */
  argument: String.raw`\s{0,4},\s{0,30}(?:(?:[^()"'${'`'}\r\n]{0,60}?\b)?(?:default|with)(?:\s?=>?\s?|:\s{0,3}))?(?:<<(?="))?`,
  /** The first argument of a call. */
  call: String.raw`\s{0,2}\(\s{0,20}`,
  /** `expect(token).toBe('…')`. */
  matcher: String.raw`\)(?:\.\w{1,20}){0,4}?\.${MATCHER}\(\s{0,20}`,
  /** `variable "token" { default = … }`. */
  block: String.raw`\s{0,3}\{[^{}]{0,300}?\bdefault\s{0,10}=\s{0,5}`,
  /** A cell of a table. */
  cell: String.raw`\*{0,2}\s{0,40}\|\s{0,10}`,
  /** Prose with a quoted value. */
  prose: String.raw`\s{1,3}(?:is|was|to|-)\s{1,3}(?=["'${'`'}])`,
  /** An option of a command, SQL, a Dockerfile, a setting with a space. */
  blank: String.raw`[ \t]{1,40}(?:-string )?`,
} as const;
export type Separator = keyof typeof SEPARATORS;

/** Which separator a text is: one group in the pattern costs less than eleven. */
const KINDS: readonly (readonly [Separator, RegExp])[] = [
  ['blank', /^[ \t]+(?:-string )?$/i],
  ['call', /^\s*\($/],
  ['pair', /value["']?\s*[:=]$/i],
  ['argument', /^\s*,/],
  ['matcher', /^\).*\($/s],
  ['block', /^\s*\{[^]*=$/],
  ['brace', /^\)?\s*\{$/],
  ['cell', /(?<!\|)\|$/],
  ['prose', /^\s+(?:is|was|to|-)$/i],
  ['content', /(?<![=-])>$|\[CDATA\[$/],
];

/** Calls that only wrap a literal. */
const WRAPPER =
  String.raw`(?:new )?(?:[\w.:]{0,40}[.:])?(?:Some|string|SecretStr|Secret|Optional|of|Just|bytes?|\[\]byte|b64decode|decode|from|utf8` +
  String.raw`|SecureString|valueOf|Password|to_string|get_?bytes|unhexlify|from_?hex|decode_?hex|hex2bin)\(\s{0,10}`;
/** Without quotes: up to the end of the line, including characters that usually end a value; or up to the first of these. */
const BARE =
  String.raw`(?:[^\s"'${'`'}<>$,;&]|[,;&](?![\w.-]{1,40}[=:])){3,127}[^\s"'${'`'}<>$,;&)}\]](?=[ \t]{0,20}(?:[\r\n]|$))` +
  String.raw`|[^\s"'${'`'}<>(){}\[\],;&|\\]{4,256}`;
const LITERAL = String.raw`(?:["'](?=\\["']))?(?<quote>${QUOTE})?(?<secret>(?:(?!\k<quote>)[^\r\n]){1,4096}(?=\k<quote>)|(?<=[>\[])[^\s<>]{4,256}(?=<\/|\]\]>)|${BARE})`;

/**
 * From a word in the name of a credential to the value, for a rule with these keywords. `readAssignment` judges the matches.
 *
 * @param words regular expressions, each of which begins with a keyword of the rule
 */
export function assignmentPattern(words: readonly string[]): RegExp {
  // The whole name: no shorter one is tried.
  const name = String.raw`(?:${words.join('|')})[\w.-]{0,40}(?![\w.]|-(?!>))\]?(?<close>${QUOTE})?[\]}]{0,2}`;
  const separator = Object.values(SEPARATORS).join('|');
  return new RegExp(`${name}(?<separator>${separator})(?<wrapper>${WRAPPER})?(?:[bru@L]{1,2}(?=["'\`]))?${LITERAL}`, 'i');
}

/** What is between name and value in a match of {@link assignmentPattern}. */
export function separatorOf(match: RegExpExecArray): Separator {
  const text = match.groups!['separator']!.replace(/(?<=\S)\s+$/, '');
  return KINDS.find(([, pattern]) => pattern.test(text))?.[0] ?? 'operator';
}
