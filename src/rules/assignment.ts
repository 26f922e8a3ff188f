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

const QUOTE = '\\\\{0,3}["\'`]|&(?:quot|apos|#3[49]);';
const TYPE = String.raw`(?::\s{0,3}[A-Za-z&*][\w<>\[\]?|.' ]{0,30}?\s{0,5}|(?:string|\[\]byte)\s{1,3}|\[\w{0,10}\]\s{0,3})?`;
const OPERATOR = String.raw`(?::{0,3}=|:-|=>|={2,3}|!={1,2}|[?.+]=|->|<-|\|\||\?\?|\bor\b)`;
const SEPARATORS = [
  String.raw`\s{0,30}${TYPE}${OPERATOR}\s{0,30}`,
  String.raw`\s{0,30}:\s{0,30}`,
  // The second argument of a call.
  String.raw`\s{0,4},\s{0,30}`,
  // The first one.
  String.raw`\s{0,2}\(\s{0,20}`,
  // The content of an element.
  '>',
  // An option of a command, SQL, a Dockerfile; also `name="…" value="…"`.
  String.raw`[ \t]{1,20}(?:-string |value["']?\s{0,3}[:=]\s{0,3})?`,
  // `name: …`, on the next line `value: …`.
  String.raw`[\s,]{1,20}["']?value["']?\s{0,3}[:=]\s{0,3}`,
];
/** Calls that only wrap a literal. */
const WRAPPER =
  String.raw`(?:new )?(?:[\w.]{0,30}\.)?(?:Some|string|SecretStr|Secret|Optional|of|Just|bytes?|\[\]byte|b64decode|decode|from` +
  String.raw`|SecureString|valueOf|Password|to_string)\(\s{0,10}`;
const LITERAL =
  String.raw`(?<quote>${QUOTE})?(?<secret>(?:(?!\k<quote>)[^\r\n]){1,4096}(?=\k<quote>)` +
  String.raw`|[^\s"'${'`'}<>(){}\[\],;&|\\]{4,256})`;

/**
 * From a word of a credential's name to the value, for a rule with these keywords. Told apart and weighed by {@link readAssignment}.
 *
 * @param words regular expressions, each beginning as one of the rule's keywords
 */
export function assignmentPattern(words: readonly string[]): RegExp {
  const name = String.raw`(?:${words.join('|')})[\w.-]{0,40}(?<close>${QUOTE})?[\]}]{0,2}`;
  return new RegExp(`${name}(?<separator>${SEPARATORS.join('|')})(?<wrapper>${WRAPPER})?(?:[bru@L]{1,2}(?=["'\`]))?${LITERAL}`, 'i');
}

/** Where a word without quotes is an expression and no text. */
const CODE = new Set<string>([
  ...Object.entries(LANGUAGES).flatMap(([language, extensions]) => (language === 'shell' || language === 'sql' ? [] : extensions)),
  ...'json json5 pl pm lua r hs clj tf hcl nix vb vbs jl erl zig proto thrift graphql css scss less sol mjml'.split(' '),
]);
const COMMENT_LINE = /^\s*(?:\/\/|#|\*|--|;|\/\*|<!--)/;
/** Functions that ask for, check or change a credential, and take something else. */
const ASKS = new RegExp(
  '^(?:\\w*\\.)?_?(?:encrypt|decrypt|hash|check|verify|valid|compare|generate|get|is|has|find|read|fetch|load|look|prompt|ask|expect' +
    '|assert|t|trans|encode|decode|make|create|build|parse)(?![a-z])',
);
const MEMBER_OR_CONSTANT = /^[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)+$|^[A-Z][A-Z\d]*(?:_[A-Z\d]+)+$/;
/** What may stand behind a value without quotes; behind a word of a sentence stand more words. */
const END_OF_VALUE = /^(?:$|[,;&)}\]<"'`|\\]|\s*(?:$|#|\/\/|--|\*\/|\\|;|&&|(?:--?|\/)?\w[\w.-]*[=:]|--?\w|\/\w+))/;

/** Null where a match of {@link assignmentPattern} gives no literal to a credential. */
export function readAssignment(candidate: Candidate): Assignment | null {
  const { text, secret, end, match } = candidate;
  const { quote, wrapper } = match.groups!;
  const before = text.slice(Math.max(0, match.index - 60), match.index);
  const head = /[\w.$-]*$/.exec(before)![0];
  const name = head + /^[\w.-]*/.exec(match[0])![0];
  const kind = credentialKind(name);
  if (kind === null || !isSeparated(candidate, before, head, name)) return null;
  // The name of another credential.
  if (/^[A-Za-z][\w.-]*$/.test(secret) && credentialKind(secret) !== null) return null;

  if (quote !== undefined) {
    const isClosed = text.startsWith(quote, end) && !secret.endsWith('\\');
    return isClosed ? { kind, name, value: secret, mayBeExpression: false } : null;
  }
  const isOption = head.startsWith('-');
  if (wrapper !== undefined || !isBareValue(candidate, isOption)) return null;
  // Bounded, for the sake of files that are one long line.
  const isQuery = /[?&]$/.test(before.slice(0, before.length - head.length));
  const mayBeExpression = CODE.has(extensionOf(candidate.path)) && !isQuery && !COMMENT_LINE.test(lineBefore(text, match.index));
  return { kind, name, value: secret, mayBeExpression };
}

/** Does what stands between name and value make it an assignment? */
function isSeparated({ text, end, path, match }: Candidate, before: string, head: string, name: string): boolean {
  const { close, separator = '', quote } = match.groups!;
  const lead = before.slice(0, before.length - head.length);
  // A file's name, or a badge that everybody may see.
  if (lead.endsWith('/') || lead.includes('/badge')) return false;
  switch (separator.trim().replace(/^-string$/i, '')) {
    case ',':
      // In a call the name is the first argument; in a list it is one of many.
      return close !== undefined && quote !== undefined && !separator.includes('\n') && /\([brf@]?["'`]$/.test(lead);
    case '(':
      return close === undefined && quote !== undefined && !ASKS.test(name);
    case '>':
      return lead.endsWith('<') && text[end] === '<';
    case '':
      if (head.startsWith('-')) return true;
      if (quote === undefined) return /(?:\b(?:ENV|ARG)|\\set)\s+$/.test(lead) || path.endsWith('netrc');
      return /^(?:ConvertTo-)/i.test(name) || /^identified by/i.test(match[0]) || /\b(?:with|set|by)\s+(?:encrypted\s+)?$/i.test(lead);
    default:
      return true;
  }
}

/** Is a value without quotes a literal: no call, no member, no constant, no word of a sentence? */
function isBareValue({ text, secret, start, end, match }: Candidate, isOption: boolean): boolean {
  const separator = match.groups!['separator']!;
  if (separator.includes('\n') && !/value/i.test(separator)) return false;
  if (/['"]/.test(text[start - 1] ?? '') || MEMBER_OR_CONSTANT.test(secret)) return false;
  const rest = /^[^\r\n]{0,40}/.exec(text.slice(end, end + 40))![0];
  return !/^[([{`]/.test(rest) && (isOption || END_OF_VALUE.test(rest));
}
