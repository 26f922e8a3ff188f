import { isTestPath } from '../../engine/test-path.ts';
import { DOCUMENT, isSeparated, KEY_OF, RANDOM_PART } from './assignment-place.ts';
import { credentialKind, type CredentialKind } from './credential-name.ts';
import { extensionOf, LANGUAGES } from '../../engine/languages.ts';
import { lineBefore } from './line.ts';
import type { Candidate } from '../../engine/rule.ts';

/** A value that is assigned to a credential in code, markup, configuration, a query or a command line. */
export interface Assignment {
  readonly kind: CredentialKind;
  /** The whole name, including members before a dot. */
  readonly name: string;
  readonly value: string;
  /** The value has no quotes, in a language where a bare word is an expression. */
  readonly mayBeExpression: boolean;
}

/** Languages where a bare word is an expression, not text. */
const CODE = new Set<string>([
  ...Object.entries(LANGUAGES).flatMap(([language, extensions]) => (language === 'shell' || language === 'sql' ? [] : extensions)),
  ...'json json5 pl pm lua r hs clj tf hcl nix vb vbs jl erl zig proto thrift graphql css scss less sol mjml t'.split(' '),
]);
const COMMENT_LINE = /^\s*(?:\/\/|#|\*|--|;|\/\*|<!--)/;
/** Methods of the credential itself: its name precedes the method. */
const METHOD = /\.(?:equals(?:IgnoreCase)?|compareTo|assign|set|is|eq|value)$/i;
const MEMBER_OR_CONSTANT = /^[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)+$|^[A-Z][A-Z\d]*(?:_[A-Z\d]+)+$/;
/** What may follow a value without quotes; a word of a sentence is followed by more words. */
const END_OF_VALUE = /^(?:$|[,;&)}\]<"'`|\\]|\s*(?:$|#|\/\/|--|\*\/|[\\;|}]|&&|(?:--?|\/)?\w[\w.-]*[=:]|--?\w|\/\w+))/;
/** In shell scripts, spaces around the operator or a `$` before the name mean that it is not an assignment. */
const SHELL = new Set<string>(LANGUAGES.shell);
/** The name of the user that a password next to it, or in the same call, belongs to. */
const LOGIN_NAME =
  /(?:user|login|account|member|identifier|uid|cn|sn|name|mail|nick|\blog)[\w.-]{0,16}["'\])]{0,3}\s{0,5}(?:={1,3}>?|:(?=[=\s"'`])=?|,|>|\()\s{0,5}["'`]?$/i;
/** An entry after that of a country code. */
const CODE_OF_COUNTRY = /["'][A-Z]{2}["']\s{0,3}(?:=>|:)\s{0,3}["'][^"'\r\n]{0,40}["'],\s{1,20}["']$/;

/** Returns null if a match of `assignmentPattern` does not assign a literal to a credential. */
export function readAssignment(candidate: Candidate): Assignment | null {
  const { text, secret, end, match } = candidate;
  const { quote, wrapper } = match.groups!;
  // Bounded, because a file may be one long line.
  const before = text.slice(Math.max(0, match.index - 160), match.index);
  const head = nameBefore(before);
  const name = (head + /^[\w.-]*/.exec(match[0])![0]).replace(METHOD, '');
  const kind = kindOf(name, before.slice(0, before.length - head.length));
  if (kind === null || !isSeparated(candidate, before, head, name)) return null;
  // The value is the name of another credential, or part of this name.
  const isName = /^[A-Za-z][\w.-]*$/.test(secret) && (credentialKind(secret) !== null || lettersOf(name).includes(lettersOf(secret)));
  if (isName && !RANDOM_PART.test(secret)) return null;

  if (quote !== undefined) {
    const isClosed = text.startsWith(quote, end) && !secret.endsWith('\\');
    return isClosed ? { kind, name, value: secret, mayBeExpression: false } : null;
  }
  if (wrapper !== undefined || !isBareValue(candidate, before, head)) return null;
  const isQuery = /[?&]$/.test(before.slice(0, before.length - head.length));
  const mayBeExpression = CODE.has(extensionOf(candidate.path)) && !isQuery && !COMMENT_LINE.test(lineBefore(text, match.index));
  return { kind, name, value: secret, mayBeExpression };
}

/** The kind by the name; for a bare `key`, also by what precedes it: `api key`, `https://api.acme.dev/items?key=`. */
function kindOf(name: string, lead: string): CredentialKind | null {
  const kind = credentialKind(name);
  if (kind !== 'key' || !/^key$/i.test(name)) return kind;
  const isOneOf = lead.endsWith(' ') ? KEY_OF.test(lead) : /[?&]$/.test(lead) && /:\/\/[^\s"'`<>]{1,120}$/.test(lead);
  return isOneOf ? 'secret' : kind;
}

/**
 * Is a value from {@link readAssignment} a complete literal, and not the name of a login? Checked last, for the few values that look like a
 * credential.
 */
export function isOwnLiteral(candidate: Candidate, name: string): boolean {
  return !isNoLiteral(candidate, name) && !isName(candidate) && !isNamedAfterPlace(candidate);
}

/** Signs that the value is part of something longer, or not a value. */
function isNoLiteral(candidate: Candidate, name: string): boolean {
  const { text, secret, end, match } = candidate;
  const { close, quote } = match.groups!;
  const separator = match.groups!['separator']!.trim();
  // Between bytes that are not text, or a two-letter code in a list of codes.
  if (/[\0-\x08\x0e-\x1a]/.test(text.slice(Math.max(0, match.index - 40), end + 40))) return true;
  if (
    name === 'PW' &&
    close !== undefined &&
    (/^[A-Z][a-z]+$/.test(secret) || CODE_OF_COUNTRY.test(text.slice(Math.max(0, match.index - 60), match.index)))
  )
    return true;
  if (
    /^(?:or|\|\||\?\?)$/.test(separator) &&
    (quote === undefined || (separator === 'or' && close !== undefined && !match[0].includes(']')))
  )
    return true;
  return quote === undefined ? isPartOfCode(candidate, separator) : isPartOfString(candidate, separator);
}

/** `"prefix:" + rest`, and `NAME "=text"` in C. */
function isPartOfString({ text, secret, end }: Candidate, separator: string): boolean {
  const isBeginning = /[^\w\s]$/.test(secret) && /^["'`]\s{0,3}[+.]{1,2}\s{0,3}[A-Za-z$(]/.test(text.slice(end, end + 12));
  return isBeginning ? !/^["'`]\s*\.\w+\(/.test(text.slice(end, end + 40)) : separator === '' && secret.startsWith('=');
}

/** A closing bracket, the next option of a command, a chain with colons, a class member, a type, a shell variable. */
function isPartOfCode({ text, secret, start, path, match }: Candidate, separator: string): boolean {
  const head = nameBefore(text.slice(Math.max(0, match.index - 160), match.index));
  if (/^[\])}]/.test(secret) || (separator === '' && secret.startsWith('--'))) return true;
  if (match.groups!['separator'] === ':' && text[match.index - head.length - 1] === ':') return true;
  if (separator.endsWith(':') && (secret.startsWith(':') || (CODE.has(extensionOf(path)) && /^[A-Z]\w*[!?]$/.test(secret)))) return true;
  return SHELL.has(extensionOf(path)) && head.startsWith('$') && /\s/.test(text[start - 1]!);
}

/** The same word as the user name next to it, in code or a document: a made-up login. In settings it may well be in use. */
function isName({ text, secret, start, end, path }: Candidate): boolean {
  const extension = extensionOf(path);
  if (!/^[A-Za-z][\w.-]{2,30}$/.test(secret) || !(CODE.has(extension) || (extension !== '' && DOCUMENT.has(extension)))) return false;
  const from = Math.max(0, start - 200);
  const around = text.slice(from, end + 120);
  for (let at = around.indexOf(secret); at !== -1; at = around.indexOf(secret, at + 1)) {
    const isSelf = from + at === start;
    const isWhole = !/\w/.test(around[at - 1] ?? '') && !/[\w-]/.test(around[at + secret.length] ?? '');
    if (!isSelf && isWhole && LOGIN_NAME.test(around.slice(Math.max(0, at - 40), at))) return true;
  }
  return false;
}

/** A word from the path of the file, as in tests. */
function isNamedAfterPlace({ path, secret }: Candidate): boolean {
  return /^[A-Za-z]{5,}$/.test(secret) && isTestPath(path) && lettersOf(path).includes(secret.toLowerCase());
}

function lettersOf(name: string): string {
  return name.toLowerCase().replace(/[^a-z\d]+/g, '');
}

/** The part of a name at the end of a text. Reads backwards, because a pattern would start at each character. */
function nameBefore(text: string): string {
  let start = text.length;
  while (start > 0 && /[\w.$-]/.test(text[start - 1]!)) start--;
  return text.slice(start);
}

/** Is a value without quotes a literal: not a call, a member, a constant or a word of a sentence? */
function isBareValue({ text, secret, start, end, match, path }: Candidate, before: string, head: string): boolean {
  const isOption = head.startsWith('-');
  const between = match.groups!['separator']!;
  if (between.includes('\n') && !/value|[>]\s*$/i.test(between) && !/[|>][+-]?\s+$/.test(between)) return false;
  if (
    /['"]/.test(text[start - 1] ?? '') ||
    (MEMBER_OR_CONSTANT.test(secret) && !RANDOM_PART.test(secret)) ||
    /^[A-Za-z_]{1,15}=$/.test(secret)
  )
    return false;
  if (/[(){}[\],;&|\\<>]/.test(secret) && CODE.has(extensionOf(path))) return false;
  const rest = /^[^\r\n]{0,40}/.exec(text.slice(end, end + 40))![0];
  const lead = before.slice(0, before.length - head.length);
  if (lead.endsWith('`') && rest.startsWith('`')) return true;
  if (/^[([{`]/.test(rest)) return false;
  return isOption || END_OF_VALUE.test(rest) || isEnvironment(lead, head + match[0].slice(0, match[0].indexOf('=')), between);
}

/** `PGPASSWORD=… psql`, `--set db.password=… release`: the command, or the rest of it, follows. */
function isEnvironment(lead: string, name: string, between: string): boolean {
  if (between !== '=') return false;
  return (
    (/^[A-Z][A-Z\d_]*$/.test(name) && /(?:^|[\s;&|"'(])$/.test(lead)) || /\s--?(?:set(?:-string)?|e|env|build-arg|var|D|P) $/.test(lead)
  );
}
