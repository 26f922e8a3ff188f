import { type ByteRanges, countAdded, countLines, locateAddedLines, locateLines } from '../diff/added-lines.ts';
import { decodeText } from '../engine/decode.ts';
import type { Match } from '../engine/match.ts';
import { createScanner, type RuleFailure, type ScanInput } from '../engine/scanner.ts';
import type { GuardianError } from '../errors/guardian-error.ts';
import type { SettledFinding } from '../findings/finding.ts';
import { type IgnoredValues, settle, settleFile } from '../findings/settle.ts';
import type { SettleResults } from './stages/stage-results.ts';
import { judgeFinding } from '../policy/judge.ts';
import { type Policy, severityIn } from '../policy/policy.ts';
import type { Coverage, SkipReason, Skipped } from '../report/scan-report.ts';
import type { FileFacts, FileRule, Rule } from '../engine/rule.ts';
import { withinTime } from './limits/ignored-values.ts';
import { ruleFailure } from './limits/rule-failure.ts';
import type { Unit } from './scanned-file.ts';

/** Takes in one file after the other, and keeps what was found and what was covered; no text stays. */
export interface Collector {
  /** A file that the run has to look at. */
  readonly expect: (unit: Unit) => void;
  /** Its content as git stores it, or as it lies on disk. Returns whether no rule matches anywhere in it. */
  readonly scan: (unit: Unit, blob: Buffer) => boolean;
  /** The same, but notes nothing where a rule matches. */
  readonly scanSpotless: (unit: Unit, blob: Buffer) => boolean;
  /**
   * A member of an archive, under its own path. Nobody can tell which lines of it are new, so only secrets are looked for. What it covers
   * is said by `cover`. Returns whether no rule matches in it.
   */
  readonly scanMember: (unit: Unit, content: Buffer) => boolean;
  /** An archive has been scanned member by member: all of it, or not. */
  readonly cover: (unit: Unit, archive: Buffer, isWhole: boolean) => void;
  /** It is not looked at, and why. `size`: bytes that are not scanned, where known. */
  readonly skip: (unit: Pick<Unit, 'path'>, reason: SkipReason, detail?: string, size?: number) => void;
  /** Asks the rules about files, and looks for secrets in a new name. Returns whether none has anything to say. */
  readonly checkFile: (unit: Unit, facts: Pick<FileFacts, 'size' | 'target' | 'exists' | 'caseCollisions'>) => boolean;
  /** What another scanner found in a file that has been looked at. */
  readonly takeResults: (unit: Unit, blob: Buffer, settleThem: SettleResults) => void;
  /** Keeps an error that the run goes on with; throws one that ends it. */
  readonly fail: (error: GuardianError) => void;
  /** What the policy lets pass; its own patterns are stopped as rules are. */
  readonly ignored: IgnoredValues;
  /** Has the policy's `bail` been reached, or an error that it does not go on with? */
  readonly isDone: () => boolean;
  readonly collected: Collected;
}

export interface Collected {
  readonly findings: SettledFinding[];
  readonly skipped: Skipped[];
  readonly errors: readonly GuardianError[];
  readonly coverage: Coverage;
  /** How often each content stands in the new versions of a commit's files: key from {@link contentKey}. */
  readonly contents: ReadonlyMap<string, number>;
  readonly unusedDirectives: readonly { readonly path: string; readonly line: number }[];
}

/** Moves are told within one commit. */
export function contentKey(commit: string | undefined, contentDigest: string): string {
  return `${commit ?? ''}:${contentDigest}`;
}

/** Bytes. In shorter pieces no rule would see a value whole. */
const LEAST_LINE = 64 * 1024;

/**
 * @param tellsUnused also look for suppressions without effect in files where nothing was found
 */
export function createCollector(policy: Policy, tellsUnused = false): Collector {
  const findings: SettledFinding[] = [];
  const skipped: Skipped[] = [];
  const errors: GuardianError[] = [];
  const contents = new Map<string, number>();
  const unusedDirectives: { path: string; line: number }[] = [];
  const count = () => ({ expected: 0, scanned: 0 });
  const coverage = { files: count(), hunks: count(), lines: count(), bytes: count() };
  let blocking = 0;

  const {
    bail,
    errors: { continueOnError },
    performance: { ruleTimeout, maxLineLength },
  } = policy.config;
  /** A rule that fails is switched off for the rest of the run. */
  const failures: RuleFailure[] = [];
  const failedFileRules = new Map<FileRule, RuleFailure & { readonly missed: string[] }>();
  const scanner = createScanner(policy.contentRules, {
    ruleTimeout,
    maxLineLength: Math.max(maxLineLength, LEAST_LINE),
    onFailure: (failure) => void failures.push(failure),
  });
  const ignored = withinTime(policy, ruleTimeout, (error) => void errors.push(error));

  /** What a rule about files says; one that fails is switched off. */
  const check = (rule: FileRule, facts: FileFacts): string | null => {
    const failure = failedFileRules.get(rule);
    if (failure !== undefined) {
      failure.missed.push(facts.path);
      return null;
    }
    try {
      return rule.check(facts);
    } catch (cause) {
      const failed = { rule: rule.id, path: facts.path, cause, missed: [] };
      failedFileRules.set(rule, failed);
      failures.push(failed);
      return null;
    }
  };

  const keep = (finding: SettledFinding): void => {
    const severity = severityIn(policy, finding.rule, finding.path, finding.severity);
    findings.push({ ...finding, severity });
    if (finding.suppression !== null) return;
    if (judgeFinding(policy, { rule: finding.rule, path: finding.path, severity, moved: false }) === 'block') blocking++;
  };

  const note = (unit: Unit, bytes: Buffer, matches: readonly Match[], added: ByteRanges | 'all'): void => {
    if (matches.length === 0 && !tellsUnused) return;
    const { path, pathBytes, commit } = unit;
    const settled = settle({ path, pathBytes, commit, bytes, matches, added, ignored });
    settled.findings.forEach(keep);
    for (const digest of settled.contents) {
      const key = contentKey(commit, digest);
      contents.set(key, (contents.get(key) ?? 0) + 1);
    }
    for (const { line } of settled.unusedDirectives) unusedDirectives.push({ path, line });
  };

  const cover = ({ added }: Unit, blob: Buffer, isAllAdded: boolean): void => {
    const lines = added === 'all' || isAllAdded ? countLines(blob) : countAdded(added);
    coverage.files.scanned++;
    coverage.hunks.scanned += added === 'all' ? 1 : added.hunks;
    coverage.lines.expected += lines - (added === 'all' ? 0 : countAdded(added));
    coverage.lines.scanned += lines;
    coverage.bytes.expected += blob.length;
    coverage.bytes.scanned += blob.length;
  };

  const scan = (unit: Unit, blob: Buffer, isOnlySpotless: boolean): boolean => {
    const { path, added } = unit;
    const decoded = decodeText(blob);
    const ranges = locate(blob, decoded, added);
    const matches = scanner.scan({ bytes: decoded.bytes, path, isActive: (rule) => policy.isActive(rule, path) });
    if (isOnlySpotless && matches.length > 0) return false;
    note(unit, decoded.bytes, matches, ranges);
    cover(unit, blob, ranges === 'all');
    return matches.length === 0;
  };

  return {
    collected: {
      findings,
      skipped,
      get errors() {
        return [...errors, ...failures.map((failure) => ruleFailure(failure, ruleTimeout))];
      },
      coverage,
      contents,
      unusedDirectives,
    },
    ignored,

    takeResults(unit, blob, settleThem) {
      const decoded = decodeText(blob);
      const { bytes } = decoded;
      const secrets = scanner.scan({ bytes, path: unit.path, isActive: ({ category }) => category === 'secret' });
      settleThem({ unit, bytes, added: locate(blob, decoded, unit.added), secrets, policy, unusedDirectives }).forEach(keep);
    },

    fail(error) {
      if (error.recovery === 'abort') throw error;
      errors.push(error);
    },

    isDone: () => (bail > 0 && blocking >= bail) || (!continueOnError && errors.length + failures.length > 0),

    expect({ added }) {
      coverage.files.expected++;
      coverage.hunks.expected += added === 'all' ? 1 : added.hunks;
      coverage.lines.expected += added === 'all' ? 0 : countAdded(added);
    },

    scan: (unit, blob) => scan(unit, blob, false),
    scanSpotless: (unit, blob) => scan(unit, blob, true),

    scanMember(unit, content) {
      const { bytes } = decodeText(content);
      const matches = scanner.scan(memberInput(policy, unit.path, bytes));
      note(unit, bytes, matches, 'all');
      return matches.length === 0;
    },

    cover(unit, archive, isWhole) {
      if (isWhole) cover(unit, archive, true);
      else coverage.bytes.expected += archive.length;
    },

    skip({ path }, reason, detail, size = 0) {
      skipped.push({ path, reason, ...(detail === undefined ? {} : { detail }) });
      coverage.bytes.expected += size;
    },

    checkFile({ path, pathBytes, commit, status, isSymlink }, facts) {
      const inName =
        status === 'added'
          ? scanner.scan({ bytes: Buffer.from(path), path, isActive: (rule) => isTold(rule) && policy.isActive(rule, path) })
          : [];
      for (const { rule, severity, confidence, message, value, placeholder } of inName) {
        if (placeholder !== null || ignored.isIgnoredValue(value, rule.id, path)) continue;
        keep(settleFile({ path, pathBytes, commit }, { ...rule, severity, confidence }, `${message} in the name of the file`));
      }
      let isFine = inName.length === 0;
      for (const rule of policy.fileRules) {
        if (!policy.isActive(rule, path)) continue;
        const message = check(rule, { path, status, isSymlink, options: policy.optionsOf(rule.id, path), ...facts });
        if (message === null) continue;
        isFine = false;
        const severity = rule.severityAt?.(path) ?? rule.severity;
        keep(settleFile({ path, pathBytes, commit }, { ...rule, severity }, message));
      }
      return isFine;
    },
  };
}

/** Names are full of words and hashes: only what a provider marks is believed to be a secret there. */
function isTold({ category, isGeneric }: Rule): boolean {
  return category === 'secret' && isGeneric !== true;
}

/** What of an archive the engine is given: leftovers and risky code are told by added lines, and nobody knows those of a member. */
export function memberInput(policy: Policy, path: string, bytes: Buffer): ScanInput {
  return { bytes, path, isActive: (rule) => rule.category === 'secret' && policy.isActive(rule, path) };
}

/**
 * Where the added lines stand in the decoded text. The whole text where they cannot be told: the patch showed other lines than the blob
 * has, or UTF-16 text breaks its lines elsewhere than git does.
 */
function locate(blob: Buffer, { bytes, encoding, hasGitLines }: ReturnType<typeof decodeText>, added: Unit['added']): ByteRanges | 'all' {
  if (added === 'all') return 'all';
  const ranges = locateAddedLines(blob, added);
  if (ranges === null || encoding === 'utf-8') return ranges ?? 'all';
  return hasGitLines ? (locateLines(bytes, added.ranges) ?? 'all') : 'all';
}
