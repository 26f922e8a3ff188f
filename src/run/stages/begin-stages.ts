import type { LoadedConfig } from '../../config/load.ts';
import type { BlobLimits } from '../../git/read-blobs.ts';
import { readCommitIds, readTrackedFiles } from '../../git/read-changes.ts';
import { readTreeFiles } from '../../git/read-commit-records.ts';
import type { PushedObjects } from '../../git/read-pushed.ts';
import { readRangeTips, readTipChanges } from '../../git/read-tip-changes.ts';
import type { StageHook } from '../../policy/config.ts';
import type { Policy, RunChoice } from '../../policy/policy.ts';
import { commonDirOf } from '../../state/common-dir.ts';
import type { Asked } from '../asking/ask-git.ts';
import type { Timings } from '../timings.ts';
import { type RunningStages, startStages } from './run-stages.ts';
import type { StageView } from './stage-files.ts';
import type { ScanRequest } from '../scan-request.ts';

/** A run whose config names stages. */
export interface StagesOfRun {
  readonly request: ScanRequest;
  readonly asked: Asked;
  readonly askedPush: (() => Promise<PushedObjects>) | null;
  readonly loaded: LoadedConfig;
  readonly policy: Policy;
  readonly limits: BlobLimits;
  readonly timings: Timings;
  readonly choice: RunChoice;
  readonly top: string | null;
  readonly timeLeft: () => number;
}

/**
 * Starts the stages of a run. They look at what is staged, at all files, or at what the last commit of a push or range holds.
 *
 * @returns null where the run is not one that stages run in. On a server none runs: what was pushed starts no program there
 */
export function beginStages({ request, asked, ...run }: StagesOfRun): RunningStages | null {
  const { host, target, options, hook, hasStages = true } = request;
  if (!hasStages) return null;
  const { git, repository } = asked;
  const common = {
    ...run,
    host,
    git,
    isByHand: options.config !== undefined,
    commonDir: repository === null ? null : (repository.commonDir ?? commonDirOf(repository.gitDir)),
  };
  switch (target.kind) {
    case 'staged': {
      const views = async (): Promise<StageView[]> => [{ changes: await asked.scope!(), list: () => readTrackedFiles(git) }];
      return startStages({ ...common, hook: hook === null ? 'staged' : (hook as StageHook), views });
    }
    case 'all': {
      const list = () => readTrackedFiles(git);
      return startStages({ ...common, hook: null, views: async () => [{ changes: await list(), list }] });
    }
    case 'range': {
      const views = async (): Promise<StageView[]> => {
        const [commits, tips] = await Promise.all([readCommitIds(git, target), readRangeTips(git, target.range)]);
        return viewsOf(asked, tips, new Set(commits));
      };
      return startStages({ ...common, hook: 'range', views });
    }
    case 'push': {
      const views = async (): Promise<StageView[]> => {
        const { tips, commits } = await run.askedPush!();
        const ends = [...tips.values()].filter((tip) => tip.target.type === 'commit').map((tip) => tip.target.id);
        return viewsOf(asked, ends, new Set(commits));
      };
      return startStages({ ...common, hook: 'pre-push', views });
    }
    default:
      return null;
  }
}

/** What each of some commits holds that was not there before the new ones. */
async function viewsOf({ git }: Asked, tips: readonly string[], commits: ReadonlySet<string>): Promise<StageView[]> {
  const views: StageView[] = [];
  // What is there already brings nothing new.
  for (const tip of [...new Set(tips)].filter((id) => commits.has(id))) {
    views.push({ changes: await readTipChanges(git, tip, (id) => commits.has(id)), list: () => readTreeFiles(git, tip) });
  }
  return views;
}
