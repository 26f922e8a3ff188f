import { hasEscapes, isInEscape, mayHaveEscapes, unescape } from './escapes.ts';
import { LANGUAGES } from './languages.ts';
import type { Match } from './match.ts';
import type { Candidate, ContentRule } from './rule.ts';
import { TextFacts } from './text-facts.ts';
import { weigh } from './weigh.ts';

/** What a rule needs at run time, created at its first hit in the run. */
export interface Runner {
  readonly rule: ContentRule;
  readonly sticky: RegExp;
  readonly extensions: ReadonlySet<string> | null;
}

/** The text that a pattern is tried on. */
export interface Place {
  readonly text: string;
  readonly facts: TextFacts;
  readonly now: number;
  readonly path: string;
  readonly matches: Match[];
  /** Scans the decoded value. */
  readonly scanWithin: (candidate: Candidate) => void;
  mayHaveEscapes?: boolean;
  /** Remaining characters that may be unescaped. */
  unescapable: number;
}

/** Maximum distance of an escape after a keyword, and how much text before and after the keyword is then unescaped. */
const ESCAPE_REACH = 200;
const BEFORE_UNESCAPED = 40;
const BEHIND_UNESCAPED = 600;

/** Compiles the pattern of a rule. */
export function prepare(rule: ContentRule): Runner {
  const mode = rule.anchor === 'text' ? 'g' : 'y';
  return {
    rule,
    sticky: new RegExp(rule.pattern.source, rule.pattern.flags.replace(/[dgy]/g, '') + mode + 'd'),
    extensions: rule.languages === undefined ? null : new Set(rule.languages.flatMap((name): readonly string[] => LANGUAGES[name])),
  };
}

/** Runs a pattern at an offset. Returns the offset where the rule may match next; -1 if there is no match. */
export function tryAt(runner: Runner, place: Place, from: number): number {
  const { rule, sticky } = runner;
  const { text, facts, now, path } = place;
  sticky.lastIndex = from;
  const found = sticky.exec(text);
  if (found === null) return isMarked(rule) ? tryUnescaped(runner, place, from) : -1;
  const [start, end] = spanOf(found);
  const next = Math.max(end, found.index + 1);
  if (rule.boundary !== 'none' && rule.category === 'secret' && !isBounded(text, found.index, end)) return next;

  const candidate: Candidate = { text, facts, now, path, secret: text.slice(start, end), start, end, match: found };
  if (rule.decodes === true) place.scanWithin(candidate);
  const match = weigh(rule, candidate);
  if (match !== null) place.matches.push(match);
  return match === null ? found.index + 1 : next;
}

/** Does a rule find its values by a provider's prefix? Other rules have too many hits for a second try. */
function isMarked({ category, isGeneric, skipsGenerated, anchor }: ContentRule): boolean {
  return category === 'secret' && isGeneric !== true && skipsGenerated !== true && anchor !== 'text';
}

/** {@link tryAt} on unescaped text: the value may be in a URL, in JSON, in markup. */
function tryUnescaped({ rule, sticky }: Runner, place: Place, from: number): number {
  const { text, now, path } = place;
  place.mayHaveEscapes ??= mayHaveEscapes(text);
  if (!place.mayHaveEscapes || place.unescapable < 0 || isInEscape(text, from) || !hasEscapes(text.slice(from, from + ESCAPE_REACH)))
    return -1;
  place.unescapable -= BEHIND_UNESCAPED;
  const plain = unescape(text, Math.max(0, from - BEFORE_UNESCAPED), from + BEHIND_UNESCAPED)!;
  sticky.lastIndex = plain.offsets.indexOf(from);
  const found = sticky.exec(plain.text);
  if (found === null) return -1;
  const [start, end] = spanOf(found);
  if (rule.boundary !== 'none' && !isBounded(plain.text, found.index, end)) return -1;
  const match = weigh(rule, {
    text: plain.text,
    facts: new TextFacts(plain.text),
    now,
    path,
    secret: plain.text.slice(start, end),
    start,
    end,
    match: found,
  });
  if (match === null) return -1;
  const originOf = (offset: number): number => plain.offsets[offset]!;
  const related = match.related === null ? null : ([originOf(match.related[0]), originOf(match.related[1])] as const);
  place.matches.push({ ...match, start: originOf(start), end: originOf(end), related });
  return originOf(end);
}

/** The span of the group `secret`, or of the whole match. */
function spanOf({ indices }: RegExpExecArray): [start: number, end: number] {
  return indices?.groups?.['secret'] ?? indices![0]!;
}

/**
 * No letter, digit or `_` directly before the match or after the value. An escape before it (`\n`, `%3D`, `\u003d`) is not part
 * of a word.
 */
function isBounded(text: string, start: number, end: number): boolean {
  if (end < text.length && isWord(text.charCodeAt(end))) return false;
  if (start === 0 || !isWord(text.charCodeAt(start - 1))) return true;
  return /(?:\\[nrtbf0]|%[0-9A-Fa-f]{2}|\\u[0-9A-Fa-f]{4}|\\x[0-9A-Fa-f]{2})$/.test(text.slice(Math.max(0, start - 6), start));
}

function isWord(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95;
}
