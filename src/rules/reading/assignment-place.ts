import { separatorOf } from './assignment-pattern.ts';
import { extensionOf } from '../../engine/languages.ts';
import type { Candidate } from '../../engine/rule.ts';

/** Functions that request, check or change a credential; their argument is something else. */
const ASKS = new RegExp(
  '(?:^|\\.)_?(?:encrypt|decrypt|hash|check|verify|valid|compare|generate|get|is|has|find|read|fetch|load|look|prompt|ask|expect' +
    '|assert|t|trans|encode|decode|make|create|build|parse|from(?=[A-Z]))(?![a-z])[^.]*$|[cC]redentials?$',
);
/** Functions that take a variable and the value to compare or assign. */
const COMPARES =
  /\b(?:strn?(?:case)?cmp|str[ln]?cpy|compare_digest|hash_equals|assert\w*|equals?\w*|ConstantTimeCompare|eq|expect|set|put|define)\(\s*$|\bset\s+:$/i;
/** Nothing but a prefix precedes it on its line. */
const LINE_START = /(?:^|\n)[ \t]*(?:[@:]|#\s*define\s+|\(def\s+|set\(|set\s+:|\{:|-\s+)?$/;
/** Commands that set the variable that follows. */
const SETS = /(?:\b(?:ENV|ARG|setx|setenv)|\\set|\bset\s+(?:-\w+\s+)*|\bconfig(?:ure)?\s+(?:--\w+\s+)*(?:set\s+)?(?:\S{0,60}[:/])?)\s*$/;
/** Statements about a user. */
const SQL_USER = /\b(?:with|set|by)\s+(?:encrypted\s+)?$|\b(?:create|alter)\s+(?:user|role|login)\b[^;\n]{0,120}$/i;
/** Settings with a space between name and value. */
const SETTINGS = new Set(['conf', 'cfg', 'cnf', 'ini', 'config', 'ovpn', 'rc', '']);
export const DOCUMENT = new Set(['md', 'mdx', 'rst', 'adoc', 'txt', 'html', '']);
/** Words before `key`, with a space between them. */
export const KEY_OF = /\b(?:api|secret|access|auth|licen[sc]e|encryption|signing|service|account) $/i;
/** A run of letters and digits that does not occur in names. */
export const RANDOM_PART = /(?:^|[_.-])(?=(?:[A-Za-z]*\d){3})(?=\d*[A-Za-z])[A-Za-z\d]{16,}/;

/** Does the text between name and value make it an assignment? */
export function isSeparated({ text, secret, end, path, match }: Candidate, before: string, head: string, name: string): boolean {
  const { close, quote, separator = '' } = match.groups!;
  const lead = before.slice(0, before.length - head.length);
  // A file name, base64, or the URL of a public badge or file.
  if (/(?<!\s)\/$|\+$/.test(lead) || /\/badge|[?&]alt=media&$/.test(lead)) return false;
  if (/[?&]$/.test(lead) && lead.includes('docs.google.com/')) return false;
  const isQuoted = quote !== undefined;
  switch (separatorOf(match)) {
    case 'argument':
      if (!isQuoted) return false;
      if (/(?:default|with)\W*$/i.test(separator)) return close !== undefined;
      // In a call, the name is the first argument; in a list, it is one of many.
      if (close === undefined) return COMPARES.test(lead) || (/\{\s*$/.test(lead) && /^["'](?:>>)?\s*\}/.test(text.slice(end, end + 6)));
      return !separator.includes('\n') && /(?:\(\s*[brf@]?["'`](?:[#.]|\w*\[\w+=["']?)?|(?:Config|res)\w+\s.{0,20}["'])$/.test(lead);
    case 'call':
      // A record with several fields: `Passwd.new('me', nil, 502)`.
      if (name.endsWith('.new') && /^["']\s{0,3},/.test(text.slice(end, end + 6))) return false;
      // Of two strings, the first is the user name.
      return close === undefined && isQuoted && !ASKS.test(name) && !/^["'`]\s{0,3},\s{0,3}["'`]/.test(text.slice(end, end + 10));
    case 'content':
      return (
        /<\/|\]\]>/.test(text.slice(end, end + 3)) &&
        /<(?:\w+:)?$|<key>$|<(?!(?:[abip]|td|li|div|span|section|h\d)\b[^<>]*\bid=["']$)[^<>]{0,100}\b(?:name|key|id)=["']$/.test(lead)
      );
    case 'brace':
      return isBraceClosed(text, end);
    case 'matcher':
      return isQuoted;
    case 'prose':
      // `pass` is also a verb.
      return isQuoted && !secret.includes(' ') && !/^pass$/i.test(name);
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
    if (KEY_OF.test(lead) && RANDOM_PART.test(secret)) return true;
    return path.endsWith('netrc') || (isFirst && SETTINGS.has(extensionOf(path)) && /^\s*$/.test(rest));
  }
  if (isStatement || /^ConvertTo-/i.test(name)) return true;
  // `pass` is also a verb.
  if (quote === '`') return DOCUMENT.has(extensionOf(path)) && !secret.includes(' ') && !/^pass$/i.test(name);
  return isFirst && /^["'][\s;,)}\]]*(?:$|#|\/\/)/.test(rest);
}
