import { readCommitIds, readTrackedFiles } from '../../git/read-changes.ts';
import { readTreeFiles } from '../../git/read-commit-records.ts';
import { readRangeTips, readTipChanges } from '../../git/read-tip-changes.ts';
import type { StageHook } from '../../policy/config.ts';
import type { RunContext } from '../run-context.ts';
import { type RunningStages, startStages } from './run-stages.ts';
import type { StageView } from './stage-files.ts';

/**
 * Starts the stages of a run. They see what is staged, all files, or the last commit of a push or range.
 *
 * @returns null if stages do not run here. On a server none runs: a push starts no program there
 */
export function beginStages(context: RunContext): RunningStages | null {
  const { git, target, asked, hook, hasStages = true } = context;
  if (!hasStages) return null;
  switch (target.kind) {
    case 'staged': {
      const views = async (): Promise<StageView[]> => [{ changes: await asked.scope!(), list: () => readTrackedFiles(git) }];
      return startStages({ context, stageHook: hook === null ? 'staged' : (hook as StageHook), views });
    }
    case 'all': {
      const list = () => readTrackedFiles(git);
      return startStages({ context, stageHook: null, views: async () => [{ changes: await list(), list }] });
    }
    case 'range': {
      const views = async (): Promise<StageView[]> => {
        const [commits, tips] = await Promise.all([readCommitIds(git, target), readRangeTips(git, target.range)]);
        return viewsOf(context, tips, new Set(commits));
      };
      return startStages({ context, stageHook: 'range', views });
    }
    case 'push': {
      const views = async (): Promise<StageView[]> => {
        const { tips, commits } = await asked.pushed!();
        const ends = [...tips.values()].filter((tip) => tip.target.type === 'commit').map((tip) => tip.target.id);
        return viewsOf(context, ends, new Set(commits));
      };
      return startStages({ context, stageHook: 'pre-push', views });
    }
    default:
      return null;
  }
}

/** What each of some commits holds that was not there before the new ones. */
async function viewsOf({ git }: RunContext, tips: readonly string[], commits: ReadonlySet<string>): Promise<StageView[]> {
  const views: StageView[] = [];
  // A commit that was there before brings nothing new.
  for (const tip of [...new Set(tips)].filter((id) => commits.has(id))) {
    views.push({ changes: await readTipChanges(git, tip, (id) => commits.has(id)), list: () => readTreeFiles(git, tip) });
  }
  return views;
}
