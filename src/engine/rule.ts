import type { Language } from './languages.ts';
import type { TextFacts } from './text-facts.ts';

/** How bad it is when a finding is real. `failOn` names the lowest one that blocks. */
export type Severity = 'critical' | 'high' | 'medium' | 'low' | 'info';

/** How sure the rule is that a finding is real. */
export type Confidence = 'high' | 'medium' | 'low';

/** All severities, worst first. */
export const SEVERITIES: readonly Severity[] = ['critical', 'high', 'medium', 'low', 'info'];

/** What a rule looks for; decides wording and how a finding is told from another. */
export type Category = 'secret' | 'leftover' | 'risk' | 'conflict' | 'comment' | 'file';

/**
 * What an offline check says of a value. `failed`: its structure is another, so it is none. `mismatch`: all is right but the checksum, so it was
 * made up or changed by hand. `null`: the check cannot tell.
 */
export type Proof = 'passed' | 'mismatch' | 'failed' | null;

/**
 * One place where a content rule's pattern matched and its cheap filters let it through.
 * Offsets count characters of `text`, which holds one character a byte (Latin-1 view of the blob).
 */
export interface Candidate {
  /** The whole blob, one character a byte. */
  readonly text: string;
  /** What is derived from `text`, once for all its candidates. */
  readonly facts: TextFacts;
  /** The time of the run, in milliseconds since 1970: rules read no clock. */
  readonly now: number;
  /** Repository path with forward slashes. */
  readonly path: string;
  /** The value in question: the `secret` group, or the whole match. */
  readonly secret: string;
  readonly start: number;
  readonly end: number;
  readonly match: RegExpExecArray;
}

/** A rule's last word on a candidate: `false` drops it; an object changes what is reported. */
export type Judgement =
  | boolean
  | {
      readonly severity?: Severity;
      readonly confidence?: Confidence;
      readonly message?: string;
      /** One line that says why, for the report and `rules explain`. */
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
  /** Why it matters, one sentence. */
  readonly why: string;
  /** The way out, one or two sentences. */
  readonly advice: string;
  /** Where to rotate or read on: a URL, or an anchor of the generated rules page. */
  readonly docs: string;
  /** Gives way to any other rule that found the same value. */
  readonly isGeneric?: boolean;
  /** Off unless the policy switches it on. */
  readonly isOptIn?: boolean;
  /** Own samples, put together at run time so that no token-shaped literal stands in the source. */
  readonly samples: () => Samples;
}

/** A sample: the text, and for rules bound to languages or paths, the file it stands in. */
export type Sample = string | { readonly path: string; readonly text: string };

export interface Samples {
  /** Each must give exactly one finding of this rule. */
  readonly found: readonly Sample[];
  /** None may give a finding of this rule. */
  readonly ignored: readonly Sample[];
  /** Each must give exactly one finding of this rule, of low confidence. */
  readonly doubtful?: readonly Sample[];
}

/** A rule about what a file says. */
export interface ContentRule extends RuleBase {
  readonly kind: 'content';
  /**
   * Literals of at least three bytes (ASCII). The pattern is tried only where one stands, and begins there
   * (or `lead` characters before). Matched in any case when the pattern has the `i` flag.
   */
  readonly keywords: readonly string[];
  /**
   * Begins at the keyword. The value is the group `secret`, or the whole match. Flags: `i`, `m`, `s`.
   * Must run in linear time: bounded repeats only.
   */
  readonly pattern: RegExp;
  /** How many characters before the keyword the pattern begins. Default 0. */
  readonly lead?: number;
  /**
   * `word` (the default): no letter, digit or `_` directly before the match, nor after the value.
   * `none`: the pattern takes care of it.
   */
  readonly boundary?: 'word' | 'none';
  /** `keyword` (the default) as said above; `text`: run over the whole text once a keyword is in it. */
  readonly anchor?: 'keyword' | 'text';
  /** Written in a config. It takes no required rule's place, whatever it matches. */
  readonly isCustom?: boolean;
  /** Absent: every file. */
  readonly languages?: readonly Language[];
  /** Globs; absent: every file. */
  readonly paths?: readonly string[];
  /** Least Shannon entropy of the value, in bits a character. */
  readonly minEntropy?: number;
  /** Has no say in lock files, minified and vendored code. */
  readonly skipsGenerated?: boolean;
  /** The value may be text in base64: what it decodes to is scanned too, and a secret in it is reported at its place. */
  readonly decodes?: boolean;
  /** Offline proof of the value. A failed one drops the candidate, a mismatch lowers it, a passed one makes confidence high. */
  readonly prove?: (secret: string) => Proof;
  /** Last word on a candidate that passed all the rest. */
  readonly judge?: (candidate: Candidate) => Judgement;
}

/** What a file rule is shown of one staged file. */
export interface FileFacts {
  readonly path: string;
  readonly status: 'added' | 'modified';
  readonly isSymlink: boolean;
  /** Size of the staged blob in bytes; null where it is not known. */
  readonly size: number | null;
  /** Target of a symlink as staged. */
  readonly target: string | null;
  /** Does a path (from the repository's top) exist in the index or in the work tree? */
  readonly exists: (path: string) => boolean;
  /** Tracked paths that equal this one but for case. */
  readonly caseCollisions: readonly string[];
  /** The rule's options from the policy. */
  readonly options: RuleOptions;
}

/** A rule about a file as such: its name, size or kind. Its findings have `line: 0`. */
export interface FileRule extends RuleBase {
  readonly kind: 'file';
  /** Null: fine. A string: the message to report. */
  readonly check: (file: FileFacts) => string | null;
  /** Where it weighs less than the rule says. */
  readonly severityAt?: (path: string) => Severity;
}

export type Rule = ContentRule | FileRule;

/** Rules of one file, made when they are first asked for: a commit meets the keywords of a few. */
export type RuleSet = () => readonly Rule[];

/** Options a policy may give a rule. */
export interface RuleOptions {
  readonly severity?: Severity;
  readonly minEntropy?: number;
  /** `large-file`: bytes. */
  readonly maxSize?: number;
  /** Values (regular expressions) this rule lets pass. */
  readonly allow?: readonly string[];
}

type Common = 'category' | 'severity' | 'confidence' | 'why' | 'advice' | 'docs';

/** A content rule as its file writes it: what its provider or theme says for all may be left out. */
export type RuleDraft = Omit<ContentRule, 'kind' | Common> & Partial<Pick<ContentRule, Common>>;

/**
 * Rules of one provider or theme: each takes what the shared part says unless it says so itself.
 *
 * @example
 * export const acme = ruleSet(
 *   { docs: 'https://acme.example/keys', why: 'It can …', advice: 'Revoke it …' },
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
