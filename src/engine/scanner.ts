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
export function createScanner(source: RuleSource, options: ScannerOptions = STRICT): Scanner {
  const { maxLineLength = Infinity } = options;
  const rules = new RunningRules(source, options.onFailure);
  const context: ScanContext = { gate: gateOf(source.keywords), rules, ruleTimeout: options.ruleTimeout, now: options.now };
  const scan = (input: ScanInput, head: Buffer | null = null): Match[] => new BlobScan(context, input, 0, head).run();

  const scanPieces = ({ bytes, path, isActive }: ScanInput): Match[] =>
    planPieces(bytes, maxLineLength).flatMap(({ start, end, from, to }) =>
      scan({ bytes: bytes.subarray(start, end), path, isActive }, bytes.subarray(0, HEAD))
        .map((match) => moved(match, start))
        .filter((match) => match.start >= from && match.start < to),
    );
  const scanText = (input: ScanInput): Match[] => (input.bytes.length > maxLineLength ? scanPieces(input) : scan(input));
  return { scan: (input) => (input.path.endsWith('.ipynb') ? scanNotebook(input, scanText) : scanText(input)) };
}

/** The rules of one run, by the owner of their keywords. */
class RunningRules {
  readonly #load: RuleSource['load'];
  readonly #onFailure: (failure: RuleFailure) => void;
  /** Null if the rule is off. */
  readonly #runners: (Runner | null | undefined)[] = [];
  readonly #failed = new Map<number, RuleFailure & { readonly missed: string[] }>();

  constructor({ load }: RuleSource, onFailure: (failure: RuleFailure) => void) {
    this.#load = load;
    this.#onFailure = onFailure;
  }

  get(owner: number): Runner | null {
    let runner = this.#runners[owner];
    if (runner === undefined) {
      const rule = this.#load(owner);
      this.#runners[owner] = runner = rule === null ? null : prepare(rule);
    }
    return runner;
  }

  /** Is a rule off after a failure? Then the file is one that it missed. */
  misses(owner: number, path: string): boolean {
    const failure = this.#failed.get(owner);
    if (failure === undefined) return false;
    if ((failure.missed.at(-1) ?? failure.path) !== path) failure.missed.push(path);
    return true;
  }

  /** @param cause null if its pattern timed out */
  fail(owner: number, path: string, cause: unknown): void {
    const failure = { rule: this.#runners[owner]!.rule.id, path, cause, missed: [] };
    this.#failed.set(owner, failure);
    this.#onFailure(failure);
  }
}

/** What all scans of one scanner share. */
interface ScanContext {
  readonly gate: Gate;
  readonly rules: RunningRules;
  readonly ruleTimeout: number;
  readonly now: number;
}

/** The scan of one text: a blob, a piece of it, or a decoded value. */
class BlobScan {
  readonly #context: ScanContext;
  readonly #input: ScanInput;
  readonly #depth: number;
  /** The beginning of the file, if the text is a piece of it. */
  readonly #head: Buffer | null;
  readonly #matches: Match[] = [];
  /** For each rule with a keyword in this text: the offset where it may match next; Infinity if it does not apply. */
  readonly #resumeAt = new Map<number, number>();
  #place: Place | undefined;
  #isGenerated: boolean | undefined;
  #isBinary: boolean | undefined;

  constructor(context: ScanContext, input: ScanInput, depth: number, head: Buffer | null) {
    this.#context = context;
    this.#input = input;
    this.#depth = depth;
    this.#head = head;
  }

  run(): Match[] {
    this.#context.gate.scan(this.#input.bytes, (owner, hit) => this.#onHit(owner, hit));
    return this.#matches.sort(byPlace);
  }

  #onHit(owner: number, hit: number): void {
    const runner = this.#context.rules.get(owner);
    if (runner === null) return;
    const resume = this.#resumeAt.get(owner) ?? this.#admit(owner, runner);
    const from = runner.rule.anchor === 'text' ? resume : hit - (runner.rule.lead ?? 0);
    if (resume === Infinity || from < resume || from < 0) return;
    try {
      if (!this.#try(owner, runner, from)) this.#fail(owner, null);
    } catch (thrown) {
      this.#fail(owner, thrown);
    }
  }

  /** Returns false if the pattern timed out. */
  #try(owner: number, runner: Runner, from: number): boolean {
    const place = this.#textPlace();
    if (runner.rule.anchor !== 'text') {
      const next = tryAt(runner, place, from);
      if (next !== -1) this.#resumeAt.set(owner, next);
      return true;
    }
    this.#resumeAt.set(owner, Infinity);
    return runWithin(this.#context.ruleTimeout, () => {
      for (let at = 0; at !== -1;) at = tryAt(runner, place, at);
    });
  }

  #fail(owner: number, cause: unknown): void {
    this.#resumeAt.set(owner, Infinity);
    this.#context.rules.fail(owner, this.#input.path, cause);
  }

  /** Where a rule may match first: from the beginning, or nowhere. */
  #admit(owner: number, runner: Runner): number {
    const resume = this.#admits(runner) && !this.#context.rules.misses(owner, this.#input.path) ? 0 : Infinity;
    this.#resumeAt.set(owner, resume);
    return resume;
  }

  #admits({ rule, extensions }: Runner): boolean {
    const { bytes, path, isActive } = this.#input;
    if (extensions !== null && !extensions.has(extensionOf(path))) return false;
    if (!isActive(rule)) return false;
    // Binary data may contain any word, so only secrets are reported there.
    if (rule.category !== 'secret' && (this.#isBinary ??= (this.#head ?? bytes).subarray(0, BINARY_PROBE).includes(0))) return false;
    if (rule.skipsGenerated !== true) return true;
    this.#isGenerated ??= isGenerated(path, this.#head?.toString('latin1') ?? this.#textPlace().text);
    return !this.#isGenerated;
  }

  #textPlace(): Place {
    if (this.#place === undefined) {
      const text = this.#input.bytes.toString('latin1');
      this.#place = {
        text,
        facts: new TextFacts(text),
        now: this.#context.now,
        path: this.#input.path,
        matches: this.#matches,
        scanWithin: (candidate) => this.#scanWithin(candidate),
        unescapable: MOST_UNESCAPED,
      };
    }
    return this.#place;
  }

  /** A secret in an encoded value is reported at the whole value. */
  #scanWithin({ secret, start, end }: Candidate): void {
    const decoded = this.#depth < MOST_DECODINGS ? decodeValue(secret) : null;
    if (decoded === null) return;
    const { path, isActive } = this.#input;
    for (const inner of new BlobScan(this.#context, { bytes: decoded, path, isActive }, this.#depth + 1, null).run()) {
      const evidence = inner.evidence === null ? 'in base64' : `in base64: ${inner.evidence}`;
      const isKnown = this.#matches.some((match) => match.rule === inner.rule && match.start === start && match.end === end);
      if (inner.rule.category === 'secret' && !isKnown) this.#matches.push({ ...inner, start, end, related: null, evidence });
    }
  }
}

/** A match in a piece that begins at `offset` → a match in the whole file. */
function moved(match: Match, offset: number): Match {
  const related = match.related === null ? null : ([match.related[0] + offset, match.related[1] + offset] as const);
  return { ...match, start: match.start + offset, end: match.end + offset, related };
}
