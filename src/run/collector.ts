import { type ByteRanges, locateAddedLines, locateLines } from '../diff/added-lines.ts';
import { type DecodedText, decodeText, type View, viewsOf } from '../engine/decode.ts';
import { lfsSizeOf } from '../engine/lfs-pointer.ts';
import type { Match } from '../engine/match.ts';
import type { FileFacts, Rule } from '../engine/rule.ts';
import type { ScanInput, Scanner } from '../engine/scan-input.ts';
import { createScanner, type RuleFailure } from '../engine/scanner.ts';
import type { GuardianError } from '../errors/guardian-error.ts';
import type { SettledFinding } from '../findings/finding.ts';
import { FoundValues } from '../findings/found-values.ts';
import { redactValue } from '../findings/redact.ts';
import { type IgnoredValues, settle, settleFile } from '../findings/settle.ts';
import { judgeFinding } from '../policy/judge.ts';
import { type Policy, severityIn } from '../policy/policy.ts';
import type { Coverage, SkipReason, Skipped } from '../report/scan-report.ts';
import { CoverageCounter } from './coverage.ts';
import { FileRules } from './file-rules.ts';
import { withinTime } from './limits/ignored-values.ts';
import { ruleFailure } from './limits/rule-failure.ts';
import type { ScannedFile } from './scanned-file.ts';
import type { SettleResults } from './stages/stage-results.ts';

/** What a run found and covered. */
export interface Collected {
  readonly findings: readonly SettledFinding[];
  readonly skipped: readonly Skipped[];
  readonly errors: readonly GuardianError[];
  readonly coverage: Coverage;
  /** How often each content occurs in the new versions of a commit's files: key from {@link contentKey}. */
  readonly contents: ReadonlyMap<string, number>;
  readonly unusedDirectives: readonly { readonly path: string; readonly line: number }[];
}

/** A move is recognised within one commit. */
export function contentKey(commit: string | undefined, contentDigest: string): string {
  return `${commit ?? ''}:${contentDigest}`;
}

/** Bytes. In shorter pieces no rule would see a value whole. */
const MIN_LINE_LENGTH = 64 * 1024;

/** Scans one file after the other and keeps what was found and what was covered. No text outlives its file. */
export class Collector implements Collected {
  readonly findings: SettledFinding[] = [];
  readonly skipped: Skipped[] = [];
  readonly contents = new Map<string, number>();
  readonly unusedDirectives: { path: string; line: number }[] = [];
  /** Secrets on lines that git calls unchanged: digests of their contents, by file. */
  readonly unchanged: { readonly file: ScannedFile; readonly contents: readonly string[] }[] = [];
  /** The values that were found. They are hidden in all texts of the report. */
  readonly found = new FoundValues();
  /** What the policy ignores. Its patterns run under the same time limit as rules. */
  readonly ignored: IgnoredValues;

  readonly #policy: Policy;
  readonly #reportsUnused: boolean;
  readonly #counter = new CoverageCounter();
  readonly #scanner: Scanner;
  readonly #fileRules: FileRules;
  readonly #errors: GuardianError[] = [];
  /** Rules that failed. Each is switched off for the rest of the run. */
  readonly #failures: RuleFailure[] = [];
  #blocking = 0;

  /**
   * @param now the time of the run
   * @param reportsUnused also look for suppressions without effect in files without findings
   */
  constructor(policy: Policy, now: Date, reportsUnused = false) {
    const { ruleTimeout, maxLineLength } = policy.config.performance;
    const onFailure = (failure: RuleFailure): void => void this.#failures.push(failure);
    this.#policy = policy;
    this.#reportsUnused = reportsUnused;
    this.#scanner = createScanner(policy.contentRules, {
      ruleTimeout,
      maxLineLength: Math.max(maxLineLength, MIN_LINE_LENGTH),
      now: now.getTime(),
      onFailure,
    });
    this.#fileRules = new FileRules(policy, onFailure);
    this.ignored = withinTime(policy, ruleTimeout, (error) => void this.#errors.push(error));
  }

  get coverage(): Coverage {
    return this.#counter.counts;
  }

  get errors(): readonly GuardianError[] {
    const { ruleTimeout } = this.#policy.config.performance;
    return [...this.#errors, ...this.#failures.map((failure) => ruleFailure(failure, ruleTimeout))];
  }

  /** Has the policy's `bail` been reached, or an error that ends the run? */
  isDone(): boolean {
    const { bail, errors } = this.#policy.config;
    const hasFailed = this.#errors.length + this.#failures.length > 0;
    return (bail > 0 && this.#blocking >= bail) || (!errors.continueOnError && hasFailed);
  }

  /** A file that the run has to scan. */
  expect(file: ScannedFile): void {
    this.#counter.expect(file);
  }

  /** Scans a content, as git stores it or as the disk holds it. Returns whether no rule matches anywhere in it. */
  scan(file: ScannedFile, content: Buffer): boolean {
    return this.#scan(file, content, false);
  }

  /** The same, but records nothing if a rule matches. */
  scanSpotless(file: ScannedFile, content: Buffer): boolean {
    return this.#scan(file, content, true);
  }

  /**
   * Scans a member of an archive, under its own path. Which of its lines are new is unknown, so only secrets count. {@link cover} tells what of
   * the archive was covered. Returns whether no rule matches.
   */
  scanMember(file: ScannedFile, content: Buffer): boolean {
    const views = viewsOf(content).map(({ bytes }) => ({
      bytes,
      added: 'all' as const,
      matches: this.#scanner.scan(memberInput(this.#policy, file.path, bytes)),
    }));
    this.#settleViews(file, views);
    return views.every(({ matches }) => matches.length === 0);
  }

  /** Keeps secrets on lines that git called unchanged, although no old version has them. */
  keepHidden({ path, pathBytes, commit }: ScannedFile, content: Buffer, contents: ReadonlySet<string>): void {
    for (const view of viewsOf(content)) {
      const { bytes } = view;
      const matches = this.#scanner.scan(viewInput(this.#policy, path, view));
      const { findings } = settle({ path, pathBytes, commit, bytes, matches, added: 'all', ignored: this.ignored });
      for (const finding of findings) if (contents.has(finding.contentDigest)) this.#keep(finding);
    }
  }

  /** An archive was scanned member by member: all of it, or not. */
  cover(file: ScannedFile, archive: Buffer, isWhole: boolean): void {
    if (isWhole) this.#counter.cover(file, archive, true);
    else this.#counter.miss(archive.length);
  }

  /**
   * Names a file that is not scanned.
   *
   * @param size bytes that are not scanned, if known
   */
  skip({ path }: Pick<ScannedFile, 'path'>, reason: SkipReason, detail?: string, size = 0): void {
    this.skipped.push({ path, reason, ...(detail === undefined ? {} : { detail }) });
    this.#counter.miss(size);
  }

  /** Asks the rules about files, and looks for secrets in a new name. Returns whether there is nothing to report. */
  checkFile(file: ScannedFile, facts: Pick<FileFacts, 'size' | 'target' | 'exists' | 'caseCollisions'>): boolean {
    const { path, status, isSymlink } = file;
    const inName = status === 'added' ? this.#scanName(path) : [];
    for (const { rule, severity, confidence, message, value, placeholder } of inName) {
      if (placeholder !== null || this.ignored.isIgnoredValue(value, rule.id, path)) continue;
      this.#keep(settleFile(file, { ...rule, severity, confidence }, `${message} in the name of the file`));
    }
    const verdicts = this.#fileRules.check({ path, status, isSymlink, ...facts });
    for (const { rule, message } of verdicts) {
      this.#keep(settleFile(file, { ...rule, severity: rule.severityAt?.(path) ?? rule.severity }, message));
    }
    return inName.length === 0 && verdicts.length === 0;
  }

  /** Takes what another scanner found in a file that was scanned. */
  takeResults(file: ScannedFile, content: Buffer, settleResults: SettleResults): void {
    const decoded = decodeText(content);
    const { bytes } = decoded;
    const secrets = this.#scanner.scan({ bytes, path: file.path, isActive: ({ category }) => category === 'secret' });
    this.#remember(bytes, secrets);
    const added = locate(content, decoded, file.added);
    for (const finding of settleResults({ file, bytes, added, secrets, policy: this.#policy, unusedDirectives: this.unusedDirectives })) {
      this.#keep(finding);
    }
  }

  /** Keeps an error that the run goes on with; throws one that ends it. */
  fail(error: GuardianError): void {
    if (error.recovery === 'abort') throw error;
    this.#errors.push(error);
  }

  #scan(file: ScannedFile, content: Buffer, isOnlySpotless: boolean): boolean {
    const { path, added } = file;
    const views = viewsOf(content).map((view) => ({
      bytes: view.bytes,
      added: locate(content, view, added),
      matches: this.#scanner.scan(viewInput(this.#policy, path, view)),
    }));
    const isSpotless = views.every(({ matches }) => matches.length === 0);
    if (isOnlySpotless && !isSpotless) return false;
    this.#settleViews(file, views);
    this.#counter.cover(file, content, views[0]!.added === 'all');
    const lfsSize = lfsSizeOf(content);
    if (lfsSize !== null) this.skip(file, 'lfs', `${lfsSize} bytes in Git LFS`);
    return isSpotless;
  }

  /** Names are full of words and hashes: only what a provider marks counts as a secret there. */
  #scanName(path: string): Match[] {
    const isMarked = ({ category, isGeneric }: Rule): boolean => category === 'secret' && isGeneric !== true;
    const isActive = (rule: Rule): boolean => isMarked(rule) && this.#policy.isActive(rule, path);
    const bytes = Buffer.from(path);
    const matches = this.#scanner.scan({ bytes, path, isActive });
    this.#remember(bytes, matches);
    return matches;
  }

  /** Keeps the values of secrets, to hide them elsewhere. Documented examples are words that other texts may have. */
  #remember(bytes: Buffer, matches: readonly Match[]): void {
    for (const { rule, value, start, end, related, placeholder } of matches) {
      if (rule.category !== 'secret' || placeholder !== null) continue;
      const shown = redactValue(value, rule.keywords);
      this.found.add(Buffer.from(value, 'latin1').toString('utf8'), shown);
      this.found.add(bytes.toString('utf8', start, end), shown);
      if (related !== null) {
        const other = bytes.toString('utf8', ...related);
        this.found.add(other, redactValue(other, []));
      }
    }
  }

  /** Findings of the text as people see it; of its other views those that are new. */
  #settleViews(file: ScannedFile, views: readonly ScannedView[]): void {
    const { path, pathBytes, commit } = file;
    const known = new Set<string>();
    for (const [i, { bytes, added, matches }] of views.entries()) {
      if (matches.length === 0 && (i > 0 || !this.#reportsUnused)) continue;
      this.#remember(bytes, matches);
      const settled = settle({ path, pathBytes, commit, bytes, matches, added, ignored: this.ignored });
      const keyOf = ({ digest, suppression }: SettledFinding): string => `${digest} ${suppression === null}`;
      const fresh = settled.findings.filter((finding) => !known.has(keyOf(finding)));
      for (const finding of fresh) this.#keep(finding);
      for (const finding of fresh) known.add(keyOf(finding));
      for (const digest of settled.contents) {
        const key = contentKey(commit, digest);
        this.contents.set(key, (this.contents.get(key) ?? 0) + 1);
      }
      if (settled.unchanged.length > 0) this.unchanged.push({ file, contents: settled.unchanged });
      if (i > 0) continue;
      for (const { line } of settled.unusedDirectives) this.unusedDirectives.push({ path, line });
    }
  }

  #keep(finding: SettledFinding): void {
    const { rule, path, suppression } = finding;
    const severity = severityIn(this.#policy, rule, path, finding.severity);
    this.findings.push({ ...finding, severity });
    if (suppression === null && judgeFinding(this.#policy, { rule, path, severity, moved: false }) === 'block') this.#blocking++;
  }
}

/** A view of a content that was scanned. */
interface ScannedView {
  readonly bytes: Buffer;
  readonly added: ByteRanges | 'all';
  readonly matches: readonly Match[];
}

/** What the engine gets of a view. */
export function viewInput(policy: Policy, path: string, { bytes, isExtra }: View): ScanInput {
  return isExtra ? memberInput(policy, path, bytes) : { bytes, path, isActive: (rule) => policy.isActive(rule, path) };
}

/** What the engine gets of an archive: leftovers and risky code count on added lines alone, and those of a member are unknown. */
export function memberInput(policy: Policy, path: string, bytes: Buffer): ScanInput {
  return { bytes, path, isActive: (rule) => rule.category === 'secret' && policy.isActive(rule, path) };
}

/**
 * Where the added lines are in the decoded text. The whole text if that is unknown: the patch shows other lines than the blob has, or UTF-16
 * text breaks its lines elsewhere than git does.
 */
function locate(content: Buffer, { bytes, hasGitLines }: DecodedText, added: ScannedFile['added']): ByteRanges | 'all' {
  if (added === 'all') return 'all';
  const ranges = locateAddedLines(content, added);
  if (ranges === null || bytes === content) return ranges ?? 'all';
  return hasGitLines ? (locateLines(bytes, added.ranges) ?? 'all') : 'all';
}
