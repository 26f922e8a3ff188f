import { decodeValue } from './encoded.ts';
import { createGate, type Gate } from './gate.ts';
import { isGenerated } from './generated.ts';
import { type Keywords, keywordsOf } from './keywords.ts';
import { extensionOf } from './languages.ts';
import { planPieces } from './long-lines.ts';
import { byPlace, type Match } from './match.ts';
import type { Candidate, ContentRule } from './rule.ts';
import { type Place, prepare, type Runner, tryAt } from './rule-runner.ts';
import type { ScanInput, Scanner } from './scan-input.ts';
import { scanNotebook } from './scan-notebook.ts';
import { TextFacts } from './text-facts.ts';
import { runWithin } from './time-box.ts';

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

/** Maximum number of characters that are unescaped in a file. */
const MOST_UNESCAPED = 1_000_000;
/** How deep encoded values may be nested. */
const MOST_DECODINGS = 2;
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

/** A match in a piece that begins at `offset` → a match in the whole file. */
function moved(match: Match, offset: number): Match {
  const related = match.related === null ? null : ([match.related[0] + offset, match.related[1] + offset] as const);
  return { ...match, start: match.start + offset, end: match.end + offset, related };
}
