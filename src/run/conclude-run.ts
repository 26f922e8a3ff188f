import type { Baseline } from '../findings/baseline.ts';
import { readRepository } from '../git/repository.ts';
import type { PushReport, StageReport } from '../report/scan-report.ts';
import { loadRepositoryKey } from '../state/repository-key.ts';
import { loadBaseline } from './asking/load-baseline.ts';
import { type Judged, judgeCollected } from './judge-collected.ts';
import type { RunContext } from './run-context.ts';
import type { Scanned } from './targets/targets.ts';

/** The result of a run. */
export interface Conclusion extends Judged {
  /** Key of the fingerprints. Empty if nothing needs one. */
  readonly key: string;
  readonly baseline: Baseline | null;
  /** Null: the target is no push. */
  readonly push: PushReport | null;
  readonly stages: readonly StageReport[];
}

/**
 * Third act: baseline and moves applied, everything judged.
 *
 * @throws GuardianError the first error of a run whose config does not go on after errors
 */
export async function concludeRun(context: RunContext, { push, stages }: Scanned): Promise<Conclusion> {
  const { git, repository, target, options, policy, collector, oldContents, startedAt, timings, notices } = context;
  const { config } = policy;
  if (!config.errors.continueOnError && collector.errors.length > 0) throw collector.errors[0]!;
  // A clean commit needs neither key nor baseline. A baseline that is named has to exist, and one is written for all tracked files.
  const needsKey = collector.findings.length > 0 || target.kind === 'all' || options.baseline !== undefined;
  const baseline = needsKey ? await loadBaseline(git, repository, target, options, config.baseline) : null;
  const key = needsKey ? (baseline?.key ?? loadRepositoryKey(await findKeyFolder(context))) : '';
  const judged = judgeCollected(collector, { policy, key, baseline, oldContents, now: startedAt });
  timings.end('judge');
  if (push !== null) notices.push(...push.notices);
  if (stages !== null) notices.push(...stages.notices);
  const pushReport = push === null ? null : await push.conclude(judged);
  return { ...judged, key, baseline, push: pushReport, stages: stages?.reports ?? [] };
}

/** Null: fingerprints have no key, because there is no repository, or it is a server's, to which nothing is written. */
async function findKeyFolder({ git, repository, target }: RunContext): Promise<string | null> {
  if (repository === null || target.kind === 'receive') return null;
  return repository.commonDir ?? (await readRepository(git)).commonDir;
}
