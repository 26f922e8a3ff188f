import { type Baseline, type BaselineEntry, isCurrent } from '../findings/baseline.ts';
import { byPlace, type Finding, type SettledFinding, type Suppressed } from '../findings/finding.ts';
import { fingerprintOf, keyIdOf } from '../findings/fingerprint.ts';
import { judgeFinding, judgeRun } from '../policy/judge.ts';
import type { Policy } from '../policy/policy.ts';
import type { ScanReport } from '../report/scan-report.ts';
import { type Collected, contentKey } from './collector.ts';
import { isComplete } from './coverage.ts';

/** What is known only at the end of a run. */
export interface Judging {
  readonly policy: Policy;
  readonly key: string;
  readonly baseline: Baseline | null;
  /** How often each content occurred in the old versions. */
  readonly oldContents: ReadonlyMap<string, number>;
  readonly now: Date;
}

export type Judged = Pick<ScanReport, 'verdict' | 'findings' | 'suppressed' | 'keyId'> & {
  readonly expired: readonly BaselineEntry[];
};

/** Everything that was found → what counts, what does not, and the verdict. */
export function judgeCollected(collected: Collected, { policy, key, baseline, oldContents, now }: Judging): Judged {
  const accepted = new Map((baseline?.entries ?? []).map((entry) => [entry.fingerprint, entry]));
  const findings: Finding[] = [];
  const suppressed: Suppressed[] = [];
  const expired = new Set<BaselineEntry>();

  for (const settled of collected.findings) {
    const finding = finish(settled, key, hasMoved(settled, collected.contents, oldContents), policy);
    const entry = accepted.get(finding.fingerprint);
    if (settled.suppression !== null) {
      suppressed.push({ ...finding, ...settled.suppression });
    } else if (entry !== undefined && isCurrent(entry, now)) {
      suppressed.push({ ...finding, by: 'baseline', ...pick(entry) });
    } else {
      if (entry !== undefined) expired.add(entry);
      findings.push(finding);
    }
  }

  const outcomes = findings.map(({ outcome }) => outcome);
  return {
    verdict: judgeRun(outcomes, collected.errors.length === 0 && isComplete(collected.coverage)),
    findings: findings.sort(byPlace),
    suppressed: suppressed.sort(byPlace),
    expired: [...expired],
    ...(findings.length + suppressed.length === 0 ? {} : { keyId: keyIdOf(key) }),
  };
}

function hasMoved({ commit, contentDigest }: SettledFinding, now: ReadonlyMap<string, number>, old: ReadonlyMap<string, number>): boolean {
  const key = contentKey(commit, contentDigest);
  const before = old.get(key) ?? 0;
  return before > 0 && before >= (now.get(key) ?? 0);
}

function finish(settled: SettledFinding, key: string, moved: boolean, policy: Policy): Finding {
  const { digest, contentDigest, suppression, ...facts } = settled;
  return {
    ...facts,
    outcome: judgeFinding(policy, { rule: facts.rule, path: facts.path, severity: facts.severity, moved }),
    fingerprint: fingerprintOf(digest, key),
    moved,
  };
}

function pick({ reason, expires }: BaselineEntry): Pick<BaselineEntry, 'reason' | 'expires'> {
  return { ...(reason === undefined ? {} : { reason }), ...(expires === undefined ? {} : { expires }) };
}
