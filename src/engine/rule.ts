import type { Language } from './languages.ts';
import type { TextFacts } from './text-facts.ts';

/** How bad it is when a finding is real. `failOn` names the lowest one that blocks. */
export type Severity = 'critical' | 'high' | 'medium' | 'low' | 'info';

/** How certain the rule is that a finding is real. */
export type Confidence = 'high' | 'medium' | 'low';

/** All severities, worst first. */
export const SEVERITIES: readonly Severity[] = ['critical', 'high', 'medium', 'low', 'info'];

/** What a rule looks for; decides the wording, and how findings are distinguished. */
export type Category = 'secret' | 'leftover' | 'risk' | 'conflict' | 'comment' | 'file';

/**
 * The result of an offline check of a value. `failed`: it has another structure, so it is not such a value. `mismatch`: only the checksum
 * is wrong, so it was made up or edited by hand. `null`: the check cannot tell.
 */
export type Proof = 'passed' | 'mismatch' | 'failed' | null;

/**
 * One match of a content rule's pattern that passed the cheap filters.
 * Offsets are characters of `text`, which has one character per byte (Latin-1 view of the blob).
 */
export interface Candidate {
  /** The whole blob, one character per byte. */
  readonly text: string;
  /** Facts derived from `text`, once for all its candidates. */
  readonly facts: TextFacts;
  /** The time of the run, in milliseconds since 1970: rules read no clock. */
  readonly now: number;
  /** Repository path with forward slashes. */
  readonly path: string;
  /** The value: the `secret` group, or the whole match. */
  readonly secret: string;
  readonly start: number;
  readonly end: number;
  readonly match: RegExpExecArray;
}

/** The verdict of a rule on a candidate: `false` drops it; an object changes what is reported. */
export type Judgement =
  | boolean
  | {
      readonly severity?: Severity;
      readonly confidence?: Confidence;
      readonly message?: string;
      /** Why, in one line, for the report and `rules explain`. */
      readonly evidence?: string;
      /** Other half of a pair: the finding touches an added line when either half does. */
      readonly related?: readonly [start: number, end: number];
    };

interface RuleBase {
  /** Kebab-case; never changes meaning. */
  readonly id: string;
  readonly category: Category;
  readonly severity: Severity;
  readonly confidence: Confidence;
  /** What was found, as a noun phrase: "GitHub token". */
  readonly message: string;
  /** Why it matters: one sentence, usually what anyone who has the value can do. */
  readonly why: string;
  /** The way out: one or two imperative sentences. */
  readonly advice: string;
  /** Where to rotate or read on: a URL, or an anchor of the generated rules page. */
  readonly docs: string;
  /** Yields to any other rule that found the same value. */
  readonly isGeneric?: boolean;
  /** Off unless the policy switches it on. */
  readonly isOptIn?: boolean;
  /** Samples of the rule, assembled at run time so that no token-shaped literal is in the source. */
  readonly samples: () => Samples;
}

/** A sample: the text and, for rules with languages or paths, the file it is in. */
export type Sample = string | { readonly path: string; readonly text: string };

export interface Samples {
  /** Each must give exactly one finding of this rule. */
  readonly found: readonly Sample[];
  /** No sample may give a finding of this rule. */
  readonly ignored: readonly Sample[];
  /** Each must give exactly one finding of this rule, of low confidence. */
  readonly doubtful?: readonly Sample[];
}

/** A rule about the content of a file. */
export interface ContentRule extends RuleBase {
  readonly kind: 'content';
  /**
   * Literals of at least three bytes (ASCII). The pattern is tried only at a keyword, and begins there
   * (or `lead` characters before). Case is ignored if the pattern has the `i` flag.
   */
  readonly keywords: readonly string[];
  /**
   * Begins at the keyword. The value is the group `secret`, or the whole match. Flags: `i`, `m`, `s`.
   * Must run in linear time: use bounded repeats only.
   */
  readonly pattern: RegExp;
  /** How many characters before the keyword the pattern begins. Default 0. */
  readonly lead?: number;
  /**
   * `word` (the default): no letter, digit or `_` directly before the match, nor after the value.
   * `none`: the pattern takes care of boundaries.
   */
  readonly boundary?: 'word' | 'none';
  /** `keyword` (the default): see above. `text`: the pattern runs over the whole text if it contains a keyword. */
  readonly anchor?: 'keyword' | 'text';
  /** Defined in a config. It never replaces a required rule, whatever it matches. */
  readonly isCustom?: boolean;
  /** Default: every file. */
  readonly languages?: readonly Language[];
  /** Globs. Default: every file. */
  readonly paths?: readonly string[];
  /** Minimum Shannon entropy of the value, in bits per character. */
  readonly minEntropy?: number;
  /** Skips lock files, minified and vendored code. */
  readonly skipsGenerated?: boolean;
  /** The value may be text in base64: the decoded text is also scanned, and a secret in it is reported at the value. */
  readonly decodes?: boolean;
  /** Offline proof of the value. `failed` drops the candidate, `mismatch` lowers it, `passed` makes its confidence high. */
  readonly prove?: (secret: string) => Proof;
  /** Decides about a candidate that passed all other checks. */
  readonly judge?: (candidate: Candidate) => Judgement;
}

/** What a file rule knows about one staged file. */
export interface FileFacts {
  readonly path: string;
  readonly status: 'added' | 'modified';
  readonly isSymlink: boolean;
  /** Size of the staged blob in bytes; null if unknown. */
  readonly size: number | null;
  /** Target of a symlink as staged. */
  readonly target: string | null;
  /** Does a path (from the repository root) exist in the index or in the work tree? */
  readonly exists: (path: string) => boolean;
  /** Tracked paths that differ from this one only in case. */
  readonly caseCollisions: readonly string[];
  /** The rule's options from the policy. */
  readonly options: RuleOptions;
}

/** A rule about the name, size or kind of a file. Its findings have `line: 0`. */
export interface FileRule extends RuleBase {
  readonly kind: 'file';
  /** Returns the message to report; null if the file is fine. */
  readonly check: (file: FileFacts) => string | null;
  /** Severity by path, if some paths weigh less. */
  readonly severityAt?: (path: string) => Severity;
}

export type Rule = ContentRule | FileRule;

/** The rules of one source file, created at first use: a commit contains the keywords of only a few. */
export type RuleSet = () => readonly Rule[];

/** Options a policy may give a rule. */
export interface RuleOptions {
  readonly severity?: Severity;
  readonly minEntropy?: number;
  /** `large-file`: bytes. */
  readonly maxSize?: number;
  /** Values (regular expressions) that this rule ignores. */
  readonly allow?: readonly string[];
}

type Common = 'category' | 'severity' | 'confidence' | 'why' | 'advice' | 'docs';

/** A content rule as its file defines it, without the fields that its provider or theme shares. */
export type RuleDraft = Omit<ContentRule, 'kind' | Common> & Partial<Pick<ContentRule, Common>>;

/**
 * Rules of one provider or theme. Each rule may override the shared fields.
 *
 * @example
 * export const acme = ruleSet(
 *   { docs: 'https://acme.example/keys', why: 'Anyone who has it can …', advice: 'Revoke it …' },
 *   () => [{ id: 'acme-token', message: 'Acme token', keywords: ['acme_'], pattern: /acme_[a-z0-9]{32}/, samples: … }],
 * );
 */
export function ruleSet(shared: Partial<Pick<ContentRule, Common>>, drafts: () => readonly RuleDraft[]): RuleSet {
  let rules: readonly ContentRule[] | undefined;
  return () => (rules ??= drafts().map((draft) => ({ kind: 'content', ...SECRET, ...shared, ...draft })));
}

const SECRET = {
  category: 'secret',
  severity: 'critical',
  confidence: 'high',
  why: 'Anyone who can read the repository can use it as you.',
  advice: 'Revoke it where it was issued. Keep the new one in an environment variable or a secret store, and read it from there.',
  docs: 'https://owasp.org/www-community/vulnerabilities/Use_of_hard-coded_password',
} as const;
