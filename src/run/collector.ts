import { type ByteRanges, countAdded, countLines, locateAddedLines, locateLines } from '../diff/added-lines.ts';
import { decodeText } from '../engine/decode.ts';
import { createScanner } from '../engine/scanner.ts';
import { GuardianError } from '../errors/guardian-error.ts';
import type { SettledFinding } from '../findings/finding.ts';
import { settle, settleFile } from '../findings/settle.ts';
import { judgeFinding } from '../policy/judge.ts';
import { type Policy, severityIn } from '../policy/policy.ts';
import type { Coverage, SkipReason, Skipped } from '../report/scan-report.ts';
import type { FileFacts } from '../rules/rule.ts';
import type { Unit } from './unit.ts';

/** Takes in one file after the other, and keeps what was found and what was covered; no text stays. */
export interface Collector {
  /** A file that the run has to look at. */
  readonly expect: (unit: Unit) => void;
  /** Its content as git stores it, or as it lies on disk. Returns whether no rule matches anywhere in it. */
  readonly scan: (unit: Unit, blob: Buffer) => boolean;
  /** The same, but notes nothing where a rule matches. */
  readonly scanSpotless: (unit: Unit, blob: Buffer) => boolean;
  /** It is not looked at, and why. `size`: bytes that are not scanned, where known. */
  readonly skip: (unit: Pick<Unit, 'path'>, reason: SkipReason, detail?: string, size?: number) => void;
  /** Asks the rules about files. Returns whether none has anything to say. */
  readonly checkFile: (unit: Unit, facts: Pick<FileFacts, 'size' | 'target' | 'exists' | 'caseTwins'>) => boolean;
  readonly fail: (error: GuardianError) => void;
  /** Has the policy's `bail` been reached? */
  readonly isDone: () => boolean;
  readonly collected: Collected;
}

export interface Collected {
  readonly findings: SettledFinding[];
  readonly skipped: Skipped[];
  readonly errors: GuardianError[];
  readonly coverage: Coverage;
  /** How often each content stands in the new versions of a commit's files: key from {@link contentKey}. */
  readonly contents: ReadonlyMap<string, number>;
  readonly unusedDirectives: readonly { readonly path: string; readonly line: number }[];
}

/** Moves are told within one commit. */
export function contentKey(commit: string | undefined, contentDigest: string): string {
  return `${commit ?? ''}:${contentDigest}`;
}

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

  const scanner = createScanner(policy.contentRules, {
    ruleTimeout: policy.config.performance.ruleTimeout,
    onFailure: ({ rule, path, cause }) => void errors.push(ruleFailure(rule, path, cause, policy.config.performance.ruleTimeout)),
  });

  const keep = (finding: SettledFinding): void => {
    const severity = severityIn(policy, finding.rule, finding.path, finding.severity);
    findings.push({ ...finding, severity });
    if (finding.suppression !== null) return;
    if (judgeFinding(policy, { rule: finding.rule, path: finding.path, severity, moved: false }) === 'block') blocking++;
  };

  const scan = (unit: Unit, blob: Buffer, isOnlySpotless: boolean): boolean => {
    const { path, pathBytes, commit, added } = unit;
    const decoded = decodeText(blob);
    const ranges = locate(blob, decoded, added);
    const matches = scanner.scan({ bytes: decoded.bytes, path, isActive: (rule) => policy.isActive(rule, path) });
    if (isOnlySpotless && matches.length > 0) return false;
    if (matches.length > 0 || tellsUnused) {
      const settled = settle({ path, pathBytes, commit, bytes: decoded.bytes, matches, added: ranges, ignored: policy });
      settled.findings.forEach(keep);
      for (const digest of settled.contents) {
        const key = contentKey(commit, digest);
        contents.set(key, (contents.get(key) ?? 0) + 1);
      }
      for (const { line } of settled.unusedDirectives) unusedDirectives.push({ path, line });
    }

    const lines = added === 'all' || ranges === 'all' ? countLines(blob) : countAdded(added);
    coverage.files.scanned++;
    coverage.hunks.scanned += added === 'all' ? 1 : added.hunks;
    coverage.lines.expected += lines - (added === 'all' ? 0 : countAdded(added));
    coverage.lines.scanned += lines;
    coverage.bytes.expected += blob.length;
    coverage.bytes.scanned += blob.length;
    return matches.length === 0;
  };

  return {
    collected: { findings, skipped, errors, coverage, contents, unusedDirectives },
    fail: (error) => void errors.push(error),
    isDone: () => policy.config.bail > 0 && blocking >= policy.config.bail,

    expect({ added }) {
      coverage.files.expected++;
      coverage.hunks.expected += added === 'all' ? 1 : added.hunks;
      coverage.lines.expected += added === 'all' ? 0 : countAdded(added);
    },

    scan: (unit, blob) => scan(unit, blob, false),
    scanSpotless: (unit, blob) => scan(unit, blob, true),

    skip({ path }, reason, detail, size = 0) {
      skipped.push({ path, reason, ...(detail === undefined ? {} : { detail }) });
      coverage.bytes.expected += size;
    },

    checkFile({ path, pathBytes, commit, status, isSymlink }, facts) {
      let isFine = true;
      for (const rule of policy.fileRules) {
        if (!policy.isActive(rule, path)) continue;
        const message = rule.check({ path, status, isSymlink, options: policy.optionsOf(rule.id, path), ...facts });
        if (message === null) continue;
        isFine = false;
        const severity = rule.severityAt?.(path) ?? rule.severity;
        keep(settleFile({ path, pathBytes, commit }, { ...rule, severity }, message));
      }
      return isFine;
    },
  };
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

function ruleFailure(rule: string, path: string, cause: unknown, limit: number): GuardianError {
  const hint = `Switch the rule off (\`rules: { ${rule}: off }\`) or mend its pattern. It was switched off for the rest of this run.`;
  return cause === null
    ? new GuardianError('TIMEOUT', `rule ${rule} was stopped after ${limit} ms`, { hint, path })
    : new GuardianError('DETECTOR_FAILED', `rule ${rule} failed: ${cause instanceof Error ? cause.message : 'it threw'}`, {
        hint,
        path,
        cause,
      });
}
