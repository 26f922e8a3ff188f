import { extensionOf, LANGUAGES } from './languages.ts';
import type { Candidate, Confidence, ContentRule, Judgement, Proof } from './rule.ts';
import { decodeValue } from './encoded.ts';
import { entropyOf } from './entropy.ts';
import { hasEscapes, isInEscape, mayHaveEscapes, unescape } from './escapes.ts';
import { createGate, type Gate } from './gate.ts';
import { type Keywords, keywordsOf } from './keywords.ts';
import { isGenerated } from './generated.ts';
import { planPieces } from './long-lines.ts';
import { byPlace, type Match } from './match.ts';
import { readNotebook } from './notebook.ts';
import { placeholderReason } from './placeholder.ts';
import { TextFacts } from './text-facts.ts';
import { runWithin } from './time-box.ts';

/** One decoded blob to scan. */
export interface ScanInput {
  readonly bytes: Buffer;
  /** Repository path with forward slashes. */
  readonly path: string;
  /** Does a rule apply to this file? Called once per rule and file, and only if the file contains one of its keywords. */
  readonly isActive: (rule: ContentRule) => boolean;
}

export interface Scanner {
  /** Matches in order of their start. */
  readonly scan: (input: ScanInput) => Match[];
}

/** A rule that could not finish a file. It is off for the rest of the run. */
export interface RuleFailure {
  readonly rule: string;
  readonly path: string;
  /** Null if its pattern timed out. */
  readonly cause: unknown;
  /** Files that contain one of its keywords and were scanned without it. Grows during the run. */
  readonly missed: readonly string[];
}

export interface ScannerOptions {
  /**
   * Time limit in milliseconds for patterns with `anchor: 'text'` in one file. Patterns that begin at a keyword are linear by construction.
   */
  readonly ruleTimeout: number;
  /** In bytes. Longer lines are scanned in pieces. */
  readonly maxLineLength?: number;
  readonly onFailure: (failure: RuleFailure) => void;
  /** The time that expiry dates are compared with, in milliseconds since 1970. */
  readonly now: number;
}

/** What a rule needs at run time, created at its first hit in the run. */
interface Runner {
  readonly rule: ContentRule;
  readonly sticky: RegExp;
  readonly extensions: ReadonlySet<string> | null;
}

/** The text that a pattern is tried on. */
interface Place {
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

/** How deep encoded values may be nested. */
const MOST_DECODINGS = 2;
/** Maximum distance of an escape after a keyword, and how much text before and after the keyword is then unescaped. */
const ESCAPE_REACH = 200;
const BEFORE_UNESCAPED = 40;
const BEHIND_UNESCAPED = 600;
const MOST_UNESCAPED = 1_000_000;

/** How many bytes git searches for a NUL to detect binary files. */
const BINARY_PROBE = 8000;

/** How many bytes at the beginning decide what kind of file it is. */
const HEAD = 128 * 1024;

/** The current time in the samples of the rules. */
export const SAMPLE_TIME = Date.UTC(2026, 0, 1);

/** For tests and samples: throws if a rule fails. */
const STRICT: ScannerOptions = {
  ruleTimeout: 1000,
  now: SAMPLE_TIME,
  onFailure: ({ rule, cause }) => {
    throw cause ?? new Error(`${rule} ran away`);
  },
};

/** Rules that are created when one of their keywords occurs. */
export interface RuleSource {
  readonly keywords: Keywords;
  /** The rule that owns a keyword; null if it is off. Called once per rule. */
  readonly load: (owner: number) => ContentRule | null;
}

/** A source of rules that already exist. */
export function sourceOf(rules: readonly ContentRule[]): RuleSource {
  return {
    keywords: keywordsOf(rules.map(({ keywords, pattern: { ignoreCase } }) => ({ keywords, ignoreCase }))),
    load: (owner) => rules[owner]!,
  };
}

/** A cache, because one run scans with the same keywords more than once: for old contents and for file names. */
const gates = new WeakMap<Keywords, Gate>();

function gateOf(keywords: Keywords): Gate {
  const gate = gates.get(keywords) ?? createGate(keywords);
  gates.set(keywords, gate);
  return gate;
}

/** Rules → a scanner. Rules are created, and their patterns compiled, at their first hit. */
export function createScanner(
  { keywords, load }: RuleSource,
  { ruleTimeout, maxLineLength = Infinity, onFailure, now }: ScannerOptions = STRICT,
): Scanner {
  const gate = gateOf(keywords);
  /** Null if the rule is off. */
  const runners: (Runner | null | undefined)[] = [];
  /** Rules that are off after a failure. */
  const failed = new Map<number, RuleFailure & { readonly missed: string[] }>();
  const runnerOf = (owner: number): Runner | null => {
    let runner = runners[owner];
    if (runner === undefined) {
      const rule = load(owner);
      runners[owner] = runner = rule === null ? null : prepare(rule);
    }
    return runner;
  };

  /** @param head the beginning of the file, if `bytes` is a piece of it */
  const scan = ({ bytes, path, isActive }: ScanInput, depth: number, head: Buffer | null = null): Match[] => {
    const matches: Match[] = [];
    /** For each rule with a keyword in this blob: the offset where it may match next; Infinity if it does not apply. */
    const resumeAt = new Map<number, number>();
    let text = '';
    let generated: boolean | undefined;
    let binary: boolean | undefined;
    let place: Place | undefined;

    /** A secret in an encoded value is reported at the whole value. */
    const scanWithin = ({ secret, start, end }: Candidate): void => {
      const decoded = depth < MOST_DECODINGS ? decodeValue(secret) : null;
      if (decoded === null) return;
      for (const inner of scan({ bytes: decoded, path, isActive }, depth + 1)) {
        const evidence = inner.evidence === null ? 'in base64' : `in base64: ${inner.evidence}`;
        const isKnown = matches.some((match) => match.rule === inner.rule && match.start === start && match.end === end);
        if (inner.rule.category === 'secret' && !isKnown) matches.push({ ...inner, start, end, related: null, evidence });
      }
    };

    const admits = (runner: Runner): boolean => {
      const { rule, extensions } = runner;
      if (extensions !== null && !extensions.has(extensionOf(path))) return false;
      if (!isActive(rule)) return false;
      // Binary data may contain any word, so only secrets are reported there.
      if (rule.category !== 'secret' && (binary ??= (head ?? bytes).subarray(0, BINARY_PROBE).includes(0))) return false;
      if (rule.skipsGenerated !== true) return true;
      generated ??= isGenerated(path, head?.toString('latin1') ?? text);
      return !generated;
    };
    const fail = (owner: number, cause: unknown): void => {
      const failure = { rule: runners[owner]!.rule.id, path, cause, missed: [] };
      failed.set(owner, failure);
      resumeAt.set(owner, Infinity);
      onFailure(failure);
    };

    gate.scan(bytes, (owner, hit) => {
      if (text === '') text = bytes.toString('latin1');
      const runner = runnerOf(owner);
      if (runner === null) return;
      let resume = resumeAt.get(owner);
      if (resume === undefined) {
        resume = admits(runner) ? 0 : Infinity;
        const failure = failed.get(owner);
        if (failure !== undefined && resume === 0) {
          resume = Infinity;
          if ((failure.missed.at(-1) ?? failure.path) !== path) failure.missed.push(path);
        }
        resumeAt.set(owner, resume);
      }
      const from = runner.rule.anchor === 'text' ? resume : hit - (runner.rule.lead ?? 0);
      if (resume === Infinity || from < resume || from < 0) return;

      place ??= { text, facts: new TextFacts(text), now, path, matches, scanWithin, unescapable: MOST_UNESCAPED };
      const tried = place;
      let isDone = true;
      try {
        if (runner.rule.anchor === 'text') {
          resumeAt.set(owner, Infinity);
          isDone = runWithin(ruleTimeout, () => {
            for (let at = 0; at !== -1;) at = tryAt(runner, tried, at);
          });
        } else {
          const next = tryAt(runner, tried, from);
          if (next !== -1) resumeAt.set(owner, next);
        }
      } catch (thrown) {
        fail(owner, thrown);
        return;
      }
      if (!isDone) fail(owner, null);
    });
    return matches.sort(byPlace);
  };

  const scanPieces = ({ bytes, path, isActive }: ScanInput): Match[] =>
    planPieces(bytes, maxLineLength).flatMap(({ start, end, from, to }) =>
      scan({ bytes: bytes.subarray(start, end), path, isActive }, 0, bytes.subarray(0, HEAD))
        .map((match) => moved(match, start))
        .filter((match) => match.start >= from && match.start < to),
    );
  const scanText = (input: ScanInput): Match[] => (input.bytes.length > maxLineLength ? scanPieces(input) : scan(input, 0));
  return { scan: (input) => (input.path.endsWith('.ipynb') ? scanNotebook(input, scanText) : scanText(input)) };
}

/**
 * Scans the raw file, and its cells as the code and text in them. Leftovers and comments only count in cells and outputs, not in images.
 */
function scanNotebook(input: ScanInput, scanText: Scanner['scan']): Match[] {
  const raw = scanText(input);
  const notebook = readNotebook(input.bytes);
  if (notebook === null) return raw;
  const { bytes, extension, originOf, endOf, isText } = notebook;
  const matches = raw.filter(({ rule: { category }, start }) => category === 'secret' || category === 'conflict' || isText(start));
  const isActive: ScanInput['isActive'] = (rule) => rule.category === 'secret' && input.isActive(rule);
  for (const match of scanText({ bytes, path: input.path + extension, isActive })) {
    const [start, end] = [originOf(match.start), endOf(match.end)];
    if (matches.some((known) => known.rule.id === match.rule.id && known.start < end && start < known.end)) continue;
    const related = match.related === null ? null : ([originOf(match.related[0]), endOf(match.related[1])] as const);
    matches.push({ ...match, start, end, related });
  }
  return matches.sort(byPlace);
}

/** A match in a piece that begins at `offset` → a match in the whole file. */
function moved(match: Match, offset: number): Match {
  const related = match.related === null ? null : ([match.related[0] + offset, match.related[1] + offset] as const);
  return { ...match, start: match.start + offset, end: match.end + offset, related };
}

function prepare(rule: ContentRule): Runner {
  const mode = rule.anchor === 'text' ? 'g' : 'y';
  return {
    rule,
    sticky: new RegExp(rule.pattern.source, rule.pattern.flags.replace(/[dgy]/g, '') + mode + 'd'),
    extensions: rule.languages === undefined ? null : new Set(rule.languages.flatMap((name): readonly string[] => LANGUAGES[name])),
  };
}

/** Runs a pattern at an offset. Returns the offset where the rule may match next; -1 if there is no match. */
function tryAt(runner: Runner, place: Place, from: number): number {
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

/** A wrong checksum means that the value was made up or edited by hand: report it, never block. */
const MISMATCH = { severity: 'medium', confidence: 'low', evidence: 'wrong checksum: it may be made up' } as const;

function weightOf(proof: Proof): { readonly confidence?: Confidence; readonly evidence?: string } {
  return proof === 'passed' ? { confidence: 'high', evidence: 'valid checksum or structure' } : {};
}

/** A candidate → a match, unless a filter, a proof or the rule itself rejects it. */
function weigh(rule: ContentRule, candidate: Candidate): Match | null {
  const { secret, start, end } = candidate;
  if (rule.minEntropy !== undefined && entropyOf(secret) < rule.minEntropy) return null;
  // The judgement comes first: it rejects most candidates, and detecting documented values takes a hash.
  const judgement: Judgement = rule.judge?.(candidate) ?? true;
  if (judgement === false) return null;
  const placeholder = rule.category === 'secret' ? placeholderReason(secret) : null;
  const proof = placeholder === null ? (rule.prove?.(secret) ?? null) : null;
  if (proof === 'failed') return null;
  const said = { ...weightOf(proof), ...(judgement === true ? {} : judgement), ...(proof === 'mismatch' ? MISMATCH : {}) };
  return {
    rule,
    severity: said.severity ?? rule.severity,
    confidence: said.confidence ?? rule.confidence,
    message: said.message ?? rule.message,
    start,
    end,
    // A slice keeps the whole text in memory, so copy the value.
    value: Buffer.from(secret, 'latin1').toString('latin1'),
    related: said.related ?? null,
    evidence: said.evidence ?? null,
    placeholder,
  };
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
