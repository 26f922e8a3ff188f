import { separatorOf } from './assignment-pattern.ts';
import { credentialKind, type CredentialKind } from './credential-name.ts';
import { extensionOf, LANGUAGES } from './languages.ts';
import { lineBefore } from './line.ts';
import type { Candidate } from './rule.ts';

/** A value that is given to a credential somewhere: in code, markup, configuration, a query, a command line. */
export interface Assignment {
  readonly kind: CredentialKind;
  /** The whole name, as far as it is one word with dots. */
  readonly name: string;
  readonly value: string;
  /** Without quotes, in a place where a word is an expression. */
  readonly mayBeExpression: boolean;
}

/** Where a word without quotes is an expression and no text. */
const CODE = new Set<string>([
  ...Object.entries(LANGUAGES).flatMap(([language, extensions]) => (language === 'shell' || language === 'sql' ? [] : extensions)),
  ...'json json5 pl pm lua r hs clj tf hcl nix vb vbs jl erl zig proto thrift graphql css scss less sol mjml'.split(' '),
]);
const DOCUMENT = new Set(['md', 'mdx', 'rst', 'adoc', 'txt', 'html', '']);
/** Settings with a blank between name and value. */
const SETTINGS = new Set(['conf', 'cfg', 'cnf', 'ini', 'config', 'ovpn', 'rc', '']);
const COMMENT_LINE = /^\s*(?:\/\/|#|\*|--|;|\/\*|<!--)/;
/** Functions that ask for, check or change a credential, and take something else. */
const ASKS = new RegExp(
  '(?:^|\\.)_?(?:encrypt|decrypt|hash|check|verify|valid|compare|generate|get|is|has|find|read|fetch|load|look|prompt|ask|expect' +
    '|assert|t|trans|encode|decode|make|create|build|parse|from(?=[A-Z]))(?![a-z])[^.]*$|[cC]redentials?$',
);
/** Methods of the credential itself: its name is what stands before. */
const METHOD = /\.(?:equals(?:IgnoreCase)?|compareTo|assign|set|is|eq|value)$/i;
/** Functions that take a variable and the value that it has or gets. */
const COMPARES =
  /\b(?:strn?(?:case)?cmp|str[ln]?cpy|compare_digest|hash_equals|assert\w*|equals?\w*|ConstantTimeCompare|eq|expect|set|put|define)\(\s*$|\bset\s+:$/i;
const MEMBER_OR_CONSTANT = /^[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)+$|^[A-Z][A-Z\d]*(?:_[A-Z\d]+)+$/;
/** What may stand behind a value without quotes; behind a word of a sentence stand more words. */
const END_OF_VALUE = /^(?:$|[,;&)}\]<"'`|\\]|\s*(?:$|#|\/\/|--|\*\/|[\\;|}]|&&|(?:--?|\/)?\w[\w.-]*[=:]|--?\w|\/\w+))/;
/** First on its line, as far as one can see. */
const LINE_START = /(?:^|\n)[ \t]*(?:[@:]|#\s*define\s+|\(def\s+|set\(|set\s+:|\{:|-\s+)?$/;
/** Commands that set what stands next. */
const SETS = /(?:\b(?:ENV|ARG|setx)|\\set|\bset\s+(?:-\w+\s+)*|\bconfig(?:ure)?\s+(?:--\w+\s+)*(?:set\s+)?(?:\S{0,60}[:/])?)\s*$/;
/** Statements about a user. */
const SQL_USER = /\b(?:with|set|by)\s+(?:encrypted\s+)?$|\b(?:create|alter)\s+(?:user|role|login)\b[^;\n]{0,120}$/i;

/** Null where a match of `assignmentPattern` gives no literal to a credential. */
export function readAssignment(candidate: Candidate): Assignment | null {
  const { text, secret, end, match } = candidate;
  const { quote, wrapper } = match.groups!;
  // Bounded, for the sake of files that are one long line.
  const before = text.slice(Math.max(0, match.index - 160), match.index);
  const head = nameBefore(before);
  const name = (head + /^[\w.-]*/.exec(match[0])![0]).replace(METHOD, '');
  const kind = credentialKind(name);
  if (kind === null || !isSeparated(candidate, before, head, name)) return null;
  // The name of another credential, or a part of this one.
  if (/^[A-Za-z][\w.-]*$/.test(secret) && (credentialKind(secret) !== null || lettersOf(name).includes(lettersOf(secret)))) return null;

  if (quote !== undefined) {
    const isClosed = text.startsWith(quote, end) && !secret.endsWith('\\');
    return isClosed ? { kind, name, value: secret, mayBeExpression: false } : null;
  }
  if (wrapper !== undefined || !isBareValue(candidate, before, head)) return null;
  const isQuery = /[?&]$/.test(before.slice(0, before.length - head.length));
  const mayBeExpression = CODE.has(extensionOf(candidate.path)) && !isQuery && !COMMENT_LINE.test(lineBefore(text, match.index));
  return { kind, name, value: secret, mayBeExpression };
}

function lettersOf(name: string): string {
  return name.toLowerCase().replace(/[^a-z\d]+/g, '');
}

/** The part of a name at the end of a text. Read backwards: a pattern would start at each character. */
function nameBefore(text: string): string {
  let start = text.length;
  while (start > 0 && /[\w.$-]/.test(text[start - 1]!)) start--;
  return text.slice(start);
}

/** Does what stands between name and value make it an assignment? */
function isSeparated({ text, secret, end, path, match }: Candidate, before: string, head: string, name: string): boolean {
  const { close, quote, separator = '' } = match.groups!;
  const lead = before.slice(0, before.length - head.length);
  // A file's name, or a badge or file that everybody may see.
  if (lead.endsWith('/') || /\/badge|[?&]alt=media&$/.test(lead)) return false;
  const isQuoted = quote !== undefined;
  switch (separatorOf(match)) {
    case 'argument':
      if (!isQuoted) return false;
      if (/(?:default|with)\W*$/i.test(separator)) return close !== undefined;
      // In a call the name is the first argument; in a list it is one of many.
      if (close === undefined) return COMPARES.test(lead) || (/\{\s*$/.test(lead) && /^["'](?:>>)?\s*\}/.test(text.slice(end, end + 6)));
      return !separator.includes('\n') && /(?:\(\s*[brf@]?["'`](?:[#.]|\w*\[\w+=["']?)?|(?:Config|res)\w+\s.{0,20}["'])$/.test(lead);
    case 'call':
      return close === undefined && isQuoted && !ASKS.test(name);
    case 'content':
      return /<\/|\]\]>/.test(text.slice(end, end + 3)) && /<(?:\w+:)?$|<key>$|<[^<>]{0,100}\b(?:name|key|id)=["']$/.test(lead);
    case 'brace':
      return isBraceClosed(text, end);
    case 'matcher':
      return isQuoted;
    case 'prose':
      return isQuoted && !secret.includes(' ');
    case 'block':
      return close !== undefined && /\bvariable\s+["']$/.test(lead);
    case 'cell':
      return DOCUMENT.has(extensionOf(path)) && /\|\s*\*{0,2}$/.test(lead);
    case 'blank':
      return isBlankSeparated({ text, secret, end, path, match }, lead, head, name);
    default:
      return !/\{\s*$/.test(separator) || isBraceClosed(text, end);
  }
}

function isBraceClosed(text: string, end: number): boolean {
  return /^["'`]\s{0,5}\}/.test(text.slice(end, end + 8));
}

function isBlankSeparated(
  { text, secret, end, path, match }: Pick<Candidate, 'text' | 'secret' | 'end' | 'path' | 'match'>,
  lead: string,
  head: string,
  name: string,
): boolean {
  const { quote } = match.groups!;
  if (head.startsWith('-') || SETS.test(lead)) return true;
  const isFirst = LINE_START.test(lead);
  const rest = /^[^\r\n]{0,40}/.exec(text.slice(end, end + 40))![0];
  const isStatement = /^identified/i.test(match[0]) || SQL_USER.test(lead);
  if (quote === undefined) {
    if (isStatement) return /^\s*;?\s*$/.test(rest);
    return path.endsWith('netrc') || (isFirst && SETTINGS.has(extensionOf(path)) && /^\s*$/.test(rest));
  }
  if (isStatement || /^ConvertTo-/i.test(name)) return true;
  if (quote === '`') return DOCUMENT.has(extensionOf(path)) && !secret.includes(' ');
  return isFirst && /^["'][\s;,)}\]]*(?:$|#|\/\/)/.test(rest);
}

/** Is a value without quotes a literal: no call, no member, no constant, no word of a sentence? */
function isBareValue({ text, secret, start, end, match, path }: Candidate, before: string, head: string): boolean {
  const isOption = head.startsWith('-');
  const between = match.groups!['separator']!;
  if (between.includes('\n') && !/value|[>]\s*$/i.test(between) && !/[|>][+-]?\s+$/.test(between)) return false;
  if (/['"]/.test(text[start - 1] ?? '') || MEMBER_OR_CONSTANT.test(secret) || /^[A-Za-z_]{1,15}=$/.test(secret)) return false;
  if (/[(){}[\],;&|\\<>]/.test(secret) && CODE.has(extensionOf(path))) return false;
  const rest = /^[^\r\n]{0,40}/.exec(text.slice(end, end + 40))![0];
  const lead = before.slice(0, before.length - head.length);
  if (lead.endsWith('`') && rest.startsWith('`')) return true;
  if (/^[([{`]/.test(rest)) return false;
  return isOption || END_OF_VALUE.test(rest) || isEnvironment(lead, head + match[0].slice(0, match[0].indexOf('=')), between);
}

/** `PGPASSWORD=… psql`: what stands behind is the command. */
function isEnvironment(lead: string, name: string, between: string): boolean {
  return between === '=' && /^[A-Z][A-Z\d_]*$/.test(name) && /(?:^|[\s;&|"'(])$/.test(lead);
}
